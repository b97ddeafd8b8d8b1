import { expect, it } from 'vitest';
import { saveChange } from '../../src/db/changes.ts';
import { waitingForBoard } from '../../src/engine/board.ts';
import { tasksOf } from '../../src/engine/dashboard.ts';
import { waitingForPerson } from '../../src/engine/waiting.ts';
import { DANA, PRIYA } from '../change/company.ts';
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
  });
});
