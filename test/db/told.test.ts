import { expect, it } from 'vitest';
import { forgetTold, takeMessage } from '../../src/db/told.ts';
import { onBoth } from './both.ts';

onBoth('messages of a day', (open) => {
  it('are so many, each counted once, for everybody and every day anew', async () => {
    const db = await open();
    const take = (id: string, person = 'U1', day = '2026-11-25') =>
      takeMessage(db, { id, person, day, at: Date.parse(day) }, 2);
    expect(await take('a')).toBe(true);
    expect(await take('a')).toBe(true);
    expect(await take('b')).toBe(true);
    expect(await take('c')).toBe(false);
    expect(await take('b')).toBe(true);
    expect(await take('d', 'U2')).toBe(true);
    expect(await take('c', 'U1', '2026-11-26')).toBe(true);
    // Tried again after midnight, it has its place of the day before.
    expect(await take('a', 'U1', '2026-11-26')).toBe(true);
    expect(await take('f', 'U1', '2026-11-26')).toBe(true);
    expect(await take('g', 'U1', '2026-11-26')).toBe(false);
    await forgetTold(db, Date.parse('2026-11-26'));
    expect(await take('e')).toBe(true);
  });

  it('are never more, although replicas take them at the same instant', async () => {
    const db = await open();
    const replicas = [db, await open(db), await open(db)];
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        takeMessage(replicas[n % 3] ?? db, { id: `m${n % 15}`, person: 'U1', day: '2026-11-25', at: 0 }, 7),
      ),
    );
    // Each of the fifteen was tried by two.
    expect(taken.filter(Boolean)).toHaveLength(14);
    expect(await db.alone((q) => q.select().from(db.t.told))).toHaveLength(7);
  });
});
