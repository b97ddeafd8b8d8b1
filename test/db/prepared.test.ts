import { expect, it } from 'vitest';
import { Conflict } from '../../src/db/errors.ts';
import { insertRow } from '../../src/db/prepared.ts';
import { given } from '../change/given.ts';
import { filesNormal } from '../change/steps.ts';
import { onBoth } from './both.ts';

const { change: state } = given(filesNormal);
const change = {
  id: 'c1',
  status: state.status,
  category: state.category,
  requester: 'U1',
  title: 'A title',
  updatedAt: 1_795_000_000_000,
  seq: 1,
  head: 'h1',
  state,
};

onBoth('insertRow', (open) => {
  it('replaces the whole row, leaves it, or clashes', async () => {
    const db = await open();
    const rows = () => db.q.select().from(db.t.changes);
    const put = (row: typeof db.t.changes.$inferInsert, whenTaken: 'fail' | 'leave' | 'replace') =>
      db.atomically((q) => [insertRow(q, db.t.changes, row, whenTaken)]);
    await put({ ...change, risk: 'low' }, 'fail');
    const absent = Object.fromEntries(Object.keys((await rows())[0] ?? {}).map((name) => [name, null]));
    expect(await rows()).toEqual([{ ...absent, ...change, risk: 'low' }]);
    await put({ ...change, title: 'Another' }, 'leave');
    expect(await rows()).toMatchObject([{ title: 'A title' }]);
    await put({ ...change, title: 'Another', seq: 2 }, 'replace');
    expect(await rows()).toEqual([{ ...absent, ...change, title: 'Another', seq: 2 }]);
    await expect(put(change, 'fail')).rejects.toBeInstanceOf(Conflict);
  });

  it('clashes on a number that another row has, whatever was asked for the key', async () => {
    const db = await open();
    const put = (id: string) =>
      db.atomically((q) => [insertRow(q, db.t.changes, { ...change, id, year: 2026, n: 1 }, 'replace')]);
    await put('c1');
    await expect(put('c2')).rejects.toBeInstanceOf(Conflict);
  });

  it('writes flags', async () => {
    const db = await open();
    const person = { id: 'U1', name: 'ada', realName: 'Ada', zone: 'UTC', isAdmin: true, isBot: false };
    const row = { ...person, isGuest: false, deactivated: true, dm: null, updated: null };
    await db.atomically((q) => [insertRow(q, db.t.people, row, 'fail')]);
    expect(await db.q.select().from(db.t.people)).toEqual([row]);
  });
});
