import { openStageOf } from '../change/decided.ts';
import { boardReviewDue } from '../change/duties.ts';
import { standing } from '../change/route.ts';
import { isUnderReview } from '../change/states.ts';
import type { Change } from '../change/types.ts';
import type { Item, Meeting, Place, Result } from './types.ts';

/** What of these changes waits for the board: emergencies to be reviewed by their deadlines, then votes by theirs. */
export function dueForBoard(changes: readonly Change[]): Item[] {
  const by = (due: (change: Change) => number | undefined, about: Item['about']) =>
    changes
      .flatMap((change) => {
        const at = due(change);
        return at === undefined ? [] : [{ at, change }];
      })
      .sort((a, b) => a.at - b.at || (a.change.number < b.change.number ? -1 : 1))
      .map(({ change }) => itemOf(change, about));
  return [...by(boardReviewDue, 'review'), ...by(voteDue, 'vote')];
}

export function itemOf(change: Change, about: Item['about']): Item {
  return {
    id: change.id,
    about,
    number: change.number,
    title: change.proposal.title ?? '',
    seen: change.seq,
  };
}

function voteDue(change: Change): number | undefined {
  return isUnderReview(change) && openStageOf(change).kind === 'vote' ? change.open.deadline : undefined;
}

/** How an item ended that waits for the board no longer. */
function resultOf({ about }: Item, change: Change | undefined): Result {
  if (about === 'review' && change && 'boardReview' in change && change.boardReview)
    return change.boardReview.justified ? 'justified' : 'not justified';
  if (change?.status === 'rejected' || change?.status === 'deferred') return change.status;
  return change && isApproved(change) ? 'approved' : 'no longer before the board';
}

/** Also where it has been cancelled or has expired since: what the board decided stays so in its minutes. */
function isApproved(change: Change): boolean {
  const votes = change.route.filter(({ kind }) => kind === 'vote');
  return (
    'approvedAt' in change ||
    (votes.length > 0 && votes.every((stage) => standing(stage, change) === 'passed'))
  );
}

/**
 * The agenda as it is now. What is decided before the meeting leaves it; what is decided in it stays, with its result.
 * To the weekly one what has come since is added, unless the chair has taken it off.
 */
export function broughtUpToDate(
  { kind, status, items, early, removed }: Meeting,
  due: readonly Item[],
  changes: ReadonlyMap<string, Change>,
): Pick<Meeting, 'items' | 'early'> {
  const same = (one: Item) => due.find(({ id, about }) => id === one.id && about === one.about);
  const now = items.map((item): Item => {
    if (item.about === 'topic') return item;
    const change = changes.get(item.id);
    const again = same(item);
    if (again) return again;
    return { ...item, ...(change && { seen: change.seq }), result: resultOf(item, change) };
  });
  const known = (one: Item) => items.some(({ id, about }) => id === one.id && about === one.about);
  const come = kind === 'weekly' ? due.filter((one) => !known(one) && !removed.includes(one.id)) : [];
  if (status === 'open') return { items: [...now, ...come], early };
  const decided = now.filter(({ result }) => result !== undefined);
  const before = early.filter((one) => !come.some(({ id, about }) => id === one.id && about === one.about));
  return {
    items: [...now.filter(({ result }) => result === undefined), ...come],
    early: [...before, ...decided],
  };
}

/** The items with one of them moved. */
export function moved(items: readonly Item[], id: string, to: Place): Item[] {
  const item = items.find((one) => one.id === id);
  const others = items.filter((one) => one.id !== id);
  if (!item || to === 'off') return others;
  if (to === 'first') return [item, ...others];
  const after = to === 'last' ? -1 : others.findIndex((one) => one.id === to.after);
  if (after < 0) return [...others, item];
  return [...others.slice(0, after + 1), item, ...others.slice(after + 1)];
}
