import { DAY } from '../calendar/zone.ts';
import type { ActionItem } from './aftermath.ts';
import { nextStep } from './duties.ts';
import type { EventOf, Instant } from './types.ts';

/** When the owner of an action item is chased. */
export const actionTimer = (action: string, due: Instant) => ({
  ...{ do: 'timer' as const, at: due, intent: { type: 'ChaseAction' as const, action, due } },
});

/** The next time: a day after an item was due, and from then on every week. */
export function chaseAgain(
  { action, due, at }: Pick<EventOf<'ActionChased'>, 'action' | 'due' | 'at'>,
  items: readonly ActionItem[],
): ReturnType<typeof actionTimer>[] {
  const item = items.find(({ id }) => id === action);
  if (!item) return [];
  return [actionTimer(action, due === item.due ? due + DAY : nextStep(due, 7 * DAY, at))];
}
