/** How long it takes to open the calendar, and to check a new window, where much is planned and frozen. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { DAY } from '../../src/calendar/zone.ts';
import { fold } from '../../src/change/evolve.ts';
import { assessRisk } from '../../src/change/risk.ts';
import type { ChangeEvent } from '../../src/change/types.ts';
import { machineClock } from '../../src/clock.ts';
import { changeRows } from '../../src/db/change-rows.ts';
import { changeEvents, insertEvents } from '../../src/db/events.ts';
import { link, NOTHING_YET } from '../../src/db/ledger.ts';
import { openDb } from '../../src/db/open.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { checkOf } from '../../src/engine/windows.ts';
import { makeWorld, type World } from '../../src/engine/world.ts';
import { calendar } from '../../src/slack/features/calendar.ts';
import { DANA, GUIDE, JONAS, NADIA } from '../../test/change/company.ts';
import { HOUR, standard } from '../../test/change/proposals.ts';
import { approves } from '../../test/change/steps.ts';
import { pgStores, type Stores, sqliteStores } from '../../test/db/stores.ts';
import { SEEDED_AT } from './instant.ts';
import { at, median } from './middle.ts';
import { type Section, table } from './page.ts';
import { inhabit } from './seed.ts';

const PLANNED = 2_000;
const FROZEN = 200;
const SYSTEMS = Object.keys(GUIDE.systems);
/** Thursday at 23:00 in Berlin: then anything may be carried out. */
const FIRST_NIGHT = SEEDED_AT + 37 * HOUR;

export async function calendars(turns: number): Promise<Section> {
  const rows: string[][] = [];
  for (const [name, stores] of [
    ['SQLite', sqliteStores()],
    ['PostgreSQL', pgStores()],
  ] as const)
    rows.push(...(await measured(name, stores, turns)));
  return {
    name: 'calendar',
    title: 'Calendar',
    lines: [
      `With ${PLANNED.toLocaleString('en')} scheduled changes over a year and ${FROZEN} freezes; ${turns} turns each. Opening: from the word until the view is drawn, with three free windows. Checking: everything that stands against a window, and three that would do.`,
      '',
      ...table(['', 'p50, ms', 'p95, ms', 'longest, ms'], rows),
    ],
  };
}

async function measured(name: string, stores: Stores, turns: number): Promise<string[][]> {
  await stores.start();
  const db = await openDb({ url: await stores.freshUrl() });
  try {
    const world = makeWorld({
      ...{ db, policy: GUIDE, newId: randomUUID, log: pino({ level: 'silent' }) },
      clock: machineClock(() => SEEDED_AT),
    });
    await inhabit(world);
    await plan(world);
    const open = opening(world);
    return [
      await timed(`${name}: open the week`, turns, () => open('week')),
      await timed(`${name}: open the month`, turns, () => open('month next')),
      await timed(`${name}: check a window`, turns, (n) => check(world, n)),
    ];
  } finally {
    await db.close();
    await stores.stop();
  }
}

/** The calendar of a company that plans a year ahead: six changes a night, and a freeze every other day. */
async function plan(world: World): Promise<void> {
  const { db } = world;
  const first = await scheduled(world);
  const copies = Array.from({ length: PLANNED - 1 }, (_, n) => copyOf(first, n + 2));
  for (let from = 0; from < copies.length; from += 100)
    await db.atomically((q) => copies.slice(from, from + 100).flatMap((make) => make(q, db)));
  for (let n = 0; n < FROZEN; n++) {
    const startsAt = FIRST_NIGHT + 1.8 * n * DAY;
    await handleFreeze(
      world,
      `${FREEZE}${n}`,
      {
        type: 'Declare',
        freeze: {
          ...{
            kind: n % 3 === 0 ? 'hard' : 'soft',
            reason: 'Peak season',
            startsAt,
            endsAt: startsAt + 6 * HOUR,
          },
          scope: { systems: [SYSTEMS[n % SYSTEMS.length] ?? ''], environments: [], categories: [] },
        },
      },
      NADIA,
    );
  }
}

/** The record of a change that has its place in the calendar. */
async function scheduled(world: World): Promise<ChangeEvent[]> {
  const id = world.newId();
  const proposal = standard({ startsAt: FIRST_NIGHT, endsAt: FIRST_NIGHT + 2 * HOUR });
  const { change } = await handle(world, id, { type: 'Submit', id, category: 'standard', proposal }, DANA);
  const { by, at: _, ...intent } = approves(JONAS)(change, 0);
  await handle(world, id, intent, by);
  return changeEvents(world.db, id);
}

/** The same record under another number, at another time and on another system. */
function copyOf(life: readonly ChangeEvent[], n: number) {
  const id = `planned-${n}`;
  const startsAt = FIRST_NIGHT + Math.floor(n / 6) * DAY;
  const window = { startsAt, endsAt: startsAt + 2 * HOUR };
  const systems = [SYSTEMS[n % SYSTEMS.length] ?? ''];
  const events = life.map((event): ChangeEvent => {
    if (event.type === 'Scheduled') return { ...event, ...window };
    if (event.type !== 'Submitted') return event;
    const number = `CR-2026-${String(n).padStart(3, '0')}`;
    return { ...event, number, proposal: { ...event.proposal, ...window, systems } };
  });
  const records = events.map(({ type, by, at: when, ...data }) => ({ type, actor: by, at: when, data }));
  const { rows, tail } = link(id, NOTHING_YET, records);
  const state = fold(id, events);
  return (q: Parameters<Parameters<World['db']['atomically']>[0]>[0], { t }: World['db']) => [
    ...insertEvents(q, t, rows),
    ...(state ? changeRows(q, t, { state, head: tail.head }, events) : []),
  ];
}

/** `/change calendar`, from the word until what it shows is drawn. */
function opening(world: World) {
  const [word] = calendar(world).words ?? [];
  return async (words: string) => {
    let drawn = false;
    await word?.run({
      ...{ by: DANA, words },
      reply: async () => {},
      open: async (_, later) => {
        drawn = (await later?.()) !== undefined;
      },
    });
    if (!drawn) throw new Error('the calendar was not drawn');
  };
}

async function check(world: World, n: number): Promise<void> {
  // On a Wednesday by day, when a change of high risk may not be carried out: so that other windows are looked for.
  const startsAt = SEEDED_AT + (1 + (n % 40)) * 7 * DAY + (n % 4) * HOUR;
  const proposal = standard({
    startsAt,
    endsAt: startsAt + 2 * HOUR,
    systems: [SYSTEMS[n % SYSTEMS.length] ?? ''],
  });
  const risk = { ...assessRisk(GUIDE, 'normal', proposal), level: 'high' as const };
  const found = await checkOf(world, { requester: DANA, category: 'normal', proposal, risk });
  if (found?.free.length !== 3) throw new Error('three other windows were not found');
}

async function timed(name: string, turns: number, turn: (n: number) => Promise<void>): Promise<string[]> {
  const took: number[] = [];
  for (let n = 0; n < turns + 5; n++) {
    const begun = performance.now();
    await turn(n);
    // The first ones are compiled.
    if (n >= 5) took.push(performance.now() - begun);
  }
  return [name, ...[median(took), at(took, 0.95), Math.max(...took)].map((ms) => ms.toFixed(1))];
}
