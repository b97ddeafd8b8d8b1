import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ballWith } from '../../src/change/ball.ts';
import { auditRecord, headOf } from '../../src/db/audit.ts';
import type { Db } from '../../src/db/db.ts';
import { type EventRow, link, NOTHING_YET, verify } from '../../src/db/ledger.ts';
import { handle } from '../../src/engine/handle.ts';
import { DANA, holders } from '../change/company.ts';
import { complete } from '../change/proposals.ts';
import { doesNext } from '../change/steps.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';
import { onBoth, onSqlite } from './both.ts';

const FORGERIES = { numRuns: 10_000 };
const CHANGES = 24;
const END = Number.MAX_SAFE_INTEGER;

/** Real emergencies, each carried through until it is closed: a few hundred events. */
async function fill(db: Db): Promise<EventRow[]> {
  const world = makeTestWorld(db);
  await settle(world);
  for (let n = 0; n < CHANGES; n++) {
    const id = `c${n}`;
    const proposal = complete.emergency();
    let { change } = await handle(world, id, { type: 'Submit', id, category: 'emergency', proposal }, DANA);
    for (let by = ballWith(change, holders())[0]; by; by = ballWith(change, holders())[0]) {
      await world.clock.advanceTo(world.clock.now() + 60_000);
      ({ change } = await handle(world, id, doesNext(by)(change, world.clock.now()), by));
    }
  }
  return rowsOf(db);
}

function rowsOf(db: Db): Promise<EventRow[]> {
  const { events } = db.t;
  return db.q.select().from(events).orderBy(asc(events.stream), asc(events.seq));
}

function streamsOf(rows: readonly EventRow[]): EventRow[][] {
  const names = [...new Set(rows.map(({ stream }) => stream))];
  return names.map((name) => rows.filter(({ stream }) => stream === name));
}

/** What somebody does to a stream who can write the database. The last three know how events are hashed. */
const HOW = ['edit', 'delete', 'swap', 'double', 'strange', 'cut', 'rewrite', 'insert'] as const;
interface Forgery {
  how: (typeof HOW)[number];
  a: number;
  b: number;
  part: 'type' | 'actor' | 'at' | 'data' | 'prev' | 'hash';
}
const forgery: fc.Arbitrary<Forgery> = fc.record({
  how: fc.constantFrom(...HOW),
  ...{ a: fc.nat(), b: fc.nat() },
  part: fc.constantFrom('type', 'actor', 'at', 'data', 'prev', 'hash'),
});

function forge(rows: readonly EventRow[], { how, a, b, part }: Forgery): EventRow[] {
  const at = a % rows.length;
  const [row, other] = [rows[at], rows[b % rows.length]];
  if (!row || !other) return [];
  switch (how) {
    case 'edit':
      return rows.toSpliced(at, 1, { ...row, [part]: part === 'at' ? row.at + 1 : `${row[part]} ` });
    case 'delete':
      return rows.toSpliced(at, 1 + (b % 3));
    case 'swap':
      return rows.map((one) => (one === row ? other : one === other ? row : one));
    case 'double':
      return rows.toSpliced(at, 0, row);
    case 'strange':
      return rows.toSpliced(at, 1, { ...row, stream: 'c999' });
    case 'cut':
      return rows.slice(0, at);
    case 'rewrite':
    case 'insert': {
      const forged = { ...row, actor: 'U0FORGER', data: JSON.parse(row.data) };
      const rest = rows
        .slice(how === 'rewrite' ? at + 1 : at)
        .map((one) => ({ ...one, data: JSON.parse(one.data) }));
      const tail = at === 0 ? NOTHING_YET : { seq: at, head: rows[at - 1]?.hash ?? '' };
      return [...rows.slice(0, at), ...link(row.stream, tail, [forged, ...rest]).rows];
    }
    default:
      return how satisfies never;
  }
}

/** Whole in itself, so that it shows only against a head that was kept: an end cut off, or written anew. */
const HOLDS_ALONE: ReadonlySet<Forgery['how']> = new Set(['cut', 'rewrite', 'insert', 'delete']);

onSqlite('a forged stream', (open) => {
  it('is found, however it was altered: ten thousand times', { timeout: 60_000 }, async () => {
    const rows = await fill(await open());
    expect(rows.length).toBeGreaterThan(250);
    const streams = streamsOf(rows);
    fc.assert(
      fc.property(fc.nat(), forgery, (n, how) => {
        const rows = streams[n % streams.length] ?? [];
        const kept = verify(rows);
        const forged = forge(rows, how);
        fc.pre(JSON.stringify(forged) !== JSON.stringify(rows));
        const found = verify(forged);
        expect(kept.ok).toBe(true);
        if (!HOLDS_ALONE.has(how.how)) expect(found.ok).toBe(false);
        // The kept head and count of its end.
        expect(found).not.toEqual(kept);
      }),
      FORGERIES,
    );
  });
});

onBoth('a forged record', (open) => {
  it('is found in the database itself, given the head that was kept', { timeout: 120_000 }, async () => {
    const db = await open();
    const { events } = db.t;
    const rows = await fill(db);
    const kept = await headOf(db, END);
    const streams = streamsOf(rows);
    const put = (stream: string, all: readonly EventRow[]) =>
      db.atomically((q) => [
        q.delete(events).where(eq(events.stream, stream)),
        ...(all.length > 0 ? [q.insert(events).values([...all])] : []),
      ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(), forgery, async (n, how) => {
        const real = streams[n % streams.length] ?? [];
        const stream = real[0]?.stream ?? '';
        // What a table can hold: of each number one, and all of it in its own stream.
        fc.pre(how.how !== 'double' && how.how !== 'swap' && how.how !== 'strange');
        const forged = forge(real, how);
        fc.pre(JSON.stringify(forged) !== JSON.stringify(real));
        await put(stream, forged);
        const { breaches } = await auditRecord(db);
        const head = await headOf(db, END);
        await put(stream, real);
        expect(breaches.length > 0 || head.digest !== kept.digest).toBe(true);
        // The row of a change says where its events end; so only its stream is named.
        expect(breaches.every((breach) => breach.stream === stream)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await auditRecord(db)).toMatchObject({ breaches: [] });
    expect(await headOf(db, END)).toEqual(kept);
  });
});
