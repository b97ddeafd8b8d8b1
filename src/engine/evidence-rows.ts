import type { Freeze, Scope } from '../calendar/freezes.ts';
import type { Interval } from '../calendar/interval.ts';
import { decisionRow, iso } from '../change/export/evidence-rows.ts';
import { type Names, named } from '../change/export/fields.ts';
import type { Change, ChangeEvent, Right } from '../change/types.ts';
import type { FreezeEvent } from '../freeze/types.ts';
import type { Policy } from '../policy/schema.ts';
import type { Access } from '../workspace/access.ts';
import type { PeriodEvidence } from './evidence.ts';

export const FREEZE_COLUMNS = [
  ...['what', 'at', 'by', 'by_id', 'role', 'for', 'for_id', 'words'],
  ...['freeze', 'kind', 'starts', 'ends', 'reason'],
  ...['systems', 'environments', 'categories', 'number', 'window_start', 'window_end'],
] as const;
export const ACCESS_COLUMNS = [
  ...['as', 'role', 'role_id', 'who', 'who_id', 'for', 'for_id', 'from', 'until'],
  ...['given_by', 'taken_by', 'through', 'through_id', 'members_known_from'],
] as const;

/** The kinds of freezes, as people call them. */
const KINDS: Record<Freeze['kind'], string> = { hard: 'hard', soft: 'soft', stop: 'stop of the line' };

/**
 * The freezes of a period: those of every year that touch it, each declaration, alteration and early end that was made
 * in it, and the declaration of each that was made before and was in force.
 */
export function freezeRows(
  { freezes, yearly }: Pick<PeriodEvidence, 'freezes' | 'yearly'>,
  { start, end }: Interval,
  { policy, names }: { policy: Policy; names: Names },
): string[][] {
  const nobodys = FREEZE_COLUMNS.slice(1, FREEZE_COLUMNS.indexOf('freeze')).map(() => '');
  const always = yearly.map((freeze) => ['of every year', ...nobodys, ...aboutOf(freeze, policy)]);
  const declared = freezes.flatMap(({ id, events }) => {
    const rows: string[][] = [];
    let before: string[] | undefined;
    let about: Omit<Freeze, 'id'> | undefined;
    for (const event of events) {
      about = freezeAfter(about, event);
      const row = [
        ...[WHAT[event.type], iso(event.at), ...whoOf(event, policy, names)],
        ...[event.type === 'FreezeEnded' ? named(event.words, names) : ''],
        ...(about ? aboutOf({ ...about, id }, policy) : []),
      ];
      if (event.at < start) before = about && about.endsAt > start && about.startsAt < end ? row : undefined;
      else if (event.at < end) rows.push(row);
    }
    // Of one that was declared earlier, what it was as the period began.
    return before ? [before, ...rows] : rows;
  });
  return [...always, ...declared].map((row) => [...row, '', '', '']);
}

const WHAT = {
  FreezeDeclared: 'declared',
  FreezeAltered: 'altered',
  FreezeEnded: 'ended early',
} as const satisfies Record<FreezeEvent['type'], string>;

function freezeAfter(
  before: Omit<Freeze, 'id'> | undefined,
  event: FreezeEvent,
): Omit<Freeze, 'id'> | undefined {
  if (event.type === 'FreezeEnded') return before && { ...before, endsAt: event.at };
  const { kind, startsAt, endsAt, scope, reason } = event;
  return { kind, startsAt, endsAt, scope, reason };
}

/** Where among these events a freeze held a change, and where somebody let it into a soft one. */
export function overrideRows(
  { number }: Pick<Change, 'number'>,
  events: readonly ChangeEvent[],
  { policy, names }: { policy: Policy; names: Names },
): string[][] {
  return events.flatMap((event) => {
    const { by, at } = event;
    if (event.type === 'Caught') {
      const { startsAt, endsAt } = event.lost ?? {};
      return [
        [
          ...['held a change', iso(at), ...whoOf({ by }, policy, names), ''],
          ...[...namedFreeze(event.freeze), number, iso(startsAt), iso(endsAt)],
        ],
      ];
    }
    if (event.type !== 'Exempted') return [];
    const who = [...whoOf(event, policy, names), named(event.words, names)];
    return event.freezes.map((freeze) => [
      ...['let a change in', iso(at), ...who],
      ...[...namedFreeze(freeze), number, iso(event.startsAt), iso(event.endsAt)],
    ]);
  });
}

/** Who did it, in which role, and for whom they stood in. */
function whoOf(
  { by, role = '', for: stoodInFor }: { by: string } & Partial<Right>,
  policy: Policy,
  names: Names,
): string[] {
  const behalf = stoodInFor ? [names.person(stoodInFor), stoodInFor] : ['', ''];
  return [nameOf(names, by), by, policy.roles[role] ?? role, ...behalf];
}

function namedFreeze({ id, kind, startsAt, endsAt, reason }: Omit<Freeze, 'scope'>): string[] {
  return [id, KINDS[kind], iso(startsAt), iso(endsAt), reason, '', '', ''];
}

function aboutOf({ scope, ...freeze }: Freeze, policy: Policy): string[] {
  return [...namedFreeze(freeze).slice(0, 5), ...scopeOf(scope, policy)];
}

/** What it holds; "all" where that is everything. */
function scopeOf({ systems, environments, categories }: Scope, policy: Policy): string[] {
  const titles = (ids: readonly string[], title: (id: string) => string | undefined) =>
    ids.length === 0 ? 'all' : ids.map((id) => title(id) ?? id).join('; ');
  return [
    titles(systems, (id) => policy.systems[id]?.title),
    titles(environments, (id) => policy.environments[id]),
    categories.length === 0 ? 'all' : categories.map((id) => policy.categories[id].title).join('; '),
  ];
}

/** Every vote of the board on a template of the catalogue in a period, as a row of the table of decisions. */
export function templateVoteRows(
  { templates, period, at }: Pick<PeriodEvidence, 'templates' | 'period' | 'at'>,
  { policy, names }: { policy: Policy; names: Names },
): string[][] {
  const end = Math.min(period.end, at + 1);
  return templates.flatMap(({ events }) =>
    events.flatMap((event) => {
      if (event.type !== 'TemplateVoted' || event.at < period.start || event.at >= end) return [];
      const on = events.find((one) => one.type === 'TemplateProposed' && one.version === event.version);
      if (on?.type !== 'TemplateProposed') return [];
      const { board, content, version } = on;
      return [
        decisionRow(event, {
          ...{ of: `catalogue: ${content.title}, version ${version}`, route: [board], policy, names },
        }),
      ];
    }),
  );
}

/** Who held which right in a period, one row for each stretch of it, and who left the workspace. */
export function accessRows(
  { access, left, groups }: Pick<PeriodEvidence, 'access' | 'left' | 'groups'>,
  { policy, names }: { policy: Policy; names: Names },
): string[][] {
  const called = (id: string) => groupOf({ groups }, id)?.name ?? names.person(id);
  const held = access.map(
    ({ as, role = '', who, for: stoodInFor, from, givenBy, until, takenBy, through = '' }: Access) => [
      ...[as, role === '' ? '' : (policy.roles[role] ?? role), role, called(who), who],
      ...[stoodInFor ? names.person(stoodInFor) : '', stoodInFor ?? '', iso(from), iso(until)],
      ...[nameOf(names, givenBy), takenBy === undefined ? '' : nameOf(names, takenBy)],
      ...[through === '' ? '' : called(through), through, iso(groupOf({ groups }, who)?.since)],
    ],
  );
  const gone = left.map(({ person, at }) => [
    ...['left the workspace', '', '', names.person(person), person, '', '', iso(at), '', '', '', '', '', ''],
  ]);
  return [...held, ...gone];
}

export function groupOf({ groups }: Pick<PeriodEvidence, 'groups'>, id: string) {
  return groups.find((group) => group.id === id);
}

export function nameOf(names: Names, by: string): string {
  return by === 'docket' ? 'Docket' : names.person(by);
}
