import type { App } from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { sameMembers } from '../../change/same.ts';
import { groupMembers, knownGroups, saveGroup, saveGroupMembers } from '../../db/groups.ts';
import { giveDue } from '../../engine/due.ts';
import { WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';

/** `date_delete`: when it was switched off; 0 while it is in use. */
const group = z.object({ id: z.string(), handle: z.string(), date_delete: z.number().default(0) });

/** Listens for user groups that change. */
export function followGroups(app: App, world: World): void {
  const rememberGroup = async ({ event, client }: { event: { subteam: unknown }; client: WebClient }) => {
    const parsed = group.safeParse(event.subteam);
    if (!parsed.success) return;
    const { id, handle, date_delete } = parsed.data;
    await saveGroup(world.db, { id, name: handle });
    const inUse = date_delete === 0;
    await followMembers(world, [await keepMembers(world, id, inUse ? await membersOf(client, id) : [])]);
  };
  app.event('subteam_created', rememberGroup);
  app.event('subteam_updated', rememberGroup);
  app.event('subteam_members_changed', async ({ event: { subteam_id: id }, client }) => {
    await followMembers(world, [await keepMembers(world, id, await membersOf(client, id))]);
  });
}

/**
 * With their members in one call: Slack takes twenty a minute of those that ask about one group, and there may be more
 * groups than that. Those that were switched off are not listed, and have nobody in them from then on.
 */
export async function readGroups(world: World, client: WebClient): Promise<number> {
  const { usergroups = [] } = await client.usergroups.list({ include_users: true }).catch(noGroups);
  const listed = usergroups.flatMap(({ id, handle, users }) =>
    id ? [{ id, name: handle ?? id, users }] : [],
  );
  const altered: boolean[] = [];
  for (const { id, name, users } of listed) {
    await saveGroup(world.db, { id, name });
    altered.push(await keepMembers(world, id, users ?? (await membersOf(client, id))));
  }
  const off = (await knownGroups(world.db)).filter(({ id }) => !listed.some((group) => group.id === id));
  for (const { id } of off) altered.push(await keepMembers(world, id, []));
  await followMembers(world, altered);
  return listed.length;
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

/** @returns whether others are in it than were */
async function keepMembers({ db }: World, group: string, members: string[]): Promise<boolean> {
  if (sameMembers(members, await groupMembers(db, group))) return false;
  await saveGroupMembers(db, group, members);
  return true;
}

/** Where somebody came or went, what is open asks whom it should ask now. */
async function followMembers(world: World, altered: readonly boolean[]): Promise<void> {
  if (altered.includes(true)) await giveDue(world, WORKSPACE, { type: 'AskAround' });
}
