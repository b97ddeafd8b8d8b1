import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { effects } from '../../src/change/effects.ts';
import { evolve, fold } from '../../src/change/evolve.ts';
import { searchWords } from '../../src/change/search-words.ts';
import type { Change, ChangeEvent } from '../../src/change/types.ts';
import { machineClock } from '../../src/clock.ts';
import { changeRows } from '../../src/db/change-rows.ts';
import type { Db } from '../../src/db/db.ts';
import { changeEvents, insertEvents } from '../../src/db/events.ts';
import { link, NOTHING_YET } from '../../src/db/ledger.ts';
import { openDb } from '../../src/db/open.ts';
import { insertOutbox } from '../../src/db/outbox.ts';
import { savePeople } from '../../src/db/people.ts';
import { insertRow } from '../../src/db/prepared.ts';
import { ROWS } from '../../src/db/rebuild.ts';
import { saveSearch } from '../../src/db/search.ts';
import { settingStatement } from '../../src/db/settings.ts';
import { handle } from '../../src/engine/handle.ts';
import { outboxRows } from '../../src/engine/outbox-rows.ts';
import { setUp } from '../../src/engine/setup.ts';
import { makeWorld, type World } from '../../src/engine/world.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { TRIXTECH } from '../../src/local-slack/company.ts';
import { projectFile } from '../../src/project-file.ts';
import { DANA, GUIDE, KLAUS, MAYA, OLGA } from '../../test/change/company.ts';
import { emergency, standard } from '../../test/change/proposals.ts';
import { SEEDED_AT } from './instant.ts';
import { copyMany } from './many.ts';

/** Rises with what is generated, so that no file of an older release is taken for one of this. */
const EDITION = 4;
const AT_ONCE = 500;

/** The id of the n-th change that can be clicked on. */
export const clickable = (n: number) => `open-${n}`;
export const numberOf = (n: number) => `CR-2026-${String(n + 1).padStart(3, '0')}`;

/**
 * A SQLite file with so many changes, from a cache if it was made before. Those that are open are emergencies, of
 * which three people are asked; all others are closed. Rows are written as Docket writes them, by its own functions.
 */
export async function seeded(size: { open: number; closed: number }): Promise<string> {
  const folder = process.env.BENCH_CACHE ?? projectFile('node_modules/.cache/docket-bench');
  const file = join(folder, `${EDITION}-${size.open}-${size.closed}.db`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.unfinished`;
  for (const end of ['', '-wal', '-shm']) rmSync(unfinished + end, { force: true });
  const db = await openDb({ url: `file:${unfinished}` });
  const world = makeWorld({
    ...{ db, policy: GUIDE, newId: randomUUID, log: pino({ level: 'silent' }) },
    clock: machineClock(() => SEEDED_AT),
  });
  await inhabit(world);
  await db.atomically((q) => [
    settingStatement(db, 'rows', ROWS)(q),
    settingStatement(db, 'searchable', true)(q),
  ]);
  const [urgent, over] = [await filedOnce(world, 'emergency'), await closedOnce(world)];
  await copies(world, urgent, 'open', 0, size.open);
  await copies(world, over, 'closed', size.open, 1);
  await db.close();
  copyMany(unfinished, { id: 'closed-0', number: numberOf(size.open) }, size.closed - 1);
  renameSync(unfinished, file);
  return file;
}

/** Puts the small company into a store, in its roles. */
export async function inhabit(world: World): Promise<void> {
  const person = { isAdmin: false, isBot: false, isGuest: false, deactivated: false };
  await savePeople(
    world.db,
    TRIXTECH.people.map(({ id, name, realName, zone }) => ({ ...person, id, name, realName, zone })),
  );
  const people = Object.entries(LOCAL_ROLES).map(([role, holders]) => [
    role,
    holders.flatMap((id) => TRIXTECH.userGroups.find((group) => group.id === id)?.members ?? [id]),
  ]);
  await setUp(world, { roles: Object.fromEntries(people), announceIn: 'C02CHANGES2' }, 'docket');
}

type Life = { events: ChangeEvent[]; head: Change };

async function filedOnce(world: World, category: 'emergency' | 'standard'): Promise<Life> {
  const id = world.newId();
  const proposal = category === 'emergency' ? emergency({ implementer: MAYA }) : standard(SATURDAY_NIGHT);
  const { change } = await handle(world, id, { type: 'Submit', id, category, proposal }, DANA);
  const events = await changeEvents(world.db, id);
  await world.db.atomically((q) => [
    q.delete(world.db.t.outbox),
    q.delete(world.db.t.changes),
    q.delete(world.db.t.search),
    q.delete(world.db.t.figures),
    q.delete(world.db.t.clocks),
    q.delete(world.db.t.events),
  ]);
  await inhabit(world);
  return { events, head: change };
}

/** Saturday at 23:00 in Berlin, for two hours: then anything may be carried out. */
const SATURDAY_NIGHT = { startsAt: Date.UTC(2026, 10, 28, 22), endsAt: Date.UTC(2026, 10, 29) };

/** A standard change that was filed, and whose requester thought better of it. */
async function closedOnce(world: World): Promise<Life> {
  const { events, head } = await filedOnce(world, 'standard');
  const withdrawn: ChangeEvent = { type: 'Withdrawn', by: DANA, at: SEEDED_AT };
  return { events: [...events, withdrawn], head: evolve(head, withdrawn, head.id) };
}

/** Writes the same life so many times, each under its own id and number. */
async function copies(world: World, life: Life, name: string, from: number, count: number): Promise<void> {
  const { db } = world;
  for (let first = 0; first < count; first += AT_ONCE) {
    const these = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, i) => first + i);
    await Promise.all(
      these.map((n) => db.atomically((q) => copyOf(q, db, life, `${name}-${n}`, numberOf(from + n)))),
    );
  }
}

function copyOf(
  q: Parameters<Parameters<Db['atomically']>[0]>[0],
  db: Db,
  life: Life,
  id: string,
  number: string,
) {
  const events = life.events.map((event) => (event.type === 'Submitted' ? { ...event, number } : event));
  const { rows, tail } = link(
    id,
    NOTHING_YET,
    events.map(({ type, by, at, ...data }) => ({ type, actor: by, at, data })),
  );
  const change = { ...life.head, id, number };
  const isOpen = 'open' in change;
  const timers = isOpen ? timersOf(id, events) : [];
  const cards = isOpen
    ? [
        'headline',
        `requester/${DANA}`,
        ...[MAYA, OLGA, KLAUS].map((who) => `ask/${who}/${change.open.stage}/1`),
      ]
    : ['headline', `requester/${DANA}`];
  return [
    ...insertEvents(q, db.t, rows),
    ...changeRows(q, db.t, { state: change, head: tail.head }, events),
    saveSearch(q, db.t, change, searchWords(change, GUIDE)),
    ...insertOutbox(q, db.t, timers),
    ...cards.map((audience, i) =>
      insertRow(
        q,
        db.t.slackMessages,
        { stream: id, audience, channel: `D0${i}`, ts: `${number.slice(8)}.00000${i}`, drawnSeq: change.seq },
        'fail',
      ),
    ),
  ];
}

/** The reminders of an open change lie in the outbox until their time comes. */
function timersOf(id: string, events: ChangeEvent[]) {
  const states = events.map((_, i) => fold(id, events.slice(0, i + 1)));
  const all = events.map((event, i) => {
    const state = states[i];
    return state ? effects(event, state) : [];
  });
  return outboxRows(id, 0, events, all).filter(({ kind }) => kind === 'timer');
}
