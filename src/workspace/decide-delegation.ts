import { DAY } from '../calendar/zone.ts';
import { Refusal } from '../change/refusal.ts';
import type { Actor, PersonId, Right } from '../change/types.ts';
import { overseesAs, type WorkspaceFacts } from './facts.ts';
import type { Delegation, Workspace, WorkspaceCommandOf, WorkspaceEvent } from './types.ts';

/**
 * Somebody has another person stand in for them, for a while, in all their roles; for what already waits too. The
 * overseer and admins may do it for others, who may be ill. The same delegation given again does nothing.
 * @throws {Refusal} with the field that is wrong: `to`, `startsAt` or `endsAt`
 */
export function delegate(
  workspace: Workspace | undefined,
  { by, at, delegation }: WorkspaceCommandOf<'Delegate'>,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  const others = workspace?.delegations ?? [];
  if (others.some(({ id }) => id === delegation.id)) return [];
  const right = rightFor(delegation.from, by, facts);
  checkTimes(delegation, at, facts);
  checkPeople(delegation, others, facts);
  const words = delegation.words?.trim();
  const { id, from, to, endsAt } = delegation;
  // Nobody has stood in before it was said.
  const startsAt = Math.max(delegation.startsAt, at);
  return [{ type: 'Delegated', by, at, id, from, to, startsAt, endsAt, ...right, ...(words && { words }) }];
}

/** Either of the two ends it early, or the overseer does. */
export function revoke(
  workspace: Workspace | undefined,
  { by, at, id }: WorkspaceCommandOf<'RevokeDelegation'>,
  facts: WorkspaceFacts,
): WorkspaceEvent[] {
  const delegation = workspace?.delegations.find((one) => one.id === id);
  if (!delegation) return [];
  const right = by === delegation.to ? {} : rightFor(delegation.from, by, facts);
  return [{ type: 'DelegationEnded', by, at, delegation: plain(delegation), revoked: true, ...right }];
}

/** The first or the last moment of a delegation has come; what was revoked in the meantime passes. */
export function turn(
  workspace: Workspace | undefined,
  { at, id }: WorkspaceCommandOf<'TurnDelegation'>,
): WorkspaceEvent[] {
  const found = workspace?.delegations.find((one) => one.id === id);
  if (!found) return [];
  const delegation = plain(found);
  if (at >= found.endsAt) return [{ type: 'DelegationEnded', by: 'docket', at, delegation, revoked: false }];
  if (at < found.startsAt || found.began) return [];
  return [{ type: 'DelegationBegan', by: 'docket', at, delegation }];
}

function plain({ began: _, ...delegation }: Workspace['delegations'][number]): Delegation {
  return delegation;
}

/** The right in which somebody does it for others; none is needed for oneself. @throws {Refusal} for anybody else */
function rightFor(from: PersonId, by: Actor, facts: WorkspaceFacts): Partial<Right> {
  if (by === from || by === 'docket') return {};
  const right = overseesAs(by, facts);
  if (right) return right;
  const { policy } = facts;
  const role = (policy.roles[policy.overseer] ?? policy.overseer).toLowerCase();
  throw new Refusal('not your role', `Only <@${from}>, an admin or the ${role} can do this.`);
}

function checkTimes({ startsAt, endsAt }: Delegation, at: number, { policy }: WorkspaceFacts): void {
  const most = policy.delegation.mostDays;
  if (endsAt <= Math.max(at, startsAt))
    throw wrong('endsAt', 'The end must come after the start, and after now.');
  if (endsAt - startsAt > most * DAY) throw wrong('endsAt', `A delegation lasts at most ${most} days.`);
}

function checkPeople(
  { from, to, startsAt, endsAt }: Delegation,
  others: Delegation[],
  facts: WorkspaceFacts,
): void {
  if (to === from) throw wrong('to', 'Choose somebody else to stand in.');
  if (!facts.isActive(to))
    throw wrong('to', 'They cannot decide: guests, bots and people who left do not count.');
  const same = others.filter((one) => one.startsAt < endsAt && startsAt < one.endsAt);
  if (same.some((one) => one.from === from))
    throw wrong(
      'startsAt',
      'There is a delegation for this time already. Revoke it first, or choose other dates.',
    );
  if (same.some((one) => one.from === to))
    throw wrong('to', 'They are away themselves at that time and have somebody stand in for them.');
  if (same.some((one) => one.to === from))
    throw wrong(
      'startsAt',
      'You stand in for somebody at that time yourself. Ask them to choose another first.',
    );
}

function wrong(field: 'to' | 'startsAt' | 'endsAt', sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { [field]: sentence });
}
