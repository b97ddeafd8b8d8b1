import type { Window } from './phases.ts';
import type { Change, ChangeEvent } from './types.ts';

/**
 * The windows that passed without its start, of those in which a change could have been started, once one more event has
 * shown it: whoever moves the window afterwards has another one to keep, and this one was missed all the same.
 * @param change as it was until then
 */
export function missedAfter(change: Change, event: ChangeEvent): Window[] | undefined {
  const { missed = [], proposal } = change;
  const { startsAt, endsAt } = proposal;
  const waited = change.status === 'approved' || change.status === 'scheduled';
  if (!waited || startsAt === undefined || endsAt === undefined) return change.missed;
  const over = event.at >= endsAt && event.type !== 'Started';
  if (!over || change.approvedAt > endsAt || missed.some((one) => one.endsAt === endsAt))
    return change.missed;
  return [...missed, { startsAt, endsAt }];
}
