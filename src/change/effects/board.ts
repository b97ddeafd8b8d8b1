import type { Effect } from '../effects.ts';
import type { Change, ChangeEvent, EventType } from '../types.ts';

/** What the meetings of the board are called together, where something is said to all of them. */
export const MEETINGS = 'meetings';

/** Something has happened that an agenda of the board may show. */
export interface BoardNews {
  type: 'BoardNews';
}

const NEWS: ReadonlySet<EventType> = new Set<EventType>([
  ...(['StageOpened', 'Decided', 'VotersCounted', 'QuorumWaived', 'Deferred', 'ChangeApproved'] as const),
  ...(['ChangeRejected', 'Withdrawn', 'Edited', 'RiskSet', 'Reclassified', 'Returned'] as const),
  ...(['Finished', 'RolledBack', 'EmergencyReviewed'] as const),
]);

/** Tells the board's meetings of what concerns them: changes that it votes on, and emergencies that it reviews. */
export function boardNews({ type }: ChangeEvent, change: Change): Effect[] {
  if (!NEWS.has(type) || !concernsBoard(type, change)) return [];
  return [{ do: 'command', stream: MEETINGS, intent: { type: 'BoardNews' } }];
}

/** Whether it has been before the board, in which case it may leave an agenda; its road may be another one by now. */
function concernsBoard(type: EventType, change: Change): boolean {
  const voted = change.route.some(({ id, kind }) => kind === 'vote' && Object.hasOwn(change.opened, id));
  const reviewed = 'duties' in change && change.duties.boardReview !== undefined;
  return voted || reviewed || type === 'Reclassified';
}
