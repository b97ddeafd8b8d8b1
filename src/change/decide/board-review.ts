import { andClose } from '../closing.ts';
import { boardReviewDue } from '../duties.ts';
import { boardReviewers, hadAHand } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { inRole, rightOf } from '../holders.ts';
import { oneOf, Refusal } from '../refusal.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';
import { newActions } from './action.ts';

/**
 * Somebody of the board says what it found when it looked at an emergency afterwards (guide, "Emergency Change
 * Approval", 5): whether it was justified, and what is to be done. Never the requester, never the implementer.
 */
export function reviewEmergency(
  change: Change,
  command: CommandOf<'ReviewEmergency'>,
  { holders }: Facts,
): ChangeEvent[] {
  const { by, at, justified } = command;
  const board = change.execution.boardReview;
  if (!('duties' in change) || !change.duties.boardReview || !board)
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; there is nothing for the board to review.`,
    );
  if (change.boardReview?.by === by) return [];
  if (change.boardReview)
    throw new Refusal(
      'not now',
      `<@${change.boardReview.by}> has already recorded the review of ${change.number}.`,
    );
  const barred = hadAHand(change, change.implementer);
  if (barred.includes(by))
    throw new Refusal(
      'own change',
      `You ${by === change.requester ? 'filed' : 'carried out'} this change, so somebody else of the board has to review it.`,
    );
  const roles = board.seats.flatMap((seat) => seat.roles);
  const right = rightOf(by, { roles }, barred, holders);
  if (!right)
    throw new Refusal(
      'not your role',
      `${change.number} is reviewed by who sits on the board (${board.title}). You do not sit on it now; ${oneOf(boardReviewers(change, change.implementer, holders)) || 'nobody else'} does.`,
    );
  const findings = command.findings.trim();
  const why = 'Please write what the board found.';
  if (!findings) throw new Refusal('incomplete', why, { findings: why });
  return andClose(change, [
    { type: 'EmergencyReviewed', by, at, ...right, justified, findings },
    ...newActions(command.actions, by, at, (n) => `board-${n + 1}`),
  ]);
}

/** The board is reminded of its review; from its deadline on, the chair and the overseer hear of it too, every day. */
export function remindBoardReview(
  change: Change,
  { at, due }: CommandOf<'RemindBoardReview'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  const deadline = boardReviewDue(change);
  if (deadline === undefined || !('duties' in change) || (change.reminded.boardReview ?? 0) >= due) return [];
  const { seats = [], chair } = change.execution.boardReview ?? {};
  const people = boardReviewers(change, change.implementer, holders);
  if (due < deadline) return [{ type: 'BoardReviewReminded', by: 'docket', at, due, people }];
  const chairs = seats.filter(({ id }) => id === chair);
  const overseers = [
    ...inRole(holders, policy.overseer),
    ...boardReviewers(change, change.implementer, holders, chairs),
  ];
  return [
    { type: 'BoardReviewEscalated', by: 'docket', at, due, people, overseers: [...new Set(overseers)] },
  ];
}
