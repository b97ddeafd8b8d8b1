import { asc } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { Busy, Conflict } from '../../src/db/errors.ts';
import { onBoth } from './both.ts';

const keysIn = async (db: Db) => {
  const rows = await db.q.select().from(db.t.settings).orderBy(asc(db.t.settings.key));
  return rows.map((row) => row.key);
};

const save = (db: Db, ...keys: string[]) =>
  db.atomically((q) => keys.map((key) => q.insert(db.t.settings).values({ key, value: { is: key } })));

onBoth('atomically', (open) => {
  it('keeps what every column is given', async () => {
    const db = await open();
    const value = { z: 1, a: ['ä', null, '\u0000', '👍'], at: 1_795_000_000_123 };
    const person = { id: 'U1', name: 'ada', realName: 'Ada', zone: 'UTC', isAdmin: true, isBot: false };
    await db.atomically((q) => [
      q.insert(db.t.settings).values({ key: 'k', value }),
      q.insert(db.t.people).values({ ...person, isGuest: false, deactivated: true }),
    ]);
    const [setting] = await db.q.select().from(db.t.settings);
    expect(JSON.stringify(setting?.value)).toBe(JSON.stringify(value));
    expect(await db.q.select().from(db.t.people)).toEqual([
      { ...person, isGuest: false, deactivated: true, dm: null, updated: null },
    ]);
  });

  it('leaves nothing of a list that fails', async () => {
    const db = await open();
    await save(db, 'b');
    await expect(save(db, 'a', 'b', 'c')).rejects.toBeInstanceOf(Conflict);
    expect(await keysIn(db)).toEqual(['b']);
  });

  it('undoes only the list that clashes when many are queued at once', async () => {
    const db = await open();
    const lists = Array.from({ length: 40 }, (_, i) => [`${i}-x`, i === 21 ? '20-y' : `${i}-y`]);
    const results = await Promise.allSettled(lists.map((keys) => save(db, ...keys)));
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toBeInstanceOf(Conflict);
    expect(await keysIn(await open(db))).toHaveLength(78);
  });

  it('lets one of two win who write the same key, and the other decide again', async () => {
    const db = await open();
    const other = await open(db);
    const results = await Promise.allSettled([save(db, 'k'), save(other, 'k')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('throws a bug as what it is', async () => {
    const db = await open();
    const wrong = db.atomically((q) => [
      // @ts-expect-error a value that may not be missing
      q.insert(db.t.roleHolders).values({ role: 'cab_chair' }),
    ]);
    const reason = await wrong.catch((error: unknown) => error);
    expect(reason).not.toBeInstanceOf(Conflict);
    expect(reason).not.toBeInstanceOf(Busy);
    const broken = db.atomically(() => {
      throw new TypeError('no list');
    });
    await expect(broken).rejects.toThrow(TypeError);
  });

  it('saves what is queued before it closes, and takes nothing after', async () => {
    const db = await open();
    const queued = Array.from({ length: 30 }, (_, i) => save(db, `${i}`));
    await db.close();
    await Promise.all(queued);
    await expect(save(db, 'late')).rejects.toBeInstanceOf(Busy);
    await expect(db.ping()).rejects.toBeInstanceOf(Busy);
  });

  it('answers a ping', async () => {
    await (await open()).ping();
  });
});
