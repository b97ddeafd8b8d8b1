import { Refusal } from '../change/refusal.ts';
import { maySetUp, type SetupEvent } from '../change/setup.ts';
import type { Actor } from '../change/types.ts';
import { insertEvents, tailOf } from '../db/events.ts';
import { link } from '../db/ledger.ts';
import { findPerson, roleHolders } from '../db/people.ts';
import { assignments, assignStatements } from '../db/roles.ts';
import { readSetting, settingStatement } from '../db/settings.ts';
import type { World } from './world.ts';

const STREAM = 'workspace';

export interface Setup {
  /** Role id to people (U…) and user groups (S…). Roles that are not named stay as they are. */
  roles?: Record<string, string[]>;
  announceIn?: string;
}

/**
 * Assigns roles and channels (`/change setup`). Each change of them is an event in the workspace's own stream,
 * so that "who could approve then" has an answer.
 * @param by an admin or an overseer, or `docket` for a workspace that is set up as it is made
 * @throws {Refusal} for anybody else
 */
export async function setUp(world: World, setup: Setup, by: Actor): Promise<void> {
  const { db, clock, policy } = world;
  await checkMaySetUp(world, by);
  const at = clock.now();
  const now = await assignments(db);
  const changed = Object.entries(setup.roles ?? {}).filter(
    ([role, holders]) => policy.roles[role] && !same(holders, now.get(role) ?? []),
  );
  const channel = (await readSetting(db, 'announceIn')) === setup.announceIn ? undefined : setup.announceIn;
  const events: SetupEvent[] = [
    ...changed.map(([role, holders]): SetupEvent => ({ type: 'RoleAssigned', role, holders, by, at })),
    ...(channel ? [{ type: 'ChannelChosen', use: 'announceIn', channel, by, at } as const] : []),
  ];
  if (events.length === 0) return;
  const records = events.map(({ type, by: actor, at: when, ...data }) => ({ type, actor, at: when, data }));
  const { rows } = link(STREAM, await tailOf(db, STREAM), records);
  await db.atomically((q) => [
    ...insertEvents(q, db.t, rows),
    ...changed.flatMap(([role, holders]) => assignStatements(q, db.t, role, holders)),
    ...(channel ? [settingStatement(db, 'announceIn', channel)(q)] : []),
  ]);
}

/** Sets up a workspace that nobody has set up yet; what somebody has chosen stays. */
export async function setUpOnce(world: World, setup: Setup): Promise<void> {
  if ((await assignments(world.db)).size === 0) await setUp(world, setup, 'docket');
}

/** @throws {Refusal} unless this person may run the set-up */
export async function checkMaySetUp({ db, policy }: World, by: Actor): Promise<void> {
  if (by === 'docket') return;
  const person = await findPerson(db, by);
  const holders = await roleHolders(db);
  if (person && maySetUp(person, policy.overseer, holders)) return;
  const role = policy.roles[policy.overseer] ?? policy.overseer;
  throw new Refusal(
    'not your role',
    `Setting up is for workspace admins and the ${role.toLowerCase()}. Please ask one of them.`,
  );
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
