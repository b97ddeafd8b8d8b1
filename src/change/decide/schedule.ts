import { implementerOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { checkLocked, templateOf } from '../from-template.ts';
import { isOverseer, overseerTitle } from '../overseer.ts';
import { Refusal } from '../refusal.ts';
import { settled } from '../settle.ts';
import { isUnderReview, notStarted } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';
import { notThen, obstacles, wantedBy } from '../window-rules.ts';
import { altered } from './edit.ts';

/**
 * Its requester, its implementer or an overseer moves its window, until it starts. Outside the window that was
 * approved this is an edit like any other: it voids the approvals that the window is material to.
 */
export function schedule(change: Change, command: CommandOf<'Schedule'>, facts: Facts): ChangeEvent[] {
  const { by, at, startsAt, endsAt } = command;
  checkSchedules(change, by, facts);
  const proposal = { ...change.proposal, startsAt, endsAt };
  const same = change.proposal.startsAt === startsAt && change.proposal.endsAt === endsAt;
  // It has its place there, or whoever decides on it is asked already.
  if (same && (change.status === 'scheduled' || isUnderReview(change))) return [];
  checkHasWindow(change);
  const template = templateOf(change);
  if (template) checkLocked(facts.policy, template, change.proposal, proposal);
  const wanted = wantedBy({ ...change, proposal });
  const refused = wanted
    ? obstacles(change, wanted, facts, at).filter(({ weight }) => weight === 'refused')
    : [];
  if (wanted && refused.length > 0) throw notThen(refused, wanted);
  return same ? settled(change, facts, at) : altered(change, proposal, command, facts);
}

/** @throws {Refusal} unless this person may move its window now: whatever time they typed would be refused */
export function mayMove(change: Change, by: CommandOf<'Schedule'>['by'], facts: Facts): void {
  checkSchedules(change, by, facts);
  checkHasWindow(change);
}

/** @throws {Refusal} unless it is approved, not started, and of a kind that has a window */
function checkHasWindow(change: Change): void {
  const open = notStarted(change, 'scheduled');
  if (open.status !== 'approved' && open.status !== 'scheduled')
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; an edit of it can move its window.`,
    );
  if (!wantedBy(change))
    throw new Refusal('not now', `${change.number} has no window: it is started as soon as it is ready.`);
}

/** @throws {Refusal} unless the change is this person's to move */
function checkSchedules(change: Change, by: CommandOf<'Schedule'>['by'], facts: Facts): void {
  const implementer = implementerOf(change);
  if (by === change.requester || by === implementer || isOverseer(facts, by)) return;
  const theirs = [...new Set([change.requester, implementer])].map((person) => `<@${person}>`).join(', ');
  throw new Refusal(
    'not your role',
    `Only ${theirs} and the ${overseerTitle(facts)} can move the window of ${change.number}.`,
  );
}

/** Policy, freezes or neighbours may have changed: whether the change has its place is worked out anew. */
export function checkWindow(change: Change, { at }: CommandOf<'CheckWindow'>, facts: Facts): ChangeEvent[] {
  return settled(change, facts, at);
}
