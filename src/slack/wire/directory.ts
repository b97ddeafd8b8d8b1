import type { App } from '@slack/bolt';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { nextOccurrence } from '../../calendar/recurrence.ts';
import { sameMembers } from '../../change/same.ts';
import { groupMembers, knownGroups, saveGroup, saveGroupMembers } from '../../db/groups.ts';
import { type PersonRow, peopleById, savePeople } from '../../db/people.ts';
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
  team_id: z.string().optional(),
  /** Where a company has several workspaces: all that they are in. */
  enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
});
type Member = z.infer<typeof user>;

/** `date_delete`: when it was switched off; 0 while it is in use. */
const group = z.object({ id: z.string(), handle: z.string(), date_delete: z.number().default(0) });

/** In the company's zone, when nobody waits for anything. */
const EVERY_NIGHT = { at: '17 3 * * *', dayOff: 'as planned' } as const;
/** How long a directory that could not be read is left alone. */
const AGAIN_MS = 30_000;

/** What keeps the directory. */
export interface Directory {
  /** Reads it whole, as at the start. What Slack does not give now is asked for again later. */
  read(): Promise<void>;
  /** Reads it no more, once what is under way is done. */
  stop(): Promise<void>;
}

/**
 * Who is in the workspace, kept beside the changes so that no rule has to ask Slack while somebody waits: read
 * whole at start, then kept up by events, of which one may get lost: what was missed is made good at night.
 */
export function keepDirectory(world: World, client: WebClient): Directory {
  let reading = Promise.resolve();
  let stopped = false;
  let cancelNight = () => {};
  let cancelRetry = () => {};
  const goOn = (place: Place) => {
    cancelRetry();
    reading = reading
      .then(() => readDirectory(world, client, place))
      .catch((error) => {
        const full = error instanceof WebAPIRateLimitedError;
        if (full) world.log.info({ people: place.people }, 'Slack has the reading of the directory wait');
        else
          world.log.warn(
            { err: error },
            'the directory could not be read; what is remembered of it serves until then',
          );
        cancelRetry();
        if (stopped) return;
        const wait = full ? error.retryAfter * 1000 : AGAIN_MS;
        const next = full ? place : { people: 0 };
        cancelRetry = world.clock.alarm(world.clock.now() + wait, () => void goOn(next));
      });
    return reading;
  };
  const read = () => goOn({ people: 0 });
  const plan = (after: number) => {
    const next = nextOccurrence(world.policy, EVERY_NIGHT, after);
    if (!next) return;
    cancelNight = world.clock.alarm(next.at, () => {
      plan(Math.max(next.at, world.clock.now()));
      void read();
    });
  };
  plan(world.clock.now());
  return {
    read,
    async stop() {
      stopped = true;
      cancelNight();
      cancelRetry();
      await reading;
    },
  };
}

/**
 * How far a reading has come. Slack takes some twenty pages a minute, so a large company is never read without a wait,
 * and were it read from its beginning after that, it would never be read at all.
 */
interface Place {
  people: number;
  /** Of the page that is next; empty when everybody is read. */
  cursor?: string;
}

async function readDirectory(world: World, client: WebClient, place: Place): Promise<void> {
  const { policy } = world;
  if (place.cursor !== '')
    for await (const page of client.paginate('users.list', {
      limit: 1000,
      ...(place.cursor && { cursor: place.cursor }),
    })) {
      const members = readable(world, 'members' in page ? page.members : []);
      if (members.length > 0) await remember(world, await rowsOf(client, members));
      place.people += members.length;
      place.cursor = page.response_metadata?.next_cursor ?? '';
    }
  const groups = await readGroups(world, client);
  await findChannel(world, client, 'announceIn', policy.announceIn);
  if (boardOf(policy)) await findChannel(world, client, 'board', policy.board.postIn);
  world.log.info({ people: place.people, groups }, 'the directory is read');
}

/** One that Slack describes as it never has must not keep all others of the page out. */
function readable({ log }: World, members: unknown): Member[] {
  return z
    .array(z.unknown())
    .parse(members)
    .flatMap((member) => {
      const { data, error } = user.safeParse(member);
      const { id } = z.object({ id: z.unknown() }).catch({ id: undefined }).parse(member);
      if (error) log.warn({ err: error, id }, 'somebody in the directory could not be read');
      return data ?? [];
    });
}

/** Somebody acts of whom no event has told: Slack is asked who that is. What it does not tell, it does not. */
export async function meet(world: World, client: WebClient, person: string): Promise<void> {
  try {
    const { data } = user.safeParse((await client.users.info({ user: person })).user);
    if (data) await remember(world, await rowsOf(client, [data]));
  } catch (error) {
    world.log.debug({ err: error }, 'Slack did not say who somebody is');
  }
}

/** Listens for people and groups that change. */
export function followDirectory(app: App, world: World): void {
  const rememberPerson = async ({ event, client }: { event: { user: unknown }; client: WebClient }) => {
    const parsed = user.safeParse(event.user);
    if (parsed.success) await remember(world, await rowsOf(client, [parsed.data]));
  };
  app.event('user_change', rememberPerson);
  app.event('team_join', rememberPerson);
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

/** Remembers those who are not known as they are now, and has it noticed first who of them was active and is gone. */
async function remember(world: World, rows: Omit<PersonRow, 'dm'>[]): Promise<void> {
  const known = await peopleById(
    world.db,
    rows.map(({ id }) => id),
  );
  const altered = rows.filter((row) => !isAs(row, known.get(row.id)));
  if (altered.length === 0) return;
  const gone = altered.filter(({ id }) => isActive(known.get(id))).filter((row) => !isActive(row));
  for (const { id } of gone) await handleWorkspace(world, { type: 'NoticeGone', person: id }, 'docket');
  await savePeople(world.db, altered);
  // The notice has asked around already, but at that moment they still counted.
  if (gone.length > 0) await giveDue(world, WORKSPACE, { type: 'AskAround' });
}

type Known = Omit<PersonRow, 'dm'>;

function isActive(row: Known | undefined): boolean {
  return row !== undefined && !row.deactivated && !row.isGuest && !row.isBot;
}

function isAs(row: Known, known: Known | undefined): boolean {
  if (!known) return false;
  const { name, realName, zone, isAdmin, isBot, isGuest, deactivated } = row;
  const now = { name, realName, zone, isAdmin, isBot, isGuest, deactivated };
  return Object.entries(now).every(([key, value]) => known[key as keyof typeof now] === value); // its own keys
}

/**
 * With their members in one call: Slack takes twenty a minute of those that ask about one group, and there may be more
 * groups than that. Those that were switched off are not listed, and have nobody in them from then on.
 */
async function readGroups(world: World, client: WebClient): Promise<number> {
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

/** People as they are kept. Who shares a channel with Docket is no stranger to Slack, from whatever company. */
async function rowsOf(client: WebClient, members: readonly Member[]): Promise<Known[]> {
  const ours = members.some(({ team_id }) => team_id) ? await teamOf(client) : undefined;
  const isOurs = ({ team_id: team, enterprise_user: company }: Member) =>
    [...(company?.teams ?? []), team].includes(ours);
  return members.map((member) => asRow(member, isOurs(member)));
}

const teams = new WeakMap<WebClient, string>();

/** The workspace in which Docket is installed. */
async function teamOf(client: WebClient): Promise<string | undefined> {
  const team = teams.get(client) ?? (await client.auth.test()).team_id;
  if (team) teams.set(client, team);
  return team;
}

function asRow(member: Member, isOurs: boolean): Known {
  return {
    id: member.id,
    name: member.name,
    realName: member.real_name ?? member.name,
    zone: member.tz ?? 'UTC',
    isAdmin: member.is_admin || member.is_owner,
    isBot: member.is_bot || member.id === 'USLACKBOT',
    isGuest: member.is_restricted || member.is_ultra_restricted || member.is_stranger || !isOurs,
    deactivated: member.deleted,
  };
}
