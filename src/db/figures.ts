import { typesOf } from '../change/change-types.ts';
import { type Clock, knownAt, touchedClocks, wasKept } from '../change/clocks.ts';
import type { Finding, Rating } from '../change/feedback.ts';
import type { Change, ChangeEvent, EventType } from '../change/types.ts';
import type { Db, Query, Statement } from './db.ts';
import { insertRow } from './prepared.ts';

/** The events after which a change counts differently. */
const COUNTED: ReadonlySet<EventType> = new Set<EventType>([
  ...(['Submitted', 'Edited', 'RiskSet', 'Reclassified', 'ChangeApproved'] as const),
  ...(['ChangeRejected', 'Withdrawn', 'Cancelled', 'Expired'] as const),
  ...(['Finished', 'RolledBack', 'FindingLogged'] as const),
]);

/** The statements that bring up to date what reports count of a change, as far as these events alter it. */
export function saveFigures(
  q: Query,
  t: Db['t'],
  change: Change,
  events: readonly ChangeEvent[],
): Statement[] {
  const happened = (type: EventType) => events.some((event) => event.type === type);
  return [
    ...(events.some(({ type }) => COUNTED.has(type))
      ? [insertRow(q, t.figures, figuresOf(change), 'replace')]
      : []),
    ...touchedClocks(change, events.length).map((clock) =>
      insertRow(q, t.clocks, clockRow(change, clock), 'replace'),
    ),
    ...(change.missed ?? []).map((window) =>
      insertRow(q, t.missed, { changeId: change.id, ...window }, 'leave'),
    ),
    ...(happened('Finished') || happened('RolledBack')
      ? touchedBy(change).map((row) => insertRow(q, t.touched, row, 'leave'))
      : []),
    ...(happened('FindingLogged')
      ? change.findings.map((finding) => insertRow(q, t.findings, findingRow(change, finding), 'leave'))
      : []),
    ...(happened('Rated')
      ? change.ratings.map((rating) => insertRow(q, t.ratings, ratingRow(change, rating), 'replace'))
      : []),
  ];
}

function figuresOf(change: Change): Db['t']['figures']['$inferInsert'] {
  const { id, category, risk, submittedAt, proposal, findings } = change;
  const { startsAt, endsAt } = proposal;
  return {
    ...{ changeId: id, category, risk: risk.level, submittedAt },
    ...('ended' in change && { droppedAt: change.ended.at, dropped: change.status }),
    ...('finishedAt' in change && {
      ...{ finishedAt: change.finishedAt, outcome: change.outcome },
      implementing: change.finishedAt - change.approvedAt,
      lasted: change.finishedAt - change.startedAt,
      ...(startsAt !== undefined && endsAt !== undefined && { planned: endsAt - startsAt }),
      plannedEffort: proposal.effortMinutes ?? null,
      effort: change.effortMinutes ?? null,
    }),
    defects: findings.filter(({ of }) => of === 'defect').length,
    audits: findings.filter(({ of }) => of === 'audit').length,
  };
}

function clockRow({ id }: Change, clock: Clock): Db['t']['clocks']['$inferInsert'] {
  const { of, stage, category, round, openedAt, deadline, ended } = clock;
  const doneAt = ended?.how === 'done' ? ended.at : null;
  return {
    id: `${id}/${of}/${stage}/${round}`,
    ...{ changeId: id, of, stage, category, openedAt, deadline, doneAt },
    endedAt: ended?.at ?? null,
    lasted: doneAt === null ? null : doneAt - openedAt,
    knownAt: knownAt(clock) ?? null,
    kept: wasKept(clock) ? 1 : 0,
  };
}

/** What it was about does not alter any more once it has been carried out. */
function touchedBy(change: Change): Db['t']['touched']['$inferInsert'][] {
  if (!('finishedAt' in change)) return [];
  const { id: changeId, finishedAt, outcome, proposal } = change;
  const row = (what: 'type' | 'system') => (name: string) => ({ changeId, what, name, finishedAt, outcome });
  return [...typesOf(change).map(row('type')), ...(proposal.systems ?? []).map(row('system'))];
}

function findingRow({ id }: Change, finding: Finding): Db['t']['findings']['$inferInsert'] {
  const { of, severity, at } = finding;
  return { id: `${id}/${finding.id}`, changeId: id, of, severity, at, finding };
}

function ratingRow({ id }: Change, rating: Rating): Db['t']['ratings']['$inferInsert'] {
  return { id: `${id}/${rating.by}`, changeId: id, score: rating.score, at: rating.at, rating };
}
