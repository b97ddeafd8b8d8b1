import type { Actor, Instant, PersonId } from '../change/types.ts';
import type { Query, Statement } from '../db/db.ts';
import { delegationStatements } from '../db/delegations.ts';
import { workspaceEvents } from '../db/events.ts';
import { memberStatements, memberships } from '../db/groups.ts';
import type { NewOutboxRow } from '../db/outbox.ts';
import { members, roleHolders } from '../db/people.ts';
import { assignments, assignStatements } from '../db/roles.ts';
import { settingStatement } from '../db/settings.ts';
import { accessIn } from '../workspace/access.ts';
import { decideWorkspace } from '../workspace/decide.ts';
import { type AskAround, workspaceEffects } from '../workspace/effects.ts';
import { evolveWorkspace } from '../workspace/evolve.ts';
import { mayOversee, type WorkspaceFacts } from '../workspace/facts.ts';
import type { Membership, Setup, Workspace, WorkspaceEvent, WorkspaceIntent } from '../workspace/types.ts';
import { give, type Kind } from './kind.ts';
import { soon } from './outbox-rows.ts';
import type { World } from './world.ts';

/** The one stream of events about the workspace itself. */
export const WORKSPACE = 'workspace';

/** With what Slack has said of groups, where that is to be stored. */
interface Facts extends WorkspaceFacts {
  said: readonly Membership[];
}

const KIND: Kind<Workspace, WorkspaceEvent, WorkspaceIntent, Facts> = {
  async load({ db }, stream) {
    const { events, head } = await workspaceEvents(db, stream);
    const state = events.reduce<Workspace | undefined>(evolveWorkspace, undefined);
    return state && { state, head };
  },
  facts: async (world, command) => ({
    ...(await factsFor(world)),
    ...(await groupsFor(world, command)),
  }),
  decide: decideWorkspace,
  evolve: evolveWorkspace,
  effects: workspaceEffects,
  save: (world, _, events, { said }) => {
    const seen = new Set(events.map((event) => event.type === 'GroupSeen' && event.group));
    return (q) => [
      ...events.flatMap((event) => statements(world, q, event)),
      ...memberStatements(
        world.db,
        q,
        said.filter(({ group }) => seen.has(group)),
      ),
    ];
  },
  refused: (_, { type: command, by, at }, { code, sentence, forbidden }) =>
    forbidden ? [{ type: 'SetUpRefused', by, at, command, code, sentence }] : [],
};

/** What roles and settings are read from, brought up to date. */
function statements({ db, newId }: World, q: Query, event: WorkspaceEvent): Statement[] {
  switch (event.type) {
    case 'RoleAssigned':
      return assignStatements(q, db.t, event.role, event.holders);
    case 'DeputiesAssigned':
      return assignStatements(q, db.t, event.role, event.holders, true);
    case 'Delegated':
      return delegationStatements(q, db.t, event, false);
    case 'DelegationEnded':
      return delegationStatements(q, db.t, event.delegation, true);
    case 'DelegationBegan':
    case 'PersonGone':
    case 'SetUpRefused':
    case 'AttemptRefused':
    // Once for all events of a group.
    case 'GroupSeen':
      return [];
    case 'ChannelChosen':
      return [settingStatement(db, event.use, event.channel)(q)];
    case 'FeedKeyRenewed':
      return [settingStatement(db, 'calendarKey', newId())(q)];
    case 'MeetingTimeChosen':
      return [settingStatement(db, 'boardMeets', event.meets)(q)];
    default:
      return event satisfies never;
  }
}

async function factsFor({ db, policy, clock }: World): Promise<WorkspaceFacts> {
  const active = await members(db);
  const ids = new Set(active.map(({ id }) => id));
  return {
    policy,
    holders: await roleHolders(db, clock.now()),
    admins: active.filter(({ isAdmin }) => isAdmin).map(({ id }) => id),
    isActive: (person) => ids.has(person),
    groups: [],
  };
}

/** Only where a command is about groups, or may give one a role. */
async function groupsFor({ db }: World, command: WorkspaceIntent): Promise<Pick<Facts, 'groups' | 'said'>> {
  if (command.type !== 'SeeGroups' && command.type !== 'SetUp') return { groups: [], said: [] };
  const said = command.type === 'SeeGroups' ? command.groups : undefined;
  return { groups: said ?? (await memberships(db)), said: said ?? [] };
}

/** Gives a command to the workspace. @throws {Refusal} for somebody who may not */
export async function handleWorkspace(world: World, intent: WorkspaceIntent, by: Actor): Promise<void> {
  await give(world, KIND, WORKSPACE, intent, by);
}

/**
 * Has the record say what is new of the user groups that hold a role, and stores with it who is in them. It is no part of
 * the delivery that made Docket look: one can make it look several times.
 * @param groups as Slack says that they are; as they are stored where somebody counts who did not, or the reverse
 * @returns whether anything was new
 */
export async function seeGroups(world: World, groups?: readonly Membership[]): Promise<boolean> {
  const intent: WorkspaceIntent = { type: 'SeeGroups', ...(groups && { groups }) };
  const { added } = await world.arriving.during({}, () => give(world, KIND, WORKSPACE, intent, 'docket'));
  return added > 0;
}

/**
 * Assigns roles and channels (`/change setup`). Each change of them is an event in the workspace's own stream,
 * so that "who could approve then" has an answer.
 * @param by an admin or an overseer, or `docket` for a workspace that is set up as it is made
 * @throws {Refusal} for anybody else
 */
export function setUp(world: World, setup: Setup, by: Actor): Promise<void> {
  return handleWorkspace(world, { type: 'SetUp', setup }, by);
}

/** Sets up a workspace that nobody has set up yet; what somebody has chosen stays. */
export async function setUpOnce(world: World, setup: Setup): Promise<void> {
  if ((await assignments(world.db)).size === 0) await setUp(world, setup, 'docket');
}

/** @throws {Refusal} unless this person may run the set-up; that they tried is in the record then */
export function checkMaySetUp(world: World, by: Actor): Promise<void> {
  return setUp(world, {}, by);
}

/** Whether this person may run the set-up, and delegate for others. */
export async function maySetUp(world: World, by: Actor): Promise<boolean> {
  return mayOversee(by, await factsFor(world));
}

/**
 * Every open change asks once more whom it should ask: saved together with the reason for it, so that it comes also
 * where the process ends in between.
 */
export function askAroundSoon({ clock, newId }: World): NewOutboxRow {
  const ask: AskAround = { type: 'AskAround' };
  return soon(WORKSPACE, newId(), ask, clock.now());
}

/** What is set up now, and who stands in for whom. */
export async function workspaceNow(world: World): Promise<Workspace | undefined> {
  return (await KIND.load(world, WORKSPACE))?.state;
}

/** The roles that somebody held at an instant, by the record: also through a user group, and as nobody's deputy or stand-in. */
export async function rolesHeld({ db }: Pick<World, 'db'>, person: PersonId, at: Instant): Promise<string[]> {
  const { events } = await workspaceEvents(db, WORKSPACE);
  const held = accessIn(events, { start: at, end: at + 1 });
  const theirs = held.filter(({ who, as }) => who === person && as === 'holder');
  return [...new Set(theirs.flatMap(({ role }) => role ?? []))];
}
