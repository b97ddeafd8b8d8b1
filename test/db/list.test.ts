import { expect, it } from 'vitest';
import { everyChange, listChanges, saveChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { given } from '../change/given.ts';
import { filesStandard } from '../change/steps.ts';
import { onBoth } from './both.ts';

const { change } = given(filesStandard);

/** Saves as many changes as there are instants, each last touched at its own. */
async function touchedAt(db: Db, instants: number[]): Promise<void> {
  await db.atomically((q) =>
    instants.map((updatedAt, n) => {
      const id = `c-${String(n).padStart(3, '0')}`;
      return saveChange(q, db.t, { ...change, id, number: `CR-2026-${n + 1}` }, 'head', updatedAt);
    }),
  );
}

onBoth('lists', (open) => {
  it('go on where the page before ended, also among changes of the same millisecond', async () => {
    const db = await open();
    await touchedAt(db, [5, 7, 7, 7, 7, 7, 9]);
    const first = await listChanges(db, { limit: 3 });
    const last = first.at(-1);
    const rest = await listChanges(db, { limit: 10, ...(last && { after: last }) });
    const ids = [...first, ...rest].map(({ change: { id } }) => id);
    expect(ids).toEqual(['c-006', 'c-005', 'c-004', 'c-003', 'c-002', 'c-001', 'c-000']);
  });

  it('have everything there was once, in its order, although some of it is touched while it is read', async () => {
    const db = await open();
    const instants = Array.from({ length: 450 }, (_, n) => 1000 + n);
    await touchedAt(db, instants);
    const { alone } = db;
    let reads = 0;
    // Between two of its reads somebody touches the change that stands last.
    const touching: Db = {
      ...db,
      async alone(statement) {
        const rows = await alone(statement);
        const touched = { ...change, id: 'c-000', number: 'CR-2026-1' };
        if (reads++ === 0) await db.atomically((q) => [saveChange(q, db.t, touched, 'head', 9999, touched)]);
        return rows;
      },
    };
    const ids = (await everyChange(touching, [change.status])).map(({ id }) => id);
    expect(ids).toEqual(instants.map((_, n) => `c-${String(n).padStart(3, '0')}`).reverse());
  });
});
