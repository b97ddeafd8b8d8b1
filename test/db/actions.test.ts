import { expect, it } from 'vitest';
import { fold } from '../../src/change/evolve.ts';
import { actionRow, actionsFor, countActions, openActions, saveActions } from '../../src/db/actions.ts';
import { saveChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { DANA, JONAS, SAM, WEI } from '../change/company.ts';
import { type Given, given, goesOn, ID } from '../change/given.ts';
import { DAY, UNTIL_OPEN } from '../change/proposals.ts';
import { addsAction, completesAction, finishes, readyToStart, starts } from '../change/steps.ts';
import { onBoth } from './both.ts';

const done = goesOn(
  given(...readyToStart).later(UNTIL_OPEN),
  ...[starts(DANA), finishes(DANA, 'failed', 'No.')],
  ...[addsAction(JONAS, SAM, 7 * DAY, 'later'), addsAction(JONAS, SAM, DAY, 'sooner')],
  ...[addsAction(JONAS, WEI, 2 * DAY, 'other')],
);

const save = (db: Db, { change, history }: Given, from = 0) =>
  db.atomically((q) => [
    saveChange(q, db.t, change, '', 1),
    ...saveActions(q, db.t, change, history.slice(from)),
  ]);
const ids = async (db: Db, owner?: string) =>
  (await openActions(db, { limit: 10, ...(owner && { owner }) })).map(({ item }) => item.id);

onBoth('open action items', (open) => {
  it('are listed the first due first, of one owner or of all, until they are done', async () => {
    const db = await open();
    await save(db, done);
    expect(await ids(db)).toEqual(['sooner', 'other', 'later']);
    expect(await ids(db, SAM)).toEqual(['sooner', 'later']);
    expect(await ids(db, DANA)).toEqual([]);
    expect(await openActions(db, { limit: 1 })).toMatchObject([
      { changeId: ID, number: done.change.number, requester: DANA, item: { owner: SAM } },
    ]);
    await save(db, goesOn(done, completesAction(SAM, 'sooner')), done.history.length);
    expect(await ids(db)).toEqual(['other', 'later']);
  });

  it('are counted, all of them and of one owner, with those that are late', async () => {
    const db = await open();
    expect(await countActions(db, 0)).toEqual({ open: 0, overdue: 0 });
    await save(db, done);
    const [first] = await openActions(db, { limit: 1 });
    const due = first?.item.due ?? 0;
    expect(await countActions(db, due)).toEqual({ open: 3, overdue: 0 });
    expect(await countActions(db, due + 1)).toEqual({ open: 3, overdue: 1 });
    expect(await countActions(db, due + 1, SAM)).toEqual({ open: 2, overdue: 1 });
    expect(await countActions(db, due + 1, DANA)).toEqual({ open: 0, overdue: 0 });
    await save(db, goesOn(done, completesAction(SAM, 'sooner')), done.history.length);
    expect(await countActions(db, due + 1)).toEqual({ open: 2, overdue: 0 });
  });

  it('are shown to their owner first, however many of others are due before', async () => {
    const db = await open();
    await save(db, done);
    const item = { id: 'x', words: 'Many.', owner: WEI, due: 1, by: DANA, at: 0 };
    await db.atomically((q) =>
      Array.from({ length: 300 }, (_, n) =>
        q.insert(db.t.actions).values(actionRow(ID, { ...item, id: `x-${n}` })),
      ),
    );
    const shown = await actionsFor(db, SAM, 20);
    expect(shown).toMatchObject({ mine: 2, all: 303 });
    expect(shown.open.map(({ item }) => item.id).slice(0, 2)).toEqual(['sooner', 'later']);
    expect(shown.open).toHaveLength(20);
    expect(shown.open.slice(2).every(({ item }) => item.owner === WEI)).toBe(true);
    expect((await actionsFor(db, WEI, 20)).open.every(({ item }) => item.owner === WEI)).toBe(true);
  });

  it('can be had again from the record', async () => {
    const db = await open();
    await save(db, done);
    await db.atomically((q) => [q.delete(db.t.actions)]);
    expect(await ids(db)).toEqual([]);
    const again = fold(ID, done.history);
    if (!again) throw new Error('nothing was submitted');
    await db.atomically((q) => saveActions(q, db.t, again, done.history));
    expect(await ids(db)).toEqual(['sooner', 'other', 'later']);
  });
});
