import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventRow, eventsOf, link, type NewEvent, NOTHING_YET, verify } from '../../src/db/ledger.ts';
import { onBoth } from './both.ts';

const event: fc.Arbitrary<NewEvent> = fc.record({
  type: fc.string(),
  actor: fc.string(),
  at: fc.integer({ min: 0 }),
  data: fc.jsonValue(),
});
const stream = fc
  .array(event, { minLength: 2, maxLength: 12 })
  .map((events) => link('c1', NOTHING_YET, events));

describe('ledger', () => {
  it('continues where the stream ended', () => {
    const made: NewEvent[] = ['a', 'b', 'c'].map((type) => ({ type, actor: 'U1', at: 1, data: { type } }));
    const first = link('c1', NOTHING_YET, made.slice(0, 1));
    const rest = link('c1', first.tail, made.slice(1));
    const whole = link('c1', NOTHING_YET, made);
    expect([...first.rows, ...rest.rows]).toEqual(whole.rows);
    expect(rest.tail).toEqual(whole.tail);
    expect(verify(whole.rows)).toEqual({ ok: true, head: whole.tail.head, count: 3 });
    expect(verify([])).toEqual({ ok: true, head: '', count: 0 });
    expect(link('c1', first.tail, [])).toEqual({ rows: [], tail: first.tail });
  });

  it('holds for every stream, and names the first event that was edited', () => {
    const part = fc.constantFrom<keyof EventRow>(
      'type',
      'actor',
      'at',
      'data',
      'prev',
      'hash',
      'stream',
      'seq',
    );
    fc.assert(
      fc.property(stream, fc.nat(), part, ({ rows, tail }, n, name) => {
        expect(verify(rows)).toEqual({ ok: true, head: tail.head, count: rows.length });
        const at = n % rows.length;
        const edited = rows.map((row, i) =>
          i === at
            ? { ...row, [name]: typeof row[name] === 'number' ? row[name] + 1 : `${row[name]}x` }
            : row,
        );
        const found = verify(edited);
        expect(found.ok).toBe(false);
        // A first event moved to another stream whole makes all the others the strangers.
        if (!found.ok && name !== 'stream') expect(found.seq).toBe(at + 1);
      }),
    );
  });

  it('finds an event taken out, doubled, or put elsewhere', () => {
    fc.assert(
      fc.property(stream, fc.nat(), fc.nat(), ({ rows }, a, b) => {
        const from = a % (rows.length - 1);
        expect(verify(rows.toSpliced(from, 1)).ok).toBe(false);
        const to = b % rows.length;
        const moved = rows.toSpliced(from, 1).toSpliced(to, 0, ...rows.slice(from, from + 1));
        expect(verify(moved).ok).toBe(from === to);
        expect(verify(rows.toSpliced(from, 0, ...rows.slice(from, from + 1))).ok).toBe(false);
      }),
    );
  });

  it('hashes no two events alike that differ only in where a part ends', () => {
    const one = link('c1', NOTHING_YET, [{ type: 'ab', actor: 'c', at: 1, data: null }]);
    const other = link('c1', NOTHING_YET, [{ type: 'a', actor: 'bc', at: 1, data: null }]);
    expect(one.tail.head).not.toBe(other.tail.head);
  });
});

onBoth('ledger', (open) => {
  it('comes back letter for letter', async () => {
    const db = await open();
    const { rows, tail } = link(
      'c1',
      NOTHING_YET,
      Array.from({ length: 12 }, (_, i) => ({
        type: 'Edited',
        actor: 'U1',
        at: 1_795_000_000_000 + i,
        data: { z: i, a: 'ß\u0000\ud800"' },
      })),
    );
    const apart = link('c2', NOTHING_YET, [{ type: 'Begun', actor: 'U2', at: 5, data: undefined }]);
    await db.atomically((q) => [
      q.insert(db.t.events).values([...rows].reverse()),
      q.insert(db.t.events).values(apart.rows),
    ]);
    const read = await eventsOf(db, 'c1');
    expect(read).toEqual(rows);
    expect(verify(read)).toEqual({ ok: true, head: tail.head, count: 12 });
    expect(await eventsOf(db, 'c2')).toEqual(apart.rows);
    expect(await eventsOf(db, 'c3')).toEqual([]);
  });
});
