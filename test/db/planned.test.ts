import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Change } from '../../src/change/types.ts';
import { saveChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { declaredFreezes, loadFreeze, saveFreeze } from '../../src/db/freezes.ts';
import { plannedIn, runningWithoutWindow } from '../../src/db/planned.ts';
import type { DeclaredFreeze } from '../../src/freeze/types.ts';
import { DANA, JONAS, NADIA, PRIYA } from '../change/company.ts';
import { given } from '../change/given.ts';
import { standard } from '../change/proposals.ts';
import { approves, files } from '../change/steps.ts';
import { onBoth } from './both.ts';

const approved = given(files('standard', standard({ implementer: PRIYA })), approves(JONAS)).change;

/** Changes in a state with a window; only what lists read of them matters here. */
function changes(...list: [id: string, status: Change['status'], startsAt: number, endsAt: number][]) {
  return list.map(([id, status, startsAt, endsAt], i) => {
    const proposal = { ...approved.proposal, startsAt, endsAt };
    const number = `CR-2026-${i + 1}`;
    // A change of this status has more besides, which its row does not show.
    return { ...approved, id, number, status, proposal } as Change;
  });
}

async function store(db: Db, list: Change[]): Promise<void> {
  await db.atomically((q) => list.map((change) => saveChange(q, db.t, change, 'head', 1)));
}

const ids = (list: { id: string }[]) => list.map(({ id }) => id);

onBoth('planned windows', (open) => {
  it('are those that overlap a time, in the order of their starts, and not those that touch it', async () => {
    const db = await open();
    await store(
      db,
      changes(
        ['later', 'scheduled', 150, 300],
        ['before', 'scheduled', 50, 100],
        ['around', 'scheduled', 0, 500],
        ['within', 'implementing', 120, 130],
        ['after', 'scheduled', 200, 250],
      ),
    );
    expect(ids(await plannedIn(db, { start: 100, end: 200 }))).toEqual(['around', 'within', 'later']);
  });

  it('are those of changes that hold their window, or of whatever states a calendar asks for', async () => {
    const db = await open();
    const over = { ...approved, id: 'none', number: 'CR-2026-9', proposal: { title: 'No window' } };
    await store(db, [
      ...changes(['a', 'approved', 0, 10], ['s', 'scheduled', 0, 10], ['c', 'closed', 0, 10]),
      over,
    ]);
    expect(ids(await plannedIn(db, { start: 0, end: 9 }))).toEqual(['s']);
    expect(ids(await plannedIn(db, { start: 0, end: 9 }, ['approved', 'closed']))).toEqual(['a', 'c']);
  });

  it('are none of what is carried out without a window: that is found by itself', async () => {
    const db = await open();
    const { startsAt: _, endsAt: __, ...proposal } = approved.proposal;
    const without = (id: string, n: number, more: object) =>
      // As above.
      ({ ...approved, id, number: `CR-2026-${n}`, proposal, ...more }) as Change;
    await store(db, [
      ...changes(['w', 'implementing', 0, 10]),
      without('r', 21, { status: 'implementing', startedAt: 5, endBy: 9 }),
      without('s', 22, { status: 'implementing', startedAt: 6 }),
      without('waiting', 23, { status: 'approved' }),
      without('over', 24, { status: 'implemented', startedAt: 5 }),
    ]);
    expect(ids(await plannedIn(db, { start: 0, end: 9 }, ['implementing']))).toEqual(['w']);
    const found = await runningWithoutWindow(db);
    expect(found).toMatchObject([
      { id: 'r', startsAt: 5, endsAt: 9, systems: ['load_balancer'], implementer: PRIYA },
      { id: 's', startsAt: 6, endsAt: 6 },
    ]);
    expect(found[0]).not.toHaveProperty('state');
  });

  it('say what they touch and who carries them out', async () => {
    const db = await open();
    await store(db, changes(['s', 'scheduled', 0, 10]));
    const expected = {
      ...{ id: 's', number: 'CR-2026-1', title: approved.proposal.title, status: 'scheduled' },
      ...{ category: 'standard', risk: 'low', requester: DANA, implementer: PRIYA },
      ...{ startsAt: 0, endsAt: 10, systems: ['load_balancer'], environments: [] },
    };
    expect(await plannedIn(db, { start: 0, end: 9 })).toEqual([expected]);
    await db.atomically((q) => [q.update(db.t.changes).set({ touches: null }), upgrade(db)]);
    expect(await plannedIn(db, { start: 0, end: 9 }), 'after the upgrade of an older store').toEqual([
      expected,
    ]);
  });
});

/** What the migration fills in for changes that were there before. */
function upgrade({ dialect }: Db) {
  const folder = dialect === 'sqlite' ? 'sqlite' : 'pg';
  const file = readFileSync(new URL(`../../drizzle/${folder}/0001_windows.sql`, import.meta.url), 'utf8');
  const sql = file.split('--> statement-breakpoint').at(-1) ?? '';
  return { toSQL: () => ({ sql, params: [] }) };
}

onBoth('declared freezes', (open) => {
  const freeze = (id: string, startsAt: number, endsAt: number): DeclaredFreeze => ({
    ...{ id: `freeze/${id}`, seq: 1, kind: 'hard', startsAt, endsAt, reason: 'Sale' },
    ...{ scope: { systems: [], environments: [], categories: [] }, declaredBy: NADIA, declaredAt: 0 },
  });

  it('are those that touch a time, in the order of their starts', async () => {
    const db = await open();
    const list = [
      freeze('b', 150, 900),
      freeze('a', 0, 150),
      freeze('before', 0, 100),
      freeze('after', 200, 300),
    ];
    await db.atomically((q) => list.map((each) => saveFreeze(q, db.t, each, 'head', 1)));
    expect(ids(await declaredFreezes(db, { start: 100, end: 200 }))).toEqual(['freeze/a', 'freeze/b']);
    expect(await loadFreeze(db, 'freeze/b')).toEqual({ state: list[0], head: 'head' });
    expect(await loadFreeze(db, 'freeze/none')).toBeUndefined();
  });
});
