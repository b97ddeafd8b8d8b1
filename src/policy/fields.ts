import { keysOf } from '../entries.ts';

/**
 * Everything a change request can say about itself: the template of the guide, section "Change Request
 * Process". Which of these a category asks for, requires, or calls by another name is the policy's business.
 */
export const FIELDS = {
  title: { kind: 'line', label: 'Title', section: 'Summary', hint: 'What changes, in a few words' },
  description: { kind: 'text', label: 'Description', section: 'Summary' },
  justification: {
    kind: 'text',
    label: 'Business justification',
    section: 'Summary',
    hint: 'Why it is needed',
  },
  incident: { kind: 'link', label: 'Incident link', section: 'Summary', hint: 'https://…' },
  systems: { kind: 'choices', label: 'Affected systems', section: 'Details', from: 'systems' },
  environments: {
    kind: 'choices',
    label: 'Environments',
    section: 'Details',
    from: 'environments',
    hint: 'Where it is carried out; leave empty for any of them',
  },
  configurationChanges: { kind: 'text', label: 'Configuration changes', section: 'Details' },
  codeChanges: { kind: 'text', label: 'Code changes', section: 'Details' },
  databaseChanges: {
    kind: 'text',
    label: 'Database changes',
    section: 'Details',
    hint: 'Schema, migrations',
  },
  userImpact: { kind: 'text', label: 'User impact', section: 'Impact' },
  systemImpact: { kind: 'text', label: 'System impact', section: 'Impact' },
  businessImpact: { kind: 'text', label: 'Business impact', section: 'Impact' },
  downtimeMinutes: {
    kind: 'minutes',
    label: 'Downtime',
    section: 'Impact',
    hint: 'In minutes; 0 when none is needed',
  },
  assessment: { kind: 'assessment', label: 'Impact assessment', section: 'Impact' },
  riskAnswers: { kind: 'risk', label: 'Risk', section: 'Risk' },
  riskAtLeast: {
    kind: 'level',
    label: 'Raise the risk to',
    section: 'Risk',
    hint: 'If you know of more than the questions ask. It cannot be lowered here.',
  },
  risks: { kind: 'text', label: 'Risks', section: 'Risk', hint: 'What could go wrong' },
  mitigations: {
    kind: 'text',
    label: 'Mitigations',
    section: 'Risk',
    hint: 'What makes that less likely or less bad',
  },
  contingency: {
    kind: 'text',
    label: 'Contingency plan',
    section: 'Risk',
    hint: 'What you do if it goes wrong all the same',
  },
  testEnvironments: { kind: 'choices', label: 'Test environments', section: 'Testing', from: 'environments' },
  testCases: { kind: 'text', label: 'Test cases', section: 'Testing' },
  successCriteria: {
    kind: 'text',
    label: 'Success criteria',
    section: 'Testing',
    hint: 'Measurable: how you will know that it worked',
  },
  rollbackRehearsed: { kind: 'yesNo', label: 'Rollback rehearsed', section: 'Testing' },
  startsAt: { kind: 'instant', label: 'Start', section: 'Implementation' },
  endsAt: { kind: 'instant', label: 'End', section: 'Implementation' },
  executionWindow: {
    kind: 'line',
    label: 'Preferred execution window',
    section: 'Implementation',
    hint: 'If other times would do as well',
  },
  implementer: { kind: 'person', label: 'Implementer', section: 'Implementation' },
  resources: {
    kind: 'text',
    label: 'Required resources',
    section: 'Implementation',
    hint: 'People and tools',
  },
  effortMinutes: {
    kind: 'minutes',
    label: 'Planned effort',
    section: 'Implementation',
    hint: 'In minutes, of all people together; the report compares it with what it took',
  },
  communicationPlan: {
    kind: 'text',
    label: 'Communication plan',
    section: 'Implementation',
    hint: 'Who is told what, and when',
  },
  stakeholders: {
    kind: 'people',
    label: 'People to tell',
    section: 'Implementation',
    hint: 'Told when it is scheduled, when it starts and when it ends',
  },
  stakeholderChannels: {
    kind: 'channels',
    label: 'Channels to tell',
    section: 'Implementation',
    hint: 'Told at the same times; invite me to the channel first',
  },
  rollbackSteps: { kind: 'text', label: 'Rollback steps', section: 'Rollback', hint: 'One step a line' },
  rollbackMinutes: { kind: 'minutes', label: 'Rollback duration', section: 'Rollback', hint: 'In minutes' },
  rollbackValidation: {
    kind: 'text',
    label: 'Rollback validation',
    section: 'Rollback',
    hint: 'How you check that the old state is back',
  },
  rollbackContacts: { kind: 'people', label: 'On-call contact', section: 'Rollback' },
  reviews: { kind: 'choices', label: 'Reviews that apply', section: 'Reviews', from: 'reviews' },
  reviewer: {
    kind: 'person',
    label: 'Reviewer',
    section: 'Reviews',
    hint: 'Leave empty to ask everybody who may',
  },
} as const satisfies Record<string, FieldDefinition>;

/** What a field holds, and so how it is asked for, shown and compared. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'link'
  | 'minutes'
  | 'instant'
  | 'person'
  | 'people'
  | 'channels'
  | 'yesNo'
  | 'choices'
  | 'risk'
  | 'level'
  | 'assessment';

export interface FieldDefinition {
  kind: FieldKind;
  label: string;
  /** The heading it stands under in forms and in the full record. */
  section: string;
  hint?: string;
  /** For `choices`: the list of the policy that it chooses from. */
  from?: 'systems' | 'environments' | 'reviews';
}

export type FieldId = keyof typeof FIELDS;

export const FIELD_IDS: readonly FieldId[] = keysOf(FIELDS);

/**
 * The longest text that Slack's input takes, and the most that a title may be to fit on a card. Notes of an
 * assessment are many and stand in one list.
 */
export const LONGEST = { line: 150, text: 3000, link: 2000, note: 500 } as const;

/** What somebody ticks who says that nothing of a group of the impact assessment is affected. */
export const NOT_AFFECTED = 'not_affected';
