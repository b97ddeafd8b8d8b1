import { expect, test } from 'vitest';
import { Refusal } from '../../src/change/refusal.ts';
import { decideWorkspace } from '../../src/workspace/decide.ts';
import { evolveWorkspace } from '../../src/workspace/evolve.ts';
import type { WorkspaceFacts } from '../../src/workspace/facts.ts';
import type { Setup, Workspace, WorkspaceEvent, WorkspaceIntent } from '../../src/workspace/types.ts';
import { DANA, GUIDE, holders, JONAS, NADIA, PRIYA, SAM, WEI } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';

const company = (instead = {}): WorkspaceFacts => ({
  ...{ policy: GUIDE, holders: holders(instead), admins: [SAM] },
  isActive: () => true,
  groups: [],
});
const setsUp = (setup: Setup): WorkspaceIntent => ({ type: 'SetUp', setup });
const peers = setsUp({ roles: { peer_reviewer: [JONAS] } });

/** The events of a command, or the refusal. */
function when(
  intent: WorkspaceIntent,
  by: string,
  before?: Workspace,
  facts = company(),
): WorkspaceEvent[] | Refusal {
  try {
    return decideWorkspace(before, { ...intent, by, at: MONDAY_10 }, facts);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function workspaceAfter(intent: WorkspaceIntent, by: string): Workspace | undefined {
  const events = when(intent, by);
  if (events instanceof Refusal) throw events;
  return events.reduce<Workspace | undefined>(evolveWorkspace, undefined);
}

test('an admin and the change manager set up, and renew the address of the feed; nobody else does', () => {
  for (const intent of [peers, { type: 'RenewFeedKey' } as const]) {
    for (const by of [SAM, NADIA]) expect(when(intent, by)).toHaveLength(1);
    expect(when(intent, DANA)).toMatchObject({ code: 'not your role' });
  }
});

test('what is so already is no event, and a role that is not there is none', () => {
  expect(when(peers, NADIA, workspaceAfter(peers, SAM))).toEqual([]);
  expect(when(setsUp({ roles: { astronaut: [JONAS] } }), NADIA)).toEqual([]);
});

test('a form that was open while somebody else saved theirs alters nothing', () => {
  const before = workspaceAfter(peers, SAM);
  const wanted = { roles: { peer_reviewer: [WEI] } };
  expect(when(setsUp({ ...wanted, seen: 0 }), NADIA, before)).toMatchObject({
    ...{ code: 'not now', sentence: expect.stringContaining(`<@${SAM}> has set something up meanwhile`) },
  });
  expect(when(setsUp({ ...wanted, seen: 1 }), NADIA, before)).toMatchObject([{ type: 'RoleAssigned' }]);
  // Whose form says what is so by now has nothing to lose.
  expect(when(setsUp({ roles: { peer_reviewer: [JONAS] }, seen: 0 }), NADIA, before)).toEqual([]);
});

test('of somebody who left it is said which of their own roles are empty now, to who oversees changes', () => {
  const gone = (person: string): WorkspaceIntent => ({ type: 'NoticeGone', person });
  const roles = ['devops_lead'];
  expect(when(gone(PRIYA), 'docket')).toMatchObject([{ roles, emptied: roles, tell: [NADIA] }]);
  // What they did for others is not theirs.
  const standIn = company({ product_manager: [{ person: PRIYA, for: WEI }] });
  expect(when(gone(PRIYA), 'docket', undefined, standIn)).toMatchObject([{ roles, emptied: roles }]);
  expect(when(gone(NADIA), 'docket')).toMatchObject([
    { emptied: expect.arrayContaining(['change_manager']), tell: [SAM] },
  ]);
});
