import { expect, it } from 'vitest';
import { idsOfChanges, saveChange } from '../../src/db/changes.ts';
import { saveTemplate } from '../../src/db/templates.ts';
import { waitingForBoard } from '../../src/engine/board.ts';
import { tasksOf } from '../../src/engine/dashboard.ts';
import { startingPoints } from '../../src/engine/starting-points.ts';
import { waitingForPerson } from '../../src/engine/waiting.ts';
import { proposes, retires, tell, votes } from '../catalogue/templates.ts';
import { AMIRA, DANA, LUCIA, NADIA, PRIYA, TOMAS } from '../change/company.ts';
import { given } from '../change/given.ts';
import { beforeBoard, readyToStart } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

const LATER = 1_001;

onBoth('what waits', (open) => {
  it('is found however many others were touched since: nobody touches what is overdue', {
    timeout: 60_000,
  }, async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const { db } = world;
    const [voted, ready] = [given(...beforeBoard).change, given(...readyToStart).change];
    const row = (change: typeof voted, id: string, n: number) =>
      [{ ...change, id, number: `CR-2026-${n}` }, n] as const;
    const rows = [
      row(ready, 'task', 1),
      row(voted, 'vote', 2),
      ...Array.from({ length: LATER }, (_, n) => row(voted, `later-${n}`, 10 + n)),
    ];
    await db.atomically((q) => rows.map(([change, n]) => saveChange(q, db.t, change, 'head', n)));
    expect((await tasksOf(world, DANA)).map(({ change }) => change.id)).toEqual(['task']);
    const waiting = (await waitingForPerson(world, PRIYA)).changes.map(({ id }) => id);
    expect(waiting).toContain('vote');
    expect(waiting).toHaveLength(LATER + 1);
    expect((await waitingForBoard(world)).map(({ id }) => id)).toContain('vote');
    expect(await idsOfChanges(db, ['scheduled', 'in review'])).toHaveLength(LATER + 1 + 1);
  });

  it('may be begun from what was agreed long ago, however much was retired since', async () => {
    const world = makeTestWorld(await open());
    const steps = [proposes(DANA), votes(PRIYA), votes(LUCIA), votes(TOMAS), votes(AMIRA)];
    const [agreed, retired] = [tell(steps).template, tell([...steps, retires(NADIA)]).template];
    if (!agreed || !retired?.retired) return expect.fail('it is not retired');
    const rows = Array.from({ length: 501 }, (_, n) => ({ ...retired, id: `template/later-${n}` }));
    await world.db.atomically((q) =>
      [{ ...agreed, id: 'template/old' }, ...rows].map((each, n) =>
        saveTemplate(q, world.db.t, each, 'head', n),
      ),
    );
    expect((await startingPoints(world, 'standard')).map(({ id }) => id)).toContain('template/old');
  });
});
