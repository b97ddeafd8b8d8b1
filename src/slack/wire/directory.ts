import type { App } from '@slack/bolt';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { nextOccurrence } from '../../calendar/recurrence.ts';
import { type KnownPerson, members, peopleById, savePeople, saveUpdated } from '../../db/people.ts';
import { readSetting } from '../../db/settings.ts';
import { askAroundSoon, handleWorkspace, seeGroups, setUp } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { boardOf } from '../../policy/board.ts';
import { ageOf, isActive, isAs, type Member, readable, rowsOf, user } from './members.ts';
import { keepGroups, readGroups, waitAfter } from './user-groups.ts';

/** In the company's zone, when nobody waits for anything. */
const EVERY_NIGHT = { at: '17 3 * * *', dayOff: 'as planned' } as const;
/** So many are asked about one by one in a night: more would keep Slack busy for longer than it is night. */
const MOST_MISSING = 200;
/** What Slack says of whom it does not know, or does not show to this workspace. */
const UNKNOWN: ReadonlySet<string> = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

/** What keeps the directory. */
interface Directory {
  /** Reads it whole, as at the start. What Slack does not give now is asked for again later. */
  read(): Promise<void>;
  /** Somebody has come into a user group or gone, or a group has. */
  groupsAltered(): void;
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
  const groups = keepGroups(world, client);
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
        const next = full ? place : newPlace();
        cancelRetry = world.clock.alarm(world.clock.now() + waitAfter(error), () => void goOn(next));
      });
    return reading;
  };
  const read = () => goOn(newPlace());
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
    groupsAltered: groups.altered,
    async stop() {
      stopped = true;
      cancelNight();
      cancelRetry();
      await groups.stop();
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
  /** Who was there, from the first page on, or has been asked about since. */
  seen: Set<string>;
}

const newPlace = (): Place => ({ people: 0, seen: new Set() });

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
      for (const { id } of members) place.seen.add(id);
      place.cursor = page.response_metadata?.next_cursor ?? '';
    }
  const groups = await readGroups(world, client);
  await findChannel(world, client, 'announceIn', policy.announceIn);
  if (boardOf(policy)) await findChannel(world, client, 'board', policy.board.postIn);
  await askAboutMissing(world, client, place);
  world.log.info({ people: place.people, groups }, 'the directory is read');
}

/**
 * Whom Slack has not listed although they were kept as members: of another company, from before that was told apart, or
 * gone in a way of which nothing has told. To be missing proves nothing, so Slack is asked about each, and only what it
 * says of them counts.
 */
async function askAboutMissing(world: World, client: WebClient, { seen }: Place): Promise<void> {
  const missing = (await members(world.db)).filter(({ id }) => !seen.has(id));
  if (missing.length > MOST_MISSING)
    world.log.warn({ missing: missing.length }, 'many members are missing in the list that Slack gives');
  for (const { dm: _, ...person } of missing.slice(0, MOST_MISSING)) {
    const found = await lookUp(client, person.id);
    if (found === 'unknown') await remember(world, [{ ...person, deactivated: true }]);
    else if (found) await remember(world, await rowsOf(client, [found]));
    seen.add(person.id);
  }
}

/** Somebody as Slack describes them; nothing where that cannot be read. */
async function lookUp(client: WebClient, person: string): Promise<Member | 'unknown' | undefined> {
  try {
    return user.safeParse((await client.users.info({ user: person })).user).data;
  } catch (error) {
    if (error instanceof WebAPIPlatformError && UNKNOWN.has(error.data.error)) return 'unknown';
    throw error;
  }
}

/** Somebody acts of whom no event has told: Slack is asked who that is. What it does not tell, it does not. */
export async function meet(world: World, client: WebClient, person: string): Promise<void> {
  try {
    const found = await lookUp(client, person);
    if (found && found !== 'unknown') await remember(world, await rowsOf(client, [found]));
  } catch (error) {
    world.log.debug({ err: error }, 'Slack did not say who somebody is');
  }
}

/** Listens for people and groups that change. */
export function followDirectory(app: App, world: World, directory: Directory): void {
  const rememberPerson = async ({ event, client }: { event: { user: unknown }; client: WebClient }) => {
    const parsed = user.safeParse(event.user);
    if (parsed.success) await remember(world, await rowsOf(client, [parsed.data]));
  };
  app.event('user_change', rememberPerson);
  app.event('team_join', rememberPerson);
  // They say what has changed; what it is now is read, because they may come late and in any order.
  const readGroups = async () => directory.groupsAltered();
  app.event('subteam_created', readGroups);
  app.event('subteam_updated', readGroups);
  app.event('subteam_members_changed', readGroups);
}

/**
 * Remembers those who are not known as they are now, and has it noticed first who of them was active and is gone. What
 * was so before what is known is left out: events overtake each other.
 */
function remember(world: World, rows: readonly KnownPerson[]): Promise<void> {
  return world.directoryInTurn(async () => {
    const known = await peopleById(
      world.db,
      rows.map(({ id }) => id),
    );
    const news = rows.filter((row) => ageOf(row, known.get(row.id)) !== 'older');
    const altered = news.filter((row) => !isAs(row, known.get(row.id)));
    const later = news.filter((row) => !altered.includes(row) && ageOf(row, known.get(row.id)) === 'newer');
    if (later.length > 0) await saveUpdated(world.db, later);
    if (altered.length === 0) return;
    const gone = altered.filter(({ id }) => isActive(known.get(id))).filter((row) => !isActive(row));
    for (const { id } of gone) await handleWorkspace(world, { type: 'NoticeGone', person: id }, 'docket');
    // The notice has asked around already, but at that moment they still counted.
    await savePeople(world.db, altered, gone.length > 0 ? [askAroundSoon(world)] : []);
    if (gone.length > 0) world.wake();
    // Who counts in a group, and who does not any more.
    if (altered.some((row) => isActive(row) !== isActive(known.get(row.id)))) await seeGroups(world);
  });
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
