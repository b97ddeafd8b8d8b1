import { decidedIn } from '../change/decided.ts';
import type { Change, Decision, PersonId } from '../change/types.ts';
import type { Item, Meeting, MeetingFacts, Minute, VoteTold } from './types.ts';

/**
 * The minutes of a meeting: each item as it stands now, with its votes, what was found and what was said.
 * @param meeting with everybody who was there
 */
export function minutesOf(
  meeting: Meeting,
  { changes, reached }: Pick<MeetingFacts, 'changes' | 'reached'>,
): Minute[] {
  const told = (item: Item, early: boolean): Minute => {
    const change = changes.get(item.id);
    const review = item.about === 'review' && change && 'boardReview' in change && change.boardReview;
    const until = item.result === 'deferred' ? change?.deferrals?.at(-1)?.until : undefined;
    return {
      ...item,
      ...(early && { early: true as const }),
      ...(until !== undefined && { until }),
      ...(!item.result && !reached.has(item.id) && { notReached: true as const }),
      votes: votesOn(item, change).map((vote) => voteTold(vote, early ? undefined : meeting)),
      ...(review && { findings: { by: review.by, words: review.findings } }),
      remarks: remarksOn(item, meeting),
    };
  };
  return [
    ...meeting.items.map((item) => told(item, false)),
    ...meeting.early.map((item) => told(item, true)),
    ...(meeting.off ?? []).map((item) => ({ ...item, votes: [], remarks: remarksOn(item, meeting) })),
  ];
}

function remarksOn({ id }: Item, { remarks }: Meeting): Minute['remarks'] {
  return remarks.filter(({ item }) => item === id).map(({ by, words }) => ({ by, words }));
}

/** What an item came to that has no result. */
export function withoutResult({
  about,
  notReached,
  off,
}: Pick<Minute, 'about' | 'notReached' | 'off'>): string {
  if (off) return 'taken off the agenda';
  if (about === 'topic') return notReached ? 'not reached' : 'talked about';
  const words = about === 'review' ? 'not reviewed' : 'not decided';
  return notReached ? `not reached, ${words}` : words;
}

/**
 * The items of which there is something to tell, each for itself; and those that were left, of which it is enough to
 * name them, under what they came to.
 */
export function toldAndLeft(minutes: readonly Minute[]): { told: Minute[]; left: [string, Minute[]][] } {
  const left = new Map<string, Minute[]>();
  for (const minute of minutes.filter(isLeft)) {
    const words = withoutResult(minute).replace(/^./, (first) => first.toUpperCase());
    left.set(words, [...(left.get(words) ?? []), minute]);
  }
  return { told: minutes.filter((minute) => !isLeft(minute)), left: [...left] };
}

/** Whether nothing was decided, voted, found or said about it; a topic has been dealt with once it was talked about. */
function isLeft({ about, result, notReached, off, votes, findings, remarks }: Minute): boolean {
  const nothing = !result && votes.length === 0 && !findings && remarks.length === 0;
  return nothing && (about !== 'topic' || notReached === true || off !== undefined);
}

/** Who was there as far as it shows: who said so, and who voted, reviewed or remarked while it was open. */
export function seenAt(meeting: Meeting, changes: ReadonlyMap<string, Change>): PersonId[] {
  const { attendance, items, remarks, openedAt = meeting.startsAt } = meeting;
  const took = items.flatMap((item) => {
    const change = changes.get(item.id);
    const review = item.about === 'review' && change && 'boardReview' in change && change.boardReview;
    return [...votesOn(item, change), ...(review ? [review] : [])];
  });
  const since = took.filter(({ at }) => at >= openedAt);
  return [...new Set([...attendance, ...[...since, ...remarks].map(({ by }) => by)])];
}

function votesOn({ about, result }: Item, change: Change | undefined): readonly Decision[] {
  if (about !== 'vote' || !change) return [];
  return (result === 'deferred' ? change.deferrals?.at(-1)?.votes : decidedIn(change, 'votes')) ?? [];
}

/** @param held the meeting in which the vote was open; an auditor asks how somebody voted who was not there */
function voteTold(vote: Decision, held: Meeting | undefined): VoteTold {
  const { by, for: inStead, role, verdict, words, until, at } = vote;
  const absent = held && !held.attendance.includes(by);
  const before = at < (held?.openedAt ?? 0);
  return {
    ...{ by, role, verdict },
    ...(inStead && { for: inStead }),
    ...(words && { words }),
    ...(until !== undefined && { until }),
    ...(absent && { apart: before ? ('beforehand' as const) : ('from elsewhere' as const) }),
  };
}
