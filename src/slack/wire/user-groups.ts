import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { sameMembers } from '../../change/same.ts';
import { groupMembers, knownGroups, saveGroup, saveMembers } from '../../db/groups.ts';
import { askAroundSoon, seeGroups } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import type { Membership } from '../../workspace/types.ts';

/** How long what could not be read is left alone. */
const AGAIN_MS = 30_000;
/** Groups that are altered all the time are not read without end; at night they are read again. */
const MOST_TIMES = 5;

/** What keeps who is in which user group. */
interface Groups {
  /** Something about them has changed: they are read anew, once for all that came while it was not their turn. */
  altered(): void;
  /** Reads them no more, once what is under way is done. */
  stop(): Promise<void>;
}

/** Keeps user groups as Slack says that they are. What it does not give now is asked for again later. */
export function keepGroups(world: World, client: WebClient): Groups {
  let wanted = false;
  let stopped = false;
  let reading: Promise<void> | undefined;
  let cancelRetry = () => {};
  const later = (error: unknown) => {
    world.log.warn({ err: error }, 'the user groups could not be read; what is remembered serves until then');
    cancelRetry();
    cancelRetry = world.clock.alarm(world.clock.now() + waitAfter(error), altered);
  };
  const read = async () => {
    while (wanted && !stopped) {
      wanted = false;
      await readGroups(world, client).catch(later);
    }
    reading = undefined;
  };
  function altered(): void {
    if (stopped) return;
    wanted = true;
    reading ??= read();
  }
  return {
    altered,
    async stop() {
      stopped = true;
      cancelRetry();
      await reading;
    },
  };
}

/** How long Slack wants to be left alone after it has not answered. */
export function waitAfter(error: unknown): number {
  return error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : AGAIN_MS;
}

/**
 * Reads who is in which group, until what Slack says is what is kept. Two replicas may read the one before and the
 * other after a change, and save in the other order; and two changes may lie within the second that Slack tells them
 * apart by. So whoever has saved something looks once more, and the last to save has seen the last change.
 * @returns how many groups there are
 */
export async function readGroups(world: World, client: WebClient): Promise<number> {
  for (let times = 1; ; times++) {
    const { count, altered } = await readOnce(world, client);
    if (!altered || times === MOST_TIMES) return count;
  }
}

/**
 * With their members in one call: Slack takes twenty a minute of those that ask about one group, and there may be more
 * groups than that. Those that were switched off are not listed, and have nobody in them from then on.
 */
async function readOnce(world: World, client: WebClient): Promise<{ count: number; altered: boolean }> {
  const { usergroups = [] } = await client.usergroups.list({ include_users: true }).catch(noGroups);
  const listed = usergroups.flatMap(({ id, handle, users }) =>
    id ? [{ id, name: handle ?? id, users }] : [],
  );
  const known = await knownGroups(world.db);
  const renamed = listed.filter(({ id, name }) => known.find((group) => group.id === id)?.name !== name);
  for (const { id, name } of renamed) await saveGroup(world.db, { id, name });
  const now: Membership[] = [];
  for (const { id, users } of listed)
    now.push({ group: id, members: users ?? (await membersOf(client, id)) });
  const off = known.filter(({ id }) => !listed.some((group) => group.id === id));
  const altered = await keepMembers(world, [...now, ...off.map(({ id }) => ({ group: id, members: [] }))]);
  return { count: listed.length, altered: altered || renamed.length > 0 };
}

/** A free workspace has no user groups. */
function noGroups(error: unknown): { usergroups?: never[] } {
  if (error instanceof WebAPIPlatformError && error.data.error === 'plan_upgrade_required') return {};
  throw error;
}

async function membersOf(client: WebClient, usergroup: string): Promise<string[]> {
  const { users = [] } = await client.usergroups.users.list({ usergroup });
  return users;
}

/**
 * Where somebody came or went, what is open asks whom it should ask now. What the record has to tell of is stored with it;
 * groups that hold no role, and people who do not count, are only stored.
 * @returns whether others are in some group than were
 */
async function keepMembers(world: World, groups: readonly Membership[]): Promise<boolean> {
  const told = await seeGroups(world, groups);
  const altered: Membership[] = [];
  for (const each of groups)
    if (!sameMembers(each.members, await groupMembers(world.db, each.group))) altered.push(each);
  if (altered.length === 0) return told;
  await saveMembers(world.db, altered, [askAroundSoon(world)]);
  world.wake();
  return true;
}
