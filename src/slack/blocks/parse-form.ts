import * as z from 'zod';
import { groupSpot, noteSpot } from '../../change/assessment.ts';
import { riskSpot } from '../../change/risk.ts';
import type { Assessment, Proposal } from '../../change/types.ts';
import {
  FIELD_IDS,
  FIELDS,
  type FieldDefinition,
  type FieldId,
  LONGEST,
  NOT_AFFECTED,
} from '../../policy/fields.ts';
import { CATEGORIES, type Category, choicesFrom, type Policy } from '../../policy/schema.ts';
import { unsuffixed } from './block-id.ts';

/** `view.state.values` as far as a form of ours can have filled it. What does not fit is as if it were empty. */
export const stateValues = z
  .record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })))
  .transform((values) =>
    Object.fromEntries(Object.entries(values).map(([block, held]) => [unsuffixed(block), held])),
  );
export type StateValues = z.infer<typeof stateValues>;

const person = z.string().regex(/^[UW][A-Z0-9]{2,20}$/);
const option = z.object({ value: z.string() });
const filled = {
  line: text(LONGEST.line),
  text: text(LONGEST.text),
  link: text(LONGEST.link),
  note: text(LONGEST.note),
  minutes: z.object({ value: z.string().regex(/^\d{1,6}$/) }),
  instant: z.object({ selected_date_time: z.number().int().positive() }),
  person: z.object({ selected_user: person }),
  day: z.object({ selected_date: z.iso.date() }),
  // As many as one of Slack's menus holds.
  people: z.object({ selected_users: z.array(person).min(1).max(100) }),
  channels: z.object({
    selected_channels: z
      .array(z.string().regex(/^C[A-Z0-9]{2,20}$/))
      .min(1)
      .max(20),
  }),
  one: z.object({ selected_option: option }),
  many: z.object({ selected_options: z.array(option) }),
};

/** Made once each: to make a schema takes a hundred times as long as to parse by it. */
function text(most: number) {
  return z.object({ value: z.string().transform(cleaned).pipe(z.string().min(1).max(most)) });
}

/**
 * What somebody typed, without what no person types: control characters, halves of characters, and what turns the
 * direction of all that follows it on a line.
 */
export function cleaned(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
}

/** What somebody typed and chose, as a proposal. Empty fields are absent; it is for the rules to miss them. */
export function parseForm(policy: Policy, values: StateValues): { fields: FieldId[]; proposal: Proposal } {
  const fields = fieldsIn(values);
  const filled = fields.map((field) => [field, parseField(policy, field, values)] as const);
  return { fields, proposal: Object.fromEntries(filled.filter(([, value]) => value !== undefined)) };
}

/** The fields that a screen shows: Slack sends what each of its inputs holds, also when it holds nothing. */
function fieldsIn(values: StateValues): FieldId[] {
  const blocks = Object.keys(values);
  return FIELD_IDS.filter((field) =>
    blocks.some((block) => block === field || block.startsWith(`${field}.`)),
  );
}

const category = z.enum(CATEGORIES);
const raisedTo = z.enum(['medium', 'high']);

/** The category that the form now shows, if it lets one choose. */
export function parseCategory(values: StateValues): Category | undefined {
  return category.safeParse(parseChoice(values, 'category')).data;
}

/** The words typed into a form's single text field. */
export function parseWords(values: StateValues, block: string): string {
  return filled.text.safeParse(heldBy(values, block)).data?.value ?? '';
}

function parseField(policy: Policy, field: FieldId, values: StateValues): Proposal[FieldId] {
  const definition: FieldDefinition = FIELDS[field];
  const raw = heldBy(values, field);
  switch (definition.kind) {
    case 'line':
    case 'text':
    case 'link':
      return filled[definition.kind].safeParse(raw).data?.value;
    case 'minutes':
      return parseMinutes(values, field);
    case 'instant':
      return parseInstant(values, field);
    case 'person':
      return parsePerson(values, field);
    case 'people':
      return filled.people.safeParse(raw).data?.selected_users;
    case 'channels':
      return filled.channels.safeParse(raw).data?.selected_channels;
    case 'yesNo': {
      const chosen = parseChoice(values, field);
      return chosen === undefined ? undefined : chosen === 'yes';
    }
    case 'choices':
      return known(definition.from ? choicesFrom(policy, definition.from) : {}, chosenIn(values, field));
    case 'risk':
      return parseRisk(policy, values);
    case 'level':
      return raisedTo.safeParse(parseChoice(values, field)).data;
    case 'assessment':
      return parseAssessment(policy, values);
    default:
      return definition.kind satisfies never;
  }
}

/**
 * Only what the policy has on its list: a forged value is no choice. In the order of that list, since the order
 * in which somebody picks is not part of what they say, and a form that is opened again offers the list's.
 */
function known(list: Record<string, string>, chosen: { value: string }[] = []): string[] | undefined {
  const ids = Object.keys(list).filter((id) => chosen.some(({ value }) => value === id));
  return ids.length > 0 ? ids : undefined;
}

function parseRisk({ risk }: Policy, values: StateValues): Record<string, string> | undefined {
  const answers = Object.entries(risk.questions).flatMap(([question, { answers: possible }]) => {
    const chosen = parseChoice(values, riskSpot(question));
    return chosen !== undefined && Object.hasOwn(possible, chosen) ? [[question, chosen] as const] : [];
  });
  return answers.length > 0 ? Object.fromEntries(answers) : undefined;
}

/** Group by group what is ticked; of a group in which nothing is, nothing. */
function parseAssessment({ assessment }: Policy, values: StateValues): Assessment | undefined {
  const answers = Object.entries(assessment).flatMap(([group, { items }]) => {
    const ticked = known({ ...items, [NOT_AFFECTED]: '' }, chosenIn(values, groupSpot(group)));
    if (!ticked) return [];
    const affected = ticked.length === 1 && ticked[0] === NOT_AFFECTED ? [] : ticked;
    const note = filled.note.safeParse(heldBy(values, noteSpot(group))).data?.value;
    return [[group, { affected, ...(note && affected.length > 0 && { note }) }] as const];
  });
  return answers.length > 0 ? Object.fromEntries(answers) : undefined;
}

function chosenIn(values: StateValues, block: string): { value: string }[] | undefined {
  return filled.many.safeParse(heldBy(values, block)).data?.selected_options;
}

/** What the block's one input holds. */
function heldBy(values: StateValues, block: string): unknown {
  return Object.values(values[block] ?? {})[0];
}

/** The one option that was chosen in a block. */
export function parseChoice(values: StateValues, block: string): string | undefined {
  return filled.one.safeParse(heldBy(values, block)).data?.selected_option.value;
}

/** The options that were chosen in a block. */
export function parseChoices(values: StateValues, block: string): string[] {
  return chosenIn(values, block)?.map(({ value }) => value) ?? [];
}

/** The web address typed into a block. */
export function parseLink(values: StateValues, block: string): string | undefined {
  return filled.link.safeParse(heldBy(values, block)).data?.value;
}

/** The one person chosen in a block. */
export function parsePerson(values: StateValues, block: string): string | undefined {
  return filled.person.safeParse(heldBy(values, block)).data?.selected_user;
}

/** The whole number of minutes typed into a block. */
export function parseMinutes(values: StateValues, block: string): number | undefined {
  const minutes = filled.minutes.safeParse(heldBy(values, block)).data;
  return minutes && Number(minutes.value);
}

/** The day chosen in a block, as `2026-12-24`. */
export function parseDay(values: StateValues, block: string): string | undefined {
  return filled.day.safeParse(heldBy(values, block)).data?.selected_date;
}

/** The people chosen in a block. */
export function parsePeople(values: StateValues, block: string): string[] {
  return filled.people.safeParse(heldBy(values, block)).data?.selected_users ?? [];
}

/** The instant chosen in a block, in milliseconds since 1970. */
export function parseInstant(values: StateValues, block: string): number | undefined {
  const instant = filled.instant.safeParse(heldBy(values, block)).data;
  return instant && instant.selected_date_time * 1000;
}
