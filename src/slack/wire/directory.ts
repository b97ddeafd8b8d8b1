import type { App } from '@slack/bolt';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import * as z from 'zod';
import { nextOccurrence } from '../../calendar/recurrence.ts';
import { peopleById, savePeople } from '../../db/people.ts';
import { readSetting } from '../../db/settings.ts';
import { giveDue } from '../../engine/due.ts';
import { handleWorkspace, setUp, WORKSPACE } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { boardOf } from '../../policy/board.ts';
import { isActive, isAs, type Known, readable, rowsOf, user } from './members.ts';
import { followGroups, readGroups } from './user-groups.ts';

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
  followGroups(app, world);
}

/** Remembers those who are not known as they are now, and has it noticed first who of them was active and is gone. */
async function remember(world: World, rows: Known[]): Promise<void> {
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
