import { expect, test } from 'vitest';
import { decideWorkspace } from '../../src/workspace/decide.ts';
import { workspaceEffects } from '../../src/workspace/effects.ts';
import { evolveWorkspace } from '../../src/workspace/evolve.ts';
import type { Membership, Workspace, WorkspaceEvent, WorkspaceIntent } from '../../src/workspace/types.ts';
import { GUIDE, holders, JONAS, NADIA, OLGA, SAM, WEI } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';

const GUEST = 'U02GUEST001';
const SEE: WorkspaceIntent = { type: 'SeeGroups' };
const peers = (...names: string[]): WorkspaceIntent => ({
  ...{ type: 'SetUp', setup: { roles: { peer_reviewer: names } } },
});

/** The events of a command while these are in the groups; a guest never counts. */
function when(intent: WorkspaceIntent, groups: Membership[], before?: Workspace): WorkspaceEvent[] {
  const isActive = (person: string) => person !== GUEST;
  const facts = { policy: GUIDE, holders: holders(), admins: [SAM], isActive, groups };
  const by = intent.type === 'SeeGroups' ? 'docket' : NADIA;
  return decideWorkspace(before, { ...intent, by, at: MONDAY_10 }, facts);
}

const after = (events: WorkspaceEvent[], before?: Workspace) => events.reduce(evolveWorkspace, before);
const group = (...members: string[]): Membership[] => [{ group: 'S1', members }];
const seen = (joined: string[], left: string[] = []): WorkspaceEvent => ({
  ...{ type: 'GroupSeen', group: 'S1', joined, left, by: 'docket', at: MONDAY_10 },
});
/** As an older version has left it: it holds a role, and who is in it is in no event. */
const holding = after(when(peers('S1'), []));

test('as a group that holds a role is seen for the first time, all who count are told; then who came and went', () => {
  expect(when(SEE, group(JONAS, GUEST, WEI), holding)).toEqual([seen([JONAS, WEI])]);
  const known = after(when(SEE, group(JONAS, WEI), holding), holding);
  expect(when(SEE, group(WEI, OLGA), known)).toEqual([seen([OLGA], [JONAS])]);
  expect(when(SEE, group(), known)).toEqual([seen([], [JONAS, WEI])]);
});

test('what is so already is no event, in whatever order, and a guest who comes is none', () => {
  const known = after(when(SEE, group(JONAS, WEI), holding), holding);
  expect(when(SEE, group(WEI, GUEST, JONAS), known)).toEqual([]);
});

test('that nobody is in it is told once', () => {
  const told = when(SEE, group(), holding);
  expect(told).toEqual([seen([])]);
  expect(when(SEE, group(), after(told, holding))).toEqual([]);
});

test('a group that holds no role is nobody’s business; one that is a deputy is', () => {
  expect(when(SEE, group(JONAS))).toEqual([]);
  expect(when(SEE, [{ group: 'S2', members: [JONAS] }], holding)).toEqual([]);
  const deputies: WorkspaceIntent = { type: 'SetUp', setup: { deputies: { peer_reviewer: ['S1'] } } };
  expect(when(SEE, group(JONAS), after(when(deputies, [])))).toEqual([seen([JONAS])]);
});

test('a group that gets a role is told of with it, and what has altered while it held none as it gets one again', () => {
  const given = when(peers('S1'), group(JONAS, WEI));
  expect(given).toMatchObject([{ type: 'RoleAssigned', by: NADIA }, seen([JONAS, WEI])]);
  const taken = after(when(peers(OLGA), group(JONAS), after(given)), after(given));
  expect(when(SEE, group(), taken)).toEqual([]);
  expect(when(peers('S1'), group(JONAS, OLGA), taken)).toMatchObject([
    { type: 'RoleAssigned' },
    seen([OLGA], [WEI]),
  ]);
});

test('a set-up that alters nothing tells of no group, and a form that was open while one was seen is not out of date', () => {
  expect(when(peers('S1'), group(JONAS), holding)).toEqual([]);
  const known = after(when(SEE, group(JONAS), holding), holding);
  const form: WorkspaceIntent = { type: 'SetUp', setup: { seen: 1, roles: { peer_reviewer: [WEI] } } };
  expect(when(form, group(JONAS), known)).toMatchObject([{ type: 'RoleAssigned' }]);
});

test('thousands are told in several events of at most 500 each, which come to the same', () => {
  const many = Array.from({ length: 1201 }, (_, n) => `U0MANY${1000 + n}`);
  const events = when(SEE, group(...many), holding);
  expect(events.map((event) => event.type === 'GroupSeen' && event.joined.length)).toEqual([500, 500, 201]);
  const known = after(events, holding);
  expect(known?.groups.S1).toEqual(many);
  const others = when(SEE, group(...many.slice(600), JONAS), known);
  expect(
    others.map((event) => event.type === 'GroupSeen' && [event.joined.length, event.left.length]),
  ).toEqual([
    [1, 500],
    [0, 100],
  ]);
  expect(when(SEE, group(...many.slice(600), JONAS), after(others, known))).toEqual([]);
});

test('whoever is asked is asked anew', () => {
  expect(workspaceEffects(seen([JONAS]))).toMatchObject([{ do: 'timer', intent: { type: 'AskAround' } }]);
});
