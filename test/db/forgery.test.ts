import { asc, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TemplateIntent } from '../../src/catalogue/types.ts';
import { ballWith } from '../../src/change/ball.ts';
import { auditRecord, headOf } from '../../src/db/audit.ts';
import { loadChange, saveChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { loadFreeze } from '../../src/db/freezes.ts';
import { saveGroup } from '../../src/db/groups.ts';
import { type EventRow, eventsOf, link, NOTHING_YET, verify } from '../../src/db/ledger.ts';
import { loadMeeting } from '../../src/db/meetings.ts';
import { loadEdition } from '../../src/db/posts.ts';
import { loadTemplate } from '../../src/db/templates.ts';
import { handleMeeting, nextPlan } from '../../src/engine/board.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { handleFreeze } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { handleEdition } from '../../src/engine/posts.ts';
import { handleWorkspace, seeGroups, setUp } from '../../src/engine/setup.ts';
import type { Declaration } from '../../src/freeze/types.ts';
import type { EditionIntent } from '../../src/posts/types.ts';
import { closedChange } from '../catalogue/templates.ts';
import { DANA, holders, JONAS, LUCIA, NADIA } from '../change/company.ts';
import { complete, DAY, MONDAY_10 } from '../change/proposals.ts';
import { doesNext } from '../change/steps.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';
import { onBoth, onSqlite } from './both.ts';

const FORGERIES = { numRuns: 10_000 };
const CHANGES = 24;
const END = Number.MAX_SAFE_INTEGER;

/** Real emergencies, each carried through until it is closed: a few hundred events. */
async function fill(db: Db): Promise<EventRow[]> {
  const world = makeTestWorld(db);
  await settle(world);
  for (let n = 0; n < CHANGES; n++) {
    const id = `c${n}`;
    const proposal = complete.emergency();
    let { change } = await handle(world, id, { type: 'Submit', id, category: 'emergency', proposal }, DANA);
    for (let by = ballWith(change, holders())[0]; by; by = ballWith(change, holders())[0]) {
      await world.clock.advanceTo(world.clock.now() + 60_000);
      ({ change } = await handle(world, id, doesNext(by)(change, world.clock.now()), by));
    }
  }
  return rowsOf(db);
}

function rowsOf(db: Db): Promise<EventRow[]> {
  const { events } = db.t;
  return db.q.select().from(events).orderBy(asc(events.stream), asc(events.seq));
}

function streamsOf(rows: readonly EventRow[]): EventRow[][] {
  const names = [...new Set(rows.map(({ stream }) => stream))];
  return names.map((name) => rows.filter(({ stream }) => stream === name));
}

/** What somebody does to a stream who can write the database. The last three know how events are hashed. */
const HOW = ['edit', 'delete', 'swap', 'double', 'strange', 'cut', 'rewrite', 'insert'] as const;
interface Forgery {
  how: (typeof HOW)[number];
  a: number;
  b: number;
  part: 'type' | 'actor' | 'at' | 'data' | 'prev' | 'hash';
}
const forgery: fc.Arbitrary<Forgery> = fc.record({
  how: fc.constantFrom(...HOW),
  ...{ a: fc.nat(), b: fc.nat() },
  part: fc.constantFrom('type', 'actor', 'at', 'data', 'prev', 'hash'),
});

function forge(rows: readonly EventRow[], { how, a, b, part }: Forgery): EventRow[] {
  const at = a % rows.length;
  const [row, other] = [rows[at], rows[b % rows.length]];
  if (!row || !other) return [];
  switch (how) {
    case 'edit':
      return rows.toSpliced(at, 1, { ...row, [part]: part === 'at' ? row.at + 1 : `${row[part]} ` });
    case 'delete':
      return rows.toSpliced(at, 1 + (b % 3));
    case 'swap':
      return rows.map((one) => (one === row ? other : one === other ? row : one));
    case 'double':
      return rows.toSpliced(at, 0, row);
    case 'strange':
      return rows.toSpliced(at, 1, { ...row, stream: 'c999' });
    case 'cut':
      return rows.slice(0, at);
    case 'rewrite':
    case 'insert': {
      const forged = { ...row, actor: 'U0FORGER', data: JSON.parse(row.data) };
      const rest = rows
        .slice(how === 'rewrite' ? at + 1 : at)
        .map((one) => ({ ...one, data: JSON.parse(one.data) }));
      const tail = at === 0 ? NOTHING_YET : { seq: at, head: rows[at - 1]?.hash ?? '' };
      return [...rows.slice(0, at), ...link(row.stream, tail, [forged, ...rest]).rows];
    }
    default:
      return how satisfies never;
  }
}

/** Whole in itself, so that it shows only against a head that was kept: an end cut off, or written anew. */
const HOLDS_ALONE: ReadonlySet<Forgery['how']> = new Set(['cut', 'rewrite', 'insert', 'delete']);

onSqlite('a forged stream', (open) => {
  it('is found, however it was altered: ten thousand times', { timeout: 60_000 }, async () => {
    const rows = await fill(await open());
    expect(rows.length).toBeGreaterThan(250);
    const streams = streamsOf(rows);
    fc.assert(
      fc.property(fc.nat(), forgery, (n, how) => {
        const rows = streams[n % streams.length] ?? [];
        const kept = verify(rows);
        const forged = forge(rows, how);
        fc.pre(JSON.stringify(forged) !== JSON.stringify(rows));
        const found = verify(forged);
        expect(kept.ok).toBe(true);
        if (!HOLDS_ALONE.has(how.how)) expect(found.ok).toBe(false);
        // The kept head and count of its end.
        expect(found).not.toEqual(kept);
      }),
      FORGERIES,
    );
  });
});

onBoth('a forged record', (open) => {
  it('is found in the database itself, given the head that was kept', { timeout: 120_000 }, async () => {
    const db = await open();
    const { events } = db.t;
    const rows = await fill(db);
    const kept = await headOf(db, END);
    const streams = streamsOf(rows);
    const put = (stream: string, all: readonly EventRow[]) =>
      db.atomically((q) => [
        q.delete(events).where(eq(events.stream, stream)),
        ...(all.length > 0 ? [q.insert(events).values([...all])] : []),
      ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(), forgery, async (n, how) => {
        const real = streams[n % streams.length] ?? [];
        const stream = real[0]?.stream ?? '';
        // What a table can hold: of each number one, and all of it in its own stream.
        fc.pre(how.how !== 'double' && how.how !== 'swap' && how.how !== 'strange');
        const forged = forge(real, how);
        fc.pre(JSON.stringify(forged) !== JSON.stringify(real));
        await put(stream, forged);
        const { breaches } = await auditRecord(db);
        const head = await headOf(db, END);
        await put(stream, real);
        expect(breaches.length > 0 || head.digest !== kept.digest).toBe(true);
        // The row of a change says where its events end; so only its stream is named.
        expect(breaches.every((breach) => breach.stream === stream)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await auditRecord(db)).toMatchObject({ breaches: [] });
    expect(await headOf(db, END)).toEqual(kept);
  });
});

onBoth('a forged row', (open) => {
  /** Something of everything that has a row beside its events, and roles with a deputy. */
  async function withEverything(): Promise<Db> {
    const world = makeTestWorld(await open());
    await settle(world);
    const { db } = world;
    await setUp(world, { board: 'C02CABBOARD', deputies: { change_manager: [LUCIA] } }, 'docket');
    const proposal = complete.emergency();
    await handle(world, 'c-1', { type: 'Submit', id: 'c-1', category: 'emergency', proposal }, DANA);
    const plan = await nextPlan(world, 'weekly', MONDAY_10);
    if (!plan) throw new Error('the policy has a board');
    await handleMeeting(world, 'meeting/1', { type: 'DrawAgenda', plan, items: [] }, 'docket');
    const freeze: Declaration = {
      ...{ kind: 'hard', startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + 2 * DAY, reason: 'Peak season' },
      scope: { systems: [], environments: [], categories: [] },
    };
    await handleFreeze(world, 'freeze/1', { type: 'Declare', freeze }, NADIA);
    const period = { key: '2026-W10', start: MONDAY_10, end: MONDAY_10 + 7 * DAY };
    const published: EditionIntent = {
      ...{ type: 'Publish', post: 'weekly_report', period, due: MONDAY_10 },
      made: { to: [DANA] },
    };
    await handleEdition(world, 'post/1', published, 'docket');
    const source = { ...closedChange(), id: 'c-source', number: 'CR-2026-900' };
    await db.atomically((q) => [saveChange(q, db.t, source, 'head', 0)]);
    const proposed: TemplateIntent = {
      ...{ type: 'Propose', change: source.id, title: 'TLS certificates', use: 'Before they end.' },
      locked: ['systems', 'successCriteria', 'rollbackSteps'],
    };
    await handleTemplate(world, 'template/1', proposed, DANA);
    await db.atomically((q) => [q.delete(db.t.changes).where(eq(db.t.changes.id, source.id))]);
    return db;
  }

  const says = async (db: Db) =>
    (await auditRecord(db)).breaches.map(({ stream, seq, reason }) => `${stream} ${seq}: ${reason}`);

  it('is found where it says something else than its events, or nothing that can be read', async () => {
    const db = await withEverything();
    expect(await says(db)).toEqual([]);
    const { changes, templates, meetings, freezes, posts } = db.t;
    const rows = [
      ['changes', changes, 'c-1', (await loadChange(db, 'c-1'))?.state],
      ['templates', templates, 'template/1', (await loadTemplate(db, 'template/1'))?.state],
      ['meetings', meetings, 'meeting/1', (await loadMeeting(db, 'meeting/1'))?.state],
      ['freezes', freezes, 'freeze/1', (await loadFreeze(db, 'freeze/1'))?.state],
      ['posts', posts, 'post/1', (await loadEdition(db, 'post/1'))?.state],
    ] as const;
    for (const [name, table, id, real] of rows) {
      const put = (state: unknown) =>
        db.atomically((q) => [
          q
            .update(table)
            .set({ state: sql`${JSON.stringify(state)}` })
            .where(eq(table.id, id)),
        ]);
      await put({ ...real, forged: [{ verdict: 'approve' }] });
      const found = await says(db);
      expect(found).toEqual([`${id} ${real?.seq}: its row in ${name} says something else than its events`]);
      await put({ ...real, seq: 99 });
      expect((await says(db)).map((line) => line.split(' ')[0])).toEqual([id]);
      await db.atomically((q) => [q.update(table).set({ state: sql`'{'` }).where(eq(table.id, id))]);
      expect((await says(db)).map((line) => line.split(' ')[0])).toEqual([id]);
      // The order of keys says nothing.
      await put(Object.fromEntries(Object.entries(real ?? {}).reverse()));
      expect(await says(db)).toEqual([]);
    }
    for (const [, table, id] of rows) await db.atomically((q) => [q.delete(table).where(eq(table.id, id))]);
    expect(await says(db)).toEqual(
      rows.map(([, , id, real]) => `${id} ${real?.seq}: its row is missing`).sort(),
    );
  });

  it('is found where a column that lists and reports read says something else', async () => {
    const db = await withEverything();
    const { changes, meetings, freezes, posts } = db.t;
    const c = [changes, 'c-1', 'changes'] as const;
    const forgeries = [
      [...c, { status: 'closed' }],
      [...c, { number: 'CR-2025-001', year: 2025 }],
      [...c, { category: 'standard' }],
      [...c, { risk: 'low' }],
      [...c, { requester: LUCIA }],
      [...c, { title: 'Nothing to see' }],
      [...c, { stage: null, deadline: null }],
      [...c, { startsAt: 1, endsAt: 2 }],
      [...c, { submittedAt: 0 }],
      [...c, { decidedAt: MONDAY_10 }],
      [...c, { touches: { systems: [] } }],
      [...c, { touches: sql`'{'` }],
      [...c, { template: 'template/1' }],
      [...c, { wentWell: true }],
      [meetings, 'meeting/1', 'meetings', { status: 'closed' }],
      [meetings, 'meeting/1', 'meetings', { startsAt: 1 }],
      [freezes, 'freeze/1', 'freezes', { startsAt: 1 }],
      [freezes, 'freeze/1', 'freezes', { endsAt: 1 }],
      [posts, 'post/1', 'posts', { post: 'training' }],
      [posts, 'post/1', 'posts', { due: 1 }],
    ] as const;
    for (const [table, id, name, forged] of forgeries) {
      const [real] = await db.q.select().from(table).where(eq(table.id, id));
      const put = (row: object) => db.atomically((q) => [q.update(table).set(row).where(eq(table.id, id))]);
      await put(forged);
      expect(await says(db), JSON.stringify(forged)).toEqual([
        expect.stringMatching(
          new RegExp(`^${id} \\d+: its row in ${name} says something else than its events$`),
        ),
      ]);
      await put(real ?? {});
    }
    expect(await says(db)).toEqual([]);
  });

  it('is found where somebody was put into a role, or made its deputy, without an event', async () => {
    const db = await withEverything();
    const { roleHolders: t, events } = db.t;
    const count = (await eventsOf(db, 'workspace')).length;
    const forged = [`workspace ${count}: role_holders says something else than its events`];
    const added = { role: 'change_manager', holder: DANA, deputy: false };
    await db.atomically((q) => [q.insert(t).values(added)]);
    expect(await says(db)).toEqual(forged);
    await db.atomically((q) => [
      q.delete(t).where(eq(t.holder, DANA)),
      q.delete(t).where(eq(t.deputy, true)),
    ]);
    expect(await says(db)).toEqual(forged);
    await db.atomically((q) => [q.delete(events).where(eq(events.stream, 'workspace'))]);
    expect(await says(db)).toEqual(['workspace 1: all its events are missing']);
  });

  it('is found where somebody was put into a group that holds a role, or stands in for somebody, without an event', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const { db } = world;
    for (const id of ['S1', 'S2']) await saveGroup(db, { id, name: id });
    await setUp(world, { roles: { peer_reviewer: ['S1'] } }, 'docket');
    await seeGroups(world, [{ group: 'S1', members: [JONAS] }]);
    const away = { id: 'd-1', from: NADIA, to: LUCIA, startsAt: MONDAY_10, endsAt: MONDAY_10 + DAY };
    await handleWorkspace(world, { type: 'Delegate', delegation: away }, NADIA);
    expect(await says(db)).toEqual([]);
    const { groupMembers, delegations } = db.t;
    const count = (await eventsOf(db, 'workspace')).length;
    const putIn = (groupId: string, personId: string) =>
      db.atomically((q) => [q.insert(groupMembers).values({ groupId, personId })]);
    // Of a group without a role, and of people who do not count, there is nothing in the record.
    await putIn('S2', DANA);
    await putIn('S1', 'U0STRANGER');
    expect(await says(db)).toEqual([]);
    await putIn('S1', DANA);
    expect(await says(db)).toEqual([`workspace ${count}: group_members says something else than its events`]);
    await db.atomically((q) => [q.delete(groupMembers).where(eq(groupMembers.personId, DANA))]);
    expect(await says(db)).toEqual([]);
    for (const forged of [{ to: DANA }, { endsAt: MONDAY_10 + 9 * DAY }]) {
      await db.atomically((q) => [q.update(delegations).set(forged)]);
      expect(await says(db)).toEqual([`workspace ${count}: delegations says something else than its events`]);
      await db.atomically((q) => [q.update(delegations).set(away)]);
    }
    expect(await says(db)).toEqual([]);
  });

  it('is found beside events that are linked and cannot follow one another, or cannot be read', async () => {
    const db = await withEverything();
    const { events, changes } = db.t;
    const real = await eventsOf(db, 'c-1');
    const last = real.at(-1);
    if (!last) throw new Error('it was submitted');
    const tail = { seq: last.seq, head: last.hash };
    const made = { type: 'Submitted', actor: DANA, at: MONDAY_10, data: {} };
    const { rows } = link('c-1', tail, [made]);
    const head = rows[0]?.hash ?? '';
    await db.atomically((q) => [
      q.insert(events).values(rows),
      q
        .update(changes)
        .set({ seq: last.seq + 1, head })
        .where(eq(changes.id, 'c-1')),
    ]);
    expect(await says(db)).toEqual([`c-1 ${last.seq + 1}: its events cannot follow one another`]);
  });
});
