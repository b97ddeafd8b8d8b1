import type { AftermathEvent, WindowMoment } from './aftermath.ts';
import { toldAt, windowSide } from './decide-window.ts';
import type { Effect } from './effects.ts';
import { implementerOf } from './execution-plan.ts';
import { note, redraw, toThread } from './plain-effects.ts';
import type { Change, ChangeEvent, EventOf } from './types.ts';

/** What happens around and after the implementation, and what that sets off. */
export function aftermathEffects(event: Extract<ChangeEvent, AftermathEvent>, change: Change): Effect[] {
  const implementer = 'implementer' in change ? change.implementer : implementerOf(change);
  switch (event.type) {
    case 'WindowNear':
      return [note(implementer)];
    case 'StartOverdue':
      return [...new Set([implementer, change.requester])].map(note);
    case 'Overran':
      return [
        toThread,
        ...[...new Set([implementer, change.requester, ...event.overseers])].map(note),
        redraw,
      ];
    case 'RetrospectiveHeld':
      return [toThread, redraw];
    case 'RetrospectiveReminded':
      return [...new Set([...event.people, ...event.overseers])].map(note);
    default:
      return event satisfies never;
  }
}

/**
 * The timers of an approved change's window, or of its end once it has been started.
 * @param change as approved; what of its window is not ahead of `after` any more is not told
 */
export function windowTimers(
  change: Change,
  moments: readonly WindowMoment[],
  after: number = Number.NEGATIVE_INFINITY,
): Effect[] {
  if (!('approvedAt' in change)) return [];
  const { approvedAt } = change;
  return moments.flatMap((moment): Effect[] => {
    const of = windowSide(change, moment);
    if (of === undefined || toldAt(moment, of) <= after) return [];
    return [{ do: 'timer', at: toldAt(moment, of), intent: { type: 'KeepTime', moment, approvedAt, of } }];
  });
}

/** The timers of what is owed once it has been carried out. */
export function dutyTimers({ duties }: EventOf<'Finished' | 'RolledBack'>): Effect[] {
  const { retrospective } = duties;
  if (!retrospective) return [];
  return [...retrospective.remindAt, retrospective.deadline].map((due) => ({
    ...{ do: 'timer', at: due, intent: { type: 'RemindRetrospective', due } },
  }));
}
