import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/change/refusal.ts';
import { decideWorkspace } from '../../src/workspace/decide.ts';
import { evolveWorkspace } from '../../src/workspace/evolve.ts';
import type { WorkspaceFacts } from '../../src/workspace/facts.ts';
import type { Delegation, Workspace, WorkspaceIntent } from '../../src/workspace/types.ts';
import { AMIRA, GUIDE, holders, JONAS, NADIA, PRIYA, SAM, WEI } from '../change/company.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';

const GUEST = 'U02GUEST001';
const facts: WorkspaceFacts = {
  ...{ policy: GUIDE, holders: holders(), admins: [SAM] },
  isActive: (person) => person !== GUEST,
  groups: [],
};
const week: Delegation = { id: 'd', from: PRIYA, to: WEI, startsAt: MONDAY_10, endsAt: MONDAY_10 + 5 * DAY };

/** The events of a command, or the refusal's code and field. */
function gives(intent: WorkspaceIntent, by: string, before?: Workspace, at = MONDAY_10): unknown {
  try {
    return decideWorkspace(before, { ...intent, by, at }, facts).map(({ type }) => type);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, ...Object.keys(error.fields)];
    throw error;
  }
}

/** The workspace after these commands, each of which must have had an effect. */
function workspaceAfter(...intents: [WorkspaceIntent, string, number?][]): Workspace | undefined {
  return intents.reduce<Workspace | undefined>((now, [intent, by, at = MONDAY_10]) => {
    const events = decideWorkspace(now, { ...intent, by, at }, facts);
    expect(events).not.toEqual([]);
    return events.reduce<Workspace | undefined>(evolveWorkspace, now);
  }, undefined);
}

const delegates = (more: Partial<Delegation> = {}): WorkspaceIntent => ({
  type: 'Delegate',
  delegation: { ...week, ...more },
});

describe('a delegation', () => {
  test('is made by who is away, the overseer or an admin, and by nobody else', () => {
    for (const by of [PRIYA, NADIA, SAM]) expect(gives(delegates(), by)).toEqual(['Delegated']);
    expect(gives(delegates(), JONAS)).toEqual(['not your role']);
  });

  test('says in which role somebody made or ended it for others, and no role where it is their own', () => {
    const made = (by: string, told: WorkspaceFacts = facts) =>
      decideWorkspace(undefined, { ...delegates(), by, at: MONDAY_10 }, told)[0];
    expect(made(NADIA)).toMatchObject({ role: 'change_manager' });
    expect(made(SAM)).toMatchObject({ role: 'workspace admin' });
    expect(made(PRIYA)).not.toHaveProperty('role');
    const standIn = { ...facts, holders: holders({ change_manager: [{ person: AMIRA, for: NADIA }] }) };
    expect(made(AMIRA, standIn)).toMatchObject({ role: 'change_manager', for: NADIA });
    const before = workspaceAfter([delegates(), NADIA]);
    expect(before?.delegations).toEqual([week]);
    const ended = (by: string) =>
      decideWorkspace(before, { type: 'RevokeDelegation', id: 'd', by, at: MONDAY_10 }, facts)[0];
    expect(ended(NADIA)).toMatchObject({ type: 'DelegationEnded', role: 'change_manager' });
    for (const by of [PRIYA, WEI]) expect(ended(by)).not.toHaveProperty('role');
  });

  test('never begins before it was said', () => {
    const early = workspaceAfter([delegates({ startsAt: MONDAY_10 - DAY }), PRIYA]);
    expect(early?.delegations[0]?.startsAt).toBe(MONDAY_10);
  });

  test.each([
    ['to oneself', { to: PRIYA }, 'to'],
    ['to a guest', { to: GUEST }, 'to'],
    ['that ends before it begins', { endsAt: MONDAY_10 - 1 }, 'endsAt'],
    ['for longer than the policy allows', { endsAt: MONDAY_10 + 31 * DAY }, 'endsAt'],
  ])('is refused %s, beside the field', (_, more, field) => {
    expect(gives(delegates(more), PRIYA)).toEqual(['incomplete', field]);
  });

  test('does not overlap another of one’s own, and does not chain', () => {
    const made = workspaceAfter([delegates(), PRIYA]);
    expect(gives(delegates({ id: 'e', to: AMIRA }), PRIYA, made)).toEqual(['incomplete', 'startsAt']);
    expect(gives(delegates({ id: 'e', from: AMIRA, to: PRIYA }), AMIRA, made)).toEqual(['incomplete', 'to']);
    expect(gives(delegates({ id: 'e', from: WEI, to: AMIRA }), WEI, made)).toEqual([
      'incomplete',
      'startsAt',
    ]);
  });

  test('may follow another, and be that of somebody who stood in before', () => {
    const made = workspaceAfter([delegates(), PRIYA]);
    const next = { id: 'e', startsAt: week.endsAt, endsAt: week.endsAt + DAY };
    expect(gives(delegates(next), PRIYA, made)).toEqual(['Delegated']);
    expect(gives(delegates({ ...next, from: WEI, to: PRIYA }), WEI, made)).toEqual(['Delegated']);
  });

  test('given twice is one, begins once and ends once', () => {
    const made = workspaceAfter([delegates(), PRIYA]);
    expect(gives(delegates(), PRIYA, made)).toEqual([]);
    const turns: WorkspaceIntent = { type: 'TurnDelegation', id: 'd' };
    const begun = workspaceAfter([delegates(), PRIYA], [turns, 'docket']);
    expect(gives(turns, 'docket', begun)).toEqual([]);
    const later = workspaceAfter([delegates({ startsAt: MONDAY_10 + DAY }), PRIYA]);
    expect(gives(turns, 'docket', later)).toEqual([]);
    expect(gives(turns, 'docket', begun, week.endsAt)).toEqual(['DelegationEnded']);
    const over = workspaceAfter([delegates(), PRIYA], [turns, 'docket', week.endsAt]);
    expect(gives(turns, 'docket', over, week.endsAt)).toEqual([]);
  });

  test('is ended early by either of the two or the overseer, and by nobody else', () => {
    const made = workspaceAfter([delegates(), PRIYA]);
    const revokes: WorkspaceIntent = { type: 'RevokeDelegation', id: 'd' };
    for (const by of [PRIYA, WEI, NADIA]) expect(gives(revokes, by, made)).toEqual(['DelegationEnded']);
    expect(gives(revokes, JONAS, made)).toEqual(['not your role']);
    expect(gives(revokes, JONAS, workspaceAfter([delegates(), PRIYA], [revokes, WEI]))).toEqual([]);
  });
});
