import type { App } from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { nextOccurrence } from '../../calendar/recurrence.ts';
import { saveGroup, saveGroupMembers } from '../../db/groups.ts';
import { members as activeMembers, type PersonRow, savePeople } from '../../db/people.ts';
import { readSetting } from '../../db/settings.ts';
import { giveDue } from '../../engine/due.ts';
import { handleWorkspace, setUp, WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { boardOf } from '../../policy/board.ts';

/** A user as `users.list` and the `user_change` event describe one. */
const user = z.object({
  id: z.string(),
  name: z.string().default(''),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  deleted: z.boolean().default(false),
  is_admin: z.boolean().default(false),
  is_owner: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
});

const group = z.object({ id: z.string(), handle: z.string() });

/** In the company's zone, when nobody waits for anything. */
const EVERY_NIGHT = { at: '17 3 * * *', dayOff: 'as planned' } as const;
/** How long a directory that could not be read is left alone. */
const AGAIN_MS = 30_000;

/**
 * Who is in the workspace, kept beside the changes so that no rule has to ask Slack while somebody waits: read
 * whole at start, then kept up by events. What Slack does not give now is asked for again later.
 */
export async function keepDirectory(world: World, client: WebClient): Promise<void> {
  try {
    await readDirectory(world, client);
  } catch (error) {
    world.log.warn(
      { err: error },
      'the directory could not be read; what is remembered of it serves until then',
    );
    world.clock.alarm(world.clock.now() + AGAIN_MS, () => void keepDirectory(world, client));
  }
}

/**
 * An event about a person may get lost; what was missed is made good at night.
 * @returns what stops it, after the reading that is under way
 */
export function readEveryNight(world: World, client: WebClient): { stop(): Promise<void> } {
  let reading = Promise.resolve();
  let cancel = () => {};
  const plan = (after: number) => {
    const next = nextOccurrence(world.policy, EVERY_NIGHT, after);
    if (!next) return;
    cancel = world.clock.alarm(next.at, () => {
      plan(Math.max(next.at, world.clock.now()));
      reading = keepDirectory(world, client);
    });
  };
  plan(world.clock.now());
  return {
    async stop() {
      cancel();
      await reading;
    },
  };
}

async function readDirectory(world: World, client: WebClient): Promise<void> {
  const { policy } = world;
  let people = 0;
  for await (const page of client.paginate('users.list', { limit: 1000 })) {
    const members = z.array(user).parse('members' in page ? page.members : []);
    if (members.length > 0) await remember(world, members.map(asRow));
    people += members.length;
  }
  const groups = await readGroups(world, client);
  await findChannel(world, client, 'announceIn', policy.announceIn);
  if (boardOf(policy)) await findChannel(world, client, 'board', policy.board.postIn);
  world.log.info({ people, groups }, 'the directory is read');
}

/** Somebody acts of whom no event has told: Slack is asked who that is. What it does not tell, it does not. */
export async function meet(world: World, client: WebClient, person: string): Promise<void> {
  try {
    const { data } = user.safeParse((await client.users.info({ user: person })).user);
    if (data) await remember(world, [asRow(data)]);
  } catch (error) {
    world.log.debug({ err: error }, 'Slack did not say who somebody is');
  }
}

/** Listens for people and groups that change. */
export function followDirectory(app: App, world: World): void {
  const rememberPerson = async ({ event }: { event: { user: unknown } }) => {
    const parsed = user.safeParse(event.user);
    if (parsed.success) await remember(world, [asRow(parsed.data)]);
  };
  app.event('user_change', rememberPerson);
  app.event('team_join', rememberPerson);
  const rememberGroup = async ({ event, client }: { event: { subteam: unknown }; client: WebClient }) => {
    const parsed = group.safeParse(event.subteam);
    if (!parsed.success) return;
    await saveGroup(world.db, { id: parsed.data.id, name: parsed.data.handle });
    await readMembers(world, client, parsed.data.id);
  };
  app.event('subteam_created', rememberGroup);
  app.event('subteam_updated', rememberGroup);
  app.event('subteam_members_changed', async ({ event, client }) => {
    await readMembers(world, client, event.subteam_id);
    await giveDue(world, WORKSPACE, { type: 'AskAround' });
  });
}

/** Remembers people, and has it noticed first who of them was active until now and is gone. */
async function remember(world: World, rows: Omit<PersonRow, 'dm'>[]): Promise<void> {
  const known = new Set((await activeMembers(world.db)).map(({ id }) => id));
  const gone = rows.filter((row) => known.has(row.id) && (row.deactivated || row.isGuest || row.isBot));
  for (const { id } of gone) await handleWorkspace(world, { type: 'NoticeGone', person: id }, 'docket');
  await savePeople(world.db, rows);
  // The notice has asked around already, but at that moment they still counted.
  if (gone.length > 0) await giveDue(world, WORKSPACE, { type: 'AskAround' });
}

async function readGroups(world: World, client: WebClient): Promise<number> {
  const { usergroups = [] } = await client.usergroups.list({ include_users: false }).catch(noGroups);
  for (const { id, handle } of usergroups) {
    if (!id) continue;
    await saveGroup(world.db, { id, name: handle ?? id });
    await readMembers(world, client, id);
  }
  return usergroups.length;
}

/** A free workspace has no user groups. */
function noGroups(error: unknown): { usergroups?: never[] } {
  if (error instanceof WebAPIPlatformError && error.data.error === 'plan_upgrade_required') return {};
  throw error;
}

async function readMembers({ db }: World, client: WebClient, usergroup: string): Promise<void> {
  const { users = [] } = await client.usergroups.users.list({ usergroup });
  await saveGroupMembers(db, usergroup, users);
}

/** Until somebody chooses another in `/change setup`, the channel with the policy's name. */
async function findChannel(
  world: World,
  client: WebClient,
  use: 'announceIn' | 'board',
  name: string,
): Promise<void> {
  if (await readSetting(world.db, use)) return;
  for await (const page of client.paginate('conversations.list', {
    types: 'public_channel',
    exclude_archived: true,
    limit: 1000,
  })) {
    const channels = z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse('channels' in page ? page.channels : []);
    const found = channels.find((channel) => channel.name === name);
    if (found) return setUp(world, { [use]: found.id }, 'docket');
  }
  world.log.warn(
    `there is no channel #${name}: make one and invite Docket, or choose another with /change setup`,
  );
}

function asRow(member: z.infer<typeof user>): Omit<PersonRow, 'dm'> {
  return {
    id: member.id,
    name: member.name,
    realName: member.real_name ?? member.name,
    zone: member.tz ?? 'UTC',
    isAdmin: member.is_admin || member.is_owner,
    isBot: member.is_bot || member.id === 'USLACKBOT',
    isGuest: member.is_restricted || member.is_ultra_restricted || member.is_stranger,
    deactivated: member.deleted,
  };
}
