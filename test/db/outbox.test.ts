import { ne } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import {
  claim,
  claimLeft,
  forgetDone,
  insertOutbox,
  type NewOutboxRow,
  nextDue,
  type OutboxRow,
} from '../../src/db/outbox.ts';
import { finish, giveUp, hold, letGo, retryLater } from '../../src/db/outbox-ends.ts';
import { onBoth } from './both.ts';

const row = (id: string, over: Partial<NewOutboxRow> = {}): NewOutboxRow => ({
  id,
  lane: id,
  position: 1,
  kind: 'tell',
  stream: 'c1',
  payload: { to: 'U1' },
  due: 100,
  ...over,
});
const own = (id: string) => ({ id, lane: id });
const queue = (db: Db, ...rows: NewOutboxRow[]) => db.atomically((q) => insertOutbox(q, db.t, rows));
const by = (owner: string, now: number, limit = 10) => ({ owner, now, leaseMs: 50, limit });
const ids = (rows: readonly OutboxRow[]) => rows.map(({ id }) => id);

onBoth('outbox', (open) => {
  it('gives out what is due, earliest first, and no more than was asked for', async () => {
    const db = await open();
    await queue(db, row('late', { due: 301 }), row('b', { due: 200 }), row('a'), row('c', { due: 300 }));
    expect(await nextDue(db)).toEqual({ due: 100, left: Infinity });
    const rows = await claim(db, by('me', 300, 2));
    expect(ids(rows)).toEqual(['a', 'b']);
    expect(rows[0]).toMatchObject({ payload: { to: 'U1' }, attempts: 1, resumed: false, state: 'sending' });
    expect(ids(await claim(db, by('me', 300)))).toEqual(['c']);
    expect(await claim(db, by('me', 300))).toEqual([]);
  });

  it('forgets what was done long ago, and nothing that is unfinished or was given up', async () => {
    const db = await open();
    await queue(db, row('done'), row('dead'), row('waiting'), row('fresh', { due: 200 }));
    await claim(db, by('me', 200));
    await Promise.all([
      finish(db, { id: 'done' }, 'me'),
      finish(db, { id: 'fresh' }, 'me'),
      giveUp(db, { id: 'dead' }, 'me', 'gone'),
    ]);
    await forgetDone(db, 200);
    const left = await db.q.select().from(db.t.outbox);
    expect(ids(left).sort()).toEqual(['dead', 'fresh', 'waiting']);
  });

  it('forgets as many as there are, a part at a time', async () => {
    const db = await open();
    const { outbox } = db.t;
    const many = Array.from({ length: 2_100 }, (_, n) => row(`row ${n}`));
    for (let n = 0; n < many.length; n += 300) await queue(db, ...many.slice(n, n + 300));
    await db.atomically((q) => [q.update(outbox).set({ state: 'done' }).where(ne(outbox.id, 'row 7'))]);
    await forgetDone(db, 200);
    expect(ids(await db.q.select().from(outbox))).toEqual(['row 7']);
  });

  it('leaves a row alone whose id is already there', async () => {
    const db = await open();
    await queue(db, row('a'));
    await claim(db, by('me', 100));
    await queue(db, row('a', { due: 1 }), row('b'));
    await queue(db);
    expect(ids(await claim(db, by('me', 100)))).toEqual(['b']);
  });

  it('keeps the order inside a lane, also behind a row that waits', async () => {
    const db = await open();
    const lane = (id: string, position: number) => row(id, { lane: 'L', position });
    await queue(db, lane('third', 3), lane('first', 1), lane('second', 2), row('other'));
    expect(ids(await claim(db, by('me', 100))).sort()).toEqual(['first', 'other']);
    expect(await claim(db, by('me', 100))).toEqual([]);
    expect(await retryLater(db, { id: 'first', lane: 'L' }, 'me', 120, 'rate limited')).toBe(true);
    expect(await claim(db, by('me', 110))).toEqual([]);
    expect(ids(await claim(db, by('me', 120)))).toEqual(['first']);
    expect(await finish(db, { id: 'first' }, 'me')).toBe(true);
    expect(ids(await claim(db, by('me', 120)))).toEqual(['second']);
    expect(await giveUp(db, { id: 'second' }, 'me', 'channel_not_found')).toBe(true);
    expect(ids(await claim(db, by('me', 120)))).toEqual(['third']);
  });

  it('hands a row whose lease ran out to the next, marked, and the old owner has no say any more', async () => {
    const db = await open();
    await queue(db, row('a'));
    await claim(db, by('old', 100));
    expect(await claimLeft(db, by('new', 149))).toEqual([]);
    const [again] = await claimLeft(db, by('new', 150));
    expect(again).toMatchObject({ id: 'a', resumed: true, attempts: 2, leaseOwner: 'new' });
    expect(await finish(db, { id: 'a' }, 'old')).toBe(false);
    expect(await retryLater(db, own('a'), 'old', 160, 'late')).toBe(false);
    expect(await giveUp(db, { id: 'a' }, 'old', 'late')).toBe(false);
    // Still in doubt: the new owner could not find out either.
    expect(await retryLater(db, own('a'), 'new', 160, 'Slack is down')).toBe(true);
    expect(await claim(db, by('new', 160))).toMatchObject([{ resumed: true, lastError: 'Slack is down' }]);
    expect(await finish(db, { id: 'a' }, 'new')).toBe(true);
    expect(await claim(db, by('new', 10_000))).toEqual([]);
  });

  it('marks a row whose attempt ended without an answer', async () => {
    const db = await open();
    await queue(db, row('a'), row('b'));
    await claim(db, by('me', 100));
    await retryLater(db, own('a'), 'me', 110, 'timed out', true);
    await retryLater(db, own('b'), 'me', 111, 'rate limited');
    expect(await claim(db, by('me', 111))).toMatchObject([
      { id: 'a', resumed: true },
      { id: 'b', resumed: false },
    ]);
  });

  it('says when there is something to do again', async () => {
    const db = await open();
    expect(await nextDue(db)).toEqual({ due: Infinity, left: Infinity });
    await queue(db, row('a', { lane: 'L', due: 500 }), row('b', { lane: 'L', position: 2 }));
    expect(await nextDue(db)).toEqual({ due: 500, left: Infinity });
    await claim(db, by('me', 500));
    expect(await nextDue(db)).toEqual({ due: Infinity, left: 550 });
    await finish(db, { id: 'a' }, 'me');
    expect(await nextDue(db)).toEqual({ due: 100, left: Infinity });
    await claim(db, by('me', 500));
    await giveUp(db, { id: 'b' }, 'me', 'user_not_found');
    expect(await nextDue(db)).toEqual({ due: Infinity, left: Infinity });
  });

  it('has a lane wait with its first, for one reason, until that is gone', async () => {
    const db = await open();
    const lane = (id: string, position: number) => row(id, { lane: 'L', position });
    await queue(db, lane('first', 1), lane('second', 2), row('other'));
    await claim(db, by('me', 100, 1));
    expect(await hold(db, { id: 'first', lane: 'L' }, 'me', 900, 'away')).toBe(true);
    expect(await hold(db, { id: 'first', lane: 'L' }, 'me', 901, 'nobody holds it')).toBe(false);
    expect(ids(await claim(db, by('me', 899)))).toEqual(['other']);
    expect(await nextDue(db)).toEqual({ due: 900, left: 949 });
    await letGo(db, 'another reason', 300);
    expect(await nextDue(db)).toEqual({ due: 900, left: 949 });
    await letGo(db, 'away', 300);
    const rows = await claim(db, by('me', 300));
    expect(rows).toMatchObject([{ id: 'first', attempts: 1, due: 300 }]);
    await finish(db, { id: 'first' }, 'me');
    expect(ids(await claim(db, by('me', 300)))).toEqual(['second']);
  });

  it('lets nothing of a lane go while something of it is under way, not even what stands before it', async () => {
    const db = await open();
    const lane = 'c1/redraw';
    await queue(db, row('redraw', { lane, position: 5000 }));
    expect(ids(await claim(db, by('dies', 100)))).toEqual(['redraw']);
    await queue(db, row('again b', { lane, position: 0 }), row('again a', { lane, position: 0 }));
    expect(await claim(db, by('other', 100))).toEqual([]);
    expect(await nextDue(db)).toEqual({ due: Infinity, left: 150 });
    // Nor is what was left under way held up by what waits before it.
    expect(ids(await claimLeft(db, by('other', 150)))).toEqual(['redraw']);
    await finish(db, { id: 'redraw' }, 'other');
    expect(ids(await claim(db, by('other', 150)))).toEqual(['again a']);
    await finish(db, { id: 'again a' }, 'other');
    expect(ids(await claim(db, by('other', 150)))).toEqual(['again b']);
  });

  it('takes nothing that was found, where something of its lane has gone meanwhile', async () => {
    const db = await open();
    await queue(db, row('redraw', { lane: 'L', position: 5000 }));
    let others = async () => {
      others = async () => {};
      await queue(db, row('again', { lane: 'L', position: 0 }));
      expect(ids(await claim(db, by('other', 100)))).toEqual(['again']);
    };
    const slow: Db = {
      ...db,
      async alone(statement) {
        const found = await db.alone(statement);
        await others();
        return found;
      },
    };
    expect(await claim(slow, by('me', 100))).toEqual([]);
    await finish(db, { id: 'again' }, 'other');
    expect(ids(await claim(slow, by('me', 100)))).toEqual(['redraw']);
  });

  it('never gives a row to two, whatever the lanes, and none out of order', async () => {
    const lanes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 40, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(lanes, fc.integer({ min: 1, max: 9 }), async (laneOf, limit) => {
        const db = await open();
        await queue(db, ...laneOf.map((lane, i) => row(`r${i}`, { lane: `L${lane}`, position: i })));
        const done: OutboxRow[] = [];
        const work = async (owner: string, on: Db) => {
          while (done.length < laneOf.length) {
            const rows = await claim(on, { owner, now: 100, leaseMs: 60_000, limit });
            done.push(...rows);
            for (const { id } of rows) expect(await finish(on, { id }, owner)).toBe(true);
            // Lets the other workers of this process have their turn on SQLite, which never waits.
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        const other = await open(db);
        await Promise.all([work('A', db), work('B', other), work('C', db), work('D', other)]);
        await Promise.all([db.close(), other.close()]);
        expect(new Set(ids(done)).size).toBe(laneOf.length);
        expect(done).toHaveLength(laneOf.length);
        expect(done.every(({ attempts, resumed }) => attempts === 1 && !resumed)).toBe(true);
        for (const lane of new Set(done.map((one) => one.lane))) {
          const positions = done.filter((one) => one.lane === lane).map((one) => one.position);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
