import type { Person } from './company.ts';
import type { Posted } from './pretend-slack.ts';
import { categoryOf, isChange, type Raw, type RawRecord } from './record.ts';
import { nextWork, wallOf, works } from './wall.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Something that somebody owes a change: a decision, its verification, a look back. */
export interface Owed {
  stream: string;
  what: string;
  from: number;
  deadline: number;
  /** When it was done or no longer wanted; not at all. */
  until: number;
  urgent: boolean;
}

/** What ends that a stage waits for its decisions. */
const ENDS = [
  'StagePassed',
  'ChangeRejected',
  'Returned',
  'Deferred',
  'Withdrawn',
  'StageOpened',
  'Reclassified',
];
/** Of which events somebody hears who can do something about it. */
const ASKS: Record<string, readonly string[]> = {
  decision: ['StageOpened', 'Reassigned', 'Reminded', 'RouteChecked', 'QuorumLost', 'VotersCounted'],
  verification: ['Finished', 'RolledBack', 'VerificationReminded', 'VerifiersAsked'],
  retrospective: ['RetrospectiveReminded', 'Verified'],
  boardReview: ['Finished', 'RolledBack', 'BoardReviewReminded', 'BoardReviewEscalated'],
};

/** Everything that was owed, from the record. */
function owedIn(record: RawRecord): Owed[] {
  return [...record].flatMap(([stream, events]) => {
    if (!isChange(stream)) return [];
    const urgent = categoryOf(record, stream) === 'emergency';
    return events.flatMap((event, i) => {
      const later = events.slice(i + 1);
      const ended = (types: readonly string[]) =>
        later.find(({ type }) => types.includes(type))?.at ?? Infinity;
      const owed = (what: string, deadline: unknown, until: number, anyHour = false): Owed[] =>
        typeof deadline === 'number'
          ? [{ stream, what, from: event.at, deadline, until, urgent: anyHour }]
          : [];
      if (event.type === 'StageOpened') return owed('decision', event.data.deadline, ended(ENDS), urgent);
      if (event.type !== 'Finished' && event.type !== 'RolledBack') return [];
      return [
        ...owed('verification', dutyOf(event, 'verification'), ended(['Verified'])),
        ...owed('retrospective', dutyOf(event, 'retrospective'), ended(['RetrospectiveHeld'])),
        ...owed('boardReview', dutyOf(event, 'boardReview'), ended(['EmergencyReviewed'])),
      ];
    });
  });
}

function dutyOf({ data }: Raw, name: string): unknown {
  const duties = data.duties as Record<string, { deadline?: number } | undefined> | undefined;
  return duties?.[name]?.deadline;
}

export interface Waiting {
  /** Past their time, and still open some hours of work after. */
  late: number;
  breaches: string[];
}

/**
 * Whether a named person heard of everything that passed its time, while they were at work and before two of their
 * working hours had gone by everywhere; and again and again until it was done.
 */
export function observeWaiting(
  record: RawRecord,
  posted: readonly Posted[],
  people: readonly Person[],
  { to, down }: { to: number; down: readonly { from: number; to: number }[] },
): Waiting {
  const byStream = new Map<string, Posted[]>();
  for (const message of posted) {
    const list = byStream.get(message.stream) ?? [];
    byStream.set(message.stream, list);
    list.push(message);
  }
  const zones = [...new Set(people.map(({ zone }) => zone))];
  const person = new Map(people.map((one) => [one.id, one]));
  const result: Waiting = { late: 0, breaches: [] };
  for (const owed of owedIn(record)) {
    const { stream, what, deadline, until, urgent } = owed;
    const limit = heardBy(deadline, urgent, zones, down);
    const end = Math.min(until, to);
    if (end <= limit) continue;
    result.late += 1;
    const heard = (byStream.get(stream) ?? []).filter(({ to: who, at, seq }) => {
      const one = who === undefined ? undefined : person.get(who);
      if (!one || at >= (one.leavesAt ?? Infinity)) return false;
      const type = record.get(stream)?.[seq - 1]?.type ?? '';
      return ASKS[what]?.includes(type) && (urgent || works(one.zone, at));
    });
    const times = heard.map(({ at }) => at).filter((at) => at >= deadline && at <= end);
    const first = times.find((at) => at <= limit);
    const name = `${what} of ${stream} was due ${when(deadline)}`;
    if (first === undefined)
      result.breaches.push(`${name}, and nobody heard of it in their working hours before ${when(limit)}`);
    // From then on it comes back; a week with holidays at both ends is the longest anybody may be left alone.
    const longest = Math.max(12 * DAY, 2.5 * (deadline - owed.from));
    const moments = [...times, end];
    const silent = moments.find((at, i) => at - (moments[i - 1] ?? deadline) > longest);
    if (silent !== undefined)
      result.breaches.push(
        `${name}, and nobody heard of it for ${Math.round(longest / DAY)} days before ${when(silent)}`,
      );
  }
  return result;
}

/** By when somebody must have heard: two of their working hours after its time in every zone, in an emergency one hour. */
function heardBy(
  deadline: number,
  urgent: boolean,
  zones: readonly string[],
  down: readonly { from: number; to: number }[],
): number {
  const limitFrom = (at: number) =>
    urgent ? at + HOUR : Math.max(...zones.map((zone) => nextWork(zone, nextWork(zone, at) + 2 * HOUR)));
  const limit = limitFrom(deadline);
  // Nobody was told anything while Docket did not run.
  const gap = down.find(({ from, to }) => from <= limit && to >= deadline);
  return gap ? limitFrom(gap.to) : limit;
}

export function when(at: number): string {
  const { date, minute } = wallOf('UTC', at);
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.floor(minute % 60)).padStart(2, '0')} UTC`;
}
