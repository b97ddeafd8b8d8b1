import { expect, it } from 'vitest';
import { listChanges, saveChange } from '../../src/db/changes.ts';
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
});
