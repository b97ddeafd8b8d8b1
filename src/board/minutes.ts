import { decidedIn } from '../change/decided.ts';
import type { Change } from '../change/types.ts';
import type { Item, Meeting, Minute, VoteTold } from './types.ts';

/** The minutes of a meeting: each item as it stands now, with its votes, what was found and what was said. */
export function minutesOf(meeting: Meeting, changes: ReadonlyMap<string, Change>): Minute[] {
  const told = (item: Item, early: boolean): Minute => {
    const change = changes.get(item.id);
    const review = item.about === 'review' && change && 'boardReview' in change && change.boardReview;
    const until = item.result === 'deferred' ? change?.deferrals?.at(-1)?.until : undefined;
    return {
      ...item,
      ...(early && { early: true as const }),
      ...(until !== undefined && { until }),
      votes: item.about === 'vote' && change ? votesOf(change, item) : [],
      ...(review && { findings: { by: review.by, words: review.findings } }),
      remarks: meeting.remarks.filter((one) => one.item === item.id).map(({ by, words }) => ({ by, words })),
    };
  };
  return [
    ...meeting.items.map((item) => told(item, false)),
    ...meeting.early.map((item) => told(item, true)),
  ];
}

function votesOf(change: Change, { result }: Item): VoteTold[] {
  const votes = result === 'deferred' ? change.deferrals?.at(-1)?.votes : decidedIn(change, 'votes');
  return (votes ?? []).map(({ by, for: inStead, role, verdict, words, until }) => ({
    ...{ by, role, verdict },
    ...(inStead && { for: inStead }),
    ...(words && { words }),
    ...(until !== undefined && { until }),
  }));
}
