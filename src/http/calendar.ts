import * as z from 'zod';
import { DAY } from '../calendar/zone.ts';
import { TO_COME } from '../change/planned.ts';
import type { Status } from '../change/types.ts';
import { declaredFreezes } from '../db/freezes.ts';
import { namesOf } from '../db/people.ts';
import { plannedIn } from '../db/planned.ts';
import { FEED_PATH, mayReadFeed } from '../engine/calendar-feed.ts';
import type { World } from '../engine/world.ts';
import { icsOf } from './ics.ts';
import type { Route } from './route.ts';

/** How much of the past and of the future calendar programs are given. */
const [BEHIND, AHEAD] = [30 * DAY, 366 * DAY];
/** What is planned, and what was carried out. */
const SHOWN: readonly Status[] = [...TO_COME, 'implemented', 'verified', 'closed'];
/** It is everybody's alike, and thousands of changes take a second in which nobody else is answered. */
const FRESH_MS = 60_000;
const asked = z.object({ for: z.string().min(1).max(30), key: z.string().min(1).max(100) });

/** `/calendar.ics?for=…&key=…`: planned changes and freezes, for calendar programs to subscribe to. */
export function calendarRoute(world: World): Route {
  let last: { at: number; ics: Promise<string> } | undefined;
  const written = (): Promise<string> => {
    const at = world.clock.now();
    if (last && at - last.at < FRESH_MS) return last.ics;
    const mine = { at, ics: write(world, at) };
    last = mine;
    mine.ics.catch(() => {
      if (last === mine) last = undefined;
    });
    return mine.ics;
  };
  return {
    path: FEED_PATH,
    method: 'GET',
    handler(request, response) {
      const query = new URL(request.url ?? '', 'http://docket').searchParams;
      const reader = asked.safeParse(Object.fromEntries(query)).data;
      const may = reader ? mayReadFeed(world, reader.for, reader.key) : Promise.resolve(false);
      const answer = may.then((yes) => (yes ? written() : undefined));
      answer.then(
        (ics) => {
          const type = ics ? 'text/calendar; charset=utf-8' : 'text/plain; charset=utf-8';
          response.writeHead(ics ? 200 : 404, {
            'content-type': type,
            'cache-control': 'private, max-age=300',
          });
          response.end(
            ics ?? 'There is no such calendar. /change calendar feed gives you the address of yours.',
          );
        },
        (error) => {
          world.log.error({ err: error }, 'the calendar feed could not be made');
          response.writeHead(503, { 'retry-after': '60' }).end();
        },
      );
    },
  };
}

async function write(world: World, now: number): Promise<string> {
  const range = { start: now - BEHIND, end: now + AHEAD };
  const freezes = await declaredFreezes(world.db, range);
  const planned = await plannedIn(world.db, range, SHOWN);
  const names = await namesOf(
    world.db,
    planned.flatMap(({ requester, implementer }) => [requester, implementer]),
  );
  return icsOf(world.policy, range, planned, freezes, (person) => names.get(person) ?? person);
}
