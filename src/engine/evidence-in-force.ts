import type { Meeting } from '../board/types.ts';
import { evolveTemplate } from '../catalogue/evolve.ts';
import type { Template, TemplateEvent, Version } from '../catalogue/types.ts';
import { type Names, named, rightMarkdown, utc } from '../change/export/fields.ts';
import { inlineMarkdown } from '../change/markdown.ts';
import type { Right } from '../change/types.ts';
import { VERDICTS } from '../change/voting.ts';
import { boardOf } from '../policy/board.ts';
import type { Policy } from '../policy/schema.ts';
import { groupOf, nameOf } from './evidence-rows.ts';
import { type EvidenceSource, table } from './evidence-source.ts';

// What was in force in a period and what kept it in order, for its evidence.

export function policies({ tally, policy }: EvidenceSource): string[] {
  const versions = [...tally.policies].map(([version, { n, first, last }]) => [
    ...[inlineMarkdown(version), String(n), utc(first), utc(last)],
  ]);
  return [
    `In force now: ${inlineMarkdown(policy.version)}. Each change keeps the version that it was routed by, in the column \`policy\`.`,
    tally.policies.size === 0
      ? 'No change was routed in the period.'
      : table(['Version', 'Changes routed in the period', 'First', 'Last'], versions),
    'The policy is a file. Who approved a version of it is on record where that file is kept, and not with Docket.',
  ];
}

/** Its charter, as far as it is in the policy, and who held its seats at the end. */
export function board(source: EvidenceSource): string[] {
  const { policy } = source;
  const stage = boardOf(policy);
  if (!stage) return ['The policy has no board.'];
  const quorum = stage.quorum ?? stage.seats.length;
  const chair = stage.seats.find(({ id }) => id === stage.chair);
  const tie = chair ? `, and a tie is broken by the seat ${inlineMarkdown(chair.title)}` : '';
  return [
    `${inlineMarkdown(stage.title)}, as the policy now says: ${quorum} of ${stage.seats.length} seats are its quorum, more approvals than other votes decide${tie}.`,
    table(
      ['Seat', 'Roles', 'Held at the end of the period by'],
      stage.seats.map(({ title, roles: may }) => [
        inlineMarkdown(title),
        may.map((role) => inlineMarkdown(policy.roles[role] ?? role)).join(', '),
        may.flatMap((role) => holdersAtEnd(source, role, 'holder')).join(', ') || 'nobody',
      ]),
    ),
  ];
}

/** When they were to be and what became of them; their minutes are a file of their own. */
export function meetings({ evidence, policy, names }: EvidenceSource): string[] {
  if (evidence.meetings.length === 0) return ['None was planned.'];
  const by = (who: { by: string } & Partial<Right>) => whoDid(who, policy, names);
  const state = ({ status, skipped, opened, closed }: Meeting) => {
    if (closed)
      return `held, ${opened ? `opened by ${by(opened)}, ` : ''}closed ${utc(closed.at)} by ${by(closed)}`;
    return status === 'skipped' ? `not held: ${skipped ?? ''}` : status;
  };
  return [
    table(
      ['Planned for', 'Kind', 'What became of it', 'Items', 'Present'],
      evidence.meetings.map((meeting) => [
        ...[utc(meeting.startsAt), meeting.kind, state(meeting)],
        String(meeting.closed?.minutes.length ?? meeting.items.length),
        meeting.attendance.map((who) => inlineMarkdown(names.person(who))).join(', ') || '–',
      ]),
    ),
  ];
}

export function duties({ evidence, policy, names, titleOf }: EvidenceSource): string[] {
  const { duties: all, at } = evidence;
  if (all.length === 0) return ['None was due.'];
  return [
    table(
      ['What', 'Period', 'Asked for', 'Due', 'Done', 'What came of it'],
      all.map((edition) => {
        const { done, duty, period, at: asked } = edition;
        const late = (done?.at ?? at) > (duty?.deadline ?? Infinity);
        return [
          ...[inlineMarkdown(titleOf(edition)), period.key, utc(asked), duty ? utc(duty.deadline) : ''],
          `${done ? `${utc(done.at)}, ${whoDid(done, policy, names)}` : 'not done'}${late ? ' (late)' : ''}`,
          done ? inlineMarkdown(named(done.words, names)) : '',
        ];
      }),
    ),
  ];
}

/** Who did something, in which role and for whom. */
function whoDid(done: { by: string } & Partial<Right>, policy: Policy, names: Names): string {
  return `${inlineMarkdown(nameOf(names, done.by))}${rightMarkdown(done, policy, names.person)}`;
}

/** Each template as it was at the end, with who approved the version that was in force, and what happened to it. */
export function catalogue(source: EvidenceSource): string[] {
  const { evidence } = source;
  const end = Math.min(evidence.period.end, evidence.at + 1);
  const rows = evidence.templates.flatMap(({ id, events }) => templateRow(source, id, events, end));
  if (rows.length === 0) return ['None was in force.'];
  return [
    table(
      [
        'Template',
        'Version in force',
        'Approved',
        'By',
        'Asked to vote',
        'At the end of the period',
        'In the period',
      ],
      rows,
    ),
  ];
}

function templateRow(
  { evidence: { period }, policy, names }: EvidenceSource,
  id: string,
  events: readonly TemplateEvent[],
  end: number,
): string[][] {
  const template = events
    .filter(({ at }) => at < end)
    .reduce<ReturnType<typeof evolveTemplate> | undefined>(
      (state, event) => evolveTemplate(state, event, id),
      undefined,
    );
  const version = template?.versions.findLast(({ decided }) => decided?.outcome === 'approved');
  if (!template || !version || (template.retired?.at ?? end) < period.start) return [];
  const happened = events
    .filter(({ at, type }) => at >= period.start && at < end && TOLD[type] !== undefined)
    .map((event) => `${TOLD[event.type]} ${utc(event.at)} by ${whoDid(event, policy, names)}`);
  return [
    [
      inlineMarkdown(version.content.title),
      String(version.version),
      utc(version.decided?.at ?? 0),
      votesFor(version, names),
      askedFor(version, template, names),
      template.retired
        ? 'retired'
        : template.suspended
          ? `suspended after ${template.suspended.number}`
          : 'in force',
      happened.join('; ') || '–',
    ],
  ];
}

/** What of a template's life is told; the rest is how it was voted on. */
const TOLD: Partial<Record<TemplateEvent['type'], string>> = {
  TemplateApproved: 'approved',
  TemplateSuspended: 'suspended',
  TemplateReinstated: 'reinstated',
  TemplateRetired: 'retired',
};

/** Whom the vote was brought before, and when; and whom it did not reach, and why. */
function askedFor(
  { version, proposedAt }: Version,
  { versions, notices = [] }: Template,
  names: Names,
): string {
  const next = versions.find((one) => one.version === version + 1)?.proposedAt ?? Infinity;
  return notices
    .filter(({ at }) => at >= proposedAt && at < next)
    .map((notice) => {
      const who = inlineMarkdown(names.person(notice.to));
      return 'failed' in notice
        ? `${who} (not delivered: ${inlineMarkdown(notice.failed)})`
        : `${who} ${utc(notice.at)}`;
    })
    .join(', ');
}

function votesFor({ votes }: Version, names: Names): string {
  return votes
    .map(({ by, verdict }) => `${inlineMarkdown(names.person(by))} ${VERDICTS[verdict]}`)
    .join(', ');
}

export function freezes({ evidence, files: all }: EvidenceSource): string[] {
  const { period, yearly, freezes: declared } = evidence;
  const end = Math.min(period.end, evidence.at + 1);
  const during = declared.flatMap(({ events }) => events.filter(({ at }) => at >= period.start && at < end));
  const n = (type: (typeof during)[number]['type']) => during.filter((event) => event.type === type).length;
  const file = all.find(({ name }) => name.startsWith('freezes'));
  return [
    `Declared in the period: ${n('FreezeDeclared')}; altered: ${n('FreezeAltered')}; ended early: ${n('FreezeEnded')}. Of every year, and in the period: ${yearly.length}.`,
    `With all that were in force, what they held, and who let a change into a soft one, as what, when and why: \`${file?.name ?? ''}\`.`,
  ];
}

export function roles(source: EvidenceSource): string[] {
  const { policy, evidence } = source;
  const { groups, left } = evidence;
  const file = source.files.find(({ name }) => name.startsWith('access'));
  return [
    `At the end of the period. With everything that was given and taken in it, deputies and those who stood in: \`${file?.name ?? ''}\`.`,
    table(
      ['Role', 'Held by', 'Deputies'],
      Object.entries(policy.roles).map(([role, title]) => [
        inlineMarkdown(title),
        holdersAtEnd(source, role, 'holder').join(', ') || 'nobody',
        holdersAtEnd(source, role, 'deputy').join(', ') || '–',
      ]),
    ),
    'Guests, bots and people who have left never count, whatever the list says.',
    selfGiven(source),
    ...(left.length > 0 ? [`People who left in the period: ${left.length}.`] : []),
    ...(groups.length > 0
      ? [
          'Who is in a user group is Slack’s to say. Who came into one that holds a role, and who went, is in the record as Docket saw it, and in the table by name, `through` the group.',
        ]
      : []),
    ...unknown(evidence).map(
      ({ group, until }) =>
        `⚠️ Who was in ${inlineMarkdown(group)} before ${until === undefined ? 'now' : utc(until)} is not in the record, and not known.`,
    ),
  ];
}

/** The user groups that held a role in the period before it was known who is in them, and when that was. */
function unknown({ access, groups, period, at }: EvidenceSource['evidence']) {
  return groups.flatMap(({ id, name, since }) => {
    const first = Math.min(...access.filter(({ who }) => who === id).map(({ from }) => from));
    return Math.max(first, period.start) < (since ?? at) ? [{ group: name, until: since }] : [];
  });
}

function holdersAtEnd({ evidence, names }: EvidenceSource, role: string, as: 'holder' | 'deputy'): string[] {
  const end = Math.min(evidence.period.end, evidence.at + 1);
  return evidence.access
    .filter((one) => one.as === as && one.role === role && one.through === undefined)
    .filter((one) => one.from < end && (one.until ?? end) >= end)
    .map(({ who }) => {
      const group = groupOf(evidence, who);
      const gone = evidence.gone.has(who) ? ' (has left)' : '';
      return inlineMarkdown(group ? `${group.name} (user group)` : `${names.person(who)}${gone}`);
    });
}

/** Rights that came to somebody by their own hand: what they decided with them is to be looked at. */
function selfGiven({ evidence, policy, names }: EvidenceSource): string {
  const { access, period } = evidence;
  const own = access.filter(({ who, givenBy, from }) => who === givenBy && from >= period.start);
  if (own.length === 0) return 'Nobody gave a right to themselves in the period.';
  const each = own.map(({ who, as, role = '', for: whom, from }) => {
    const right = whom === undefined ? (policy.roles[role] ?? role) : `in place of ${names.person(whom)}`;
    return `- ${inlineMarkdown(`${names.person(who)}, ${as}: ${right}, ${utc(from)}`)}`;
  });
  return `⚠️ Rights that people gave to themselves in the period:\n\n${each.join('\n')}`;
}
