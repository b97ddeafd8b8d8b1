import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Status } from '../../src/change/types.ts';
import { loadChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { Busy } from '../../src/db/errors.ts';
import { loadMeeting } from '../../src/db/meetings.ts';
import { roleHolders } from '../../src/db/people.ts';
import { drawAgenda, hearBoardNews } from '../../src/engine/board.ts';
import { giveDue } from '../../src/engine/due.ts';
import { forEach } from '../../src/engine/each.ts';
import { checkAllWindows, FREEZE, freezeDue, handleFreeze } from '../../src/engine/freezes.ts';
import { planPosts } from '../../src/engine/posts.ts';
import { setUp, WORKSPACE } from '../../src/engine/setup.ts';
import type { Edition } from '../../src/posts/types.ts';
import { digest } from '../../src/slack/posts/digest.ts';
import { LUCIA, NADIA, WEI } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10, standard } from '../change/proposals.ts';
import { approvedStandard, approves, beforeBoard, inVote, type Step } from '../change/steps.ts';
import { onSqlite } from '../db/both.ts';
import { does } from './give-steps.ts';
import { makeTestWorld, settle } from './open-world.ts';

/** A row that no rule can make anything of, as a bug may have left it. */
async function breakChange({ q, t: { changes } }: Db, status: Status): Promise<void> {
  const state = JSON.stringify({ status });
  await q
    .update(changes)
    .set({ state: sql`${state}`, head: 'x' })
    .where(eq(changes.id, 'c-1'));
}

it('has everybody take their turn, and says then what failed first', async () => {
  const seen: number[] = [];
  const round = forEach([1, 2, 3, 4], async (n) => {
    seen.push(n);
    if (n % 2 === 0) throw new Error(`no ${n}`);
  });
  await expect(round).rejects.toThrow('no 2');
  expect(seen).toEqual([1, 2, 3, 4]);
});

it('waits for a database in trouble once, and not for each anew', async () => {
  const seen: number[] = [];
  const round = forEach([1, 2], async (n) => {
    seen.push(n);
    throw new Busy('The disk is full.');
  });
  await expect(round).rejects.toThrow(Busy);
  expect(seen).toEqual([1]);
});

onSqlite('a round', (open, urls) => {
  /** Two changes that have come equally far, the first of which is broken then. */
  async function company(...steps: Step[]) {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUp(world, { board: 'C02CABBOARD' }, 'docket');
    for (const id of ['c-1', 'c-2']) await does(world, id, ...steps);
    const seq = async () => (await loadChange(world.db, 'c-2'))?.state.seq ?? 0;
    return { world, seq };
  }

  it('asks around also behind a change with a bug', async () => {
    const { world, seq } = await company(...beforeBoard);
    await breakChange(world.db, 'in review');
    await setUp(world, { roles: { business_representative: [LUCIA] } }, 'docket');
    const before = await seq();
    await expect(giveDue(world, WORKSPACE, { type: 'AskAround' })).rejects.toThrow();
    expect(await seq()).toBeGreaterThan(before);
  });

  it('brings meetings up to date also behind one with a bug', async () => {
    const { world } = await company(...beforeBoard);
    const { q, t } = world.db;
    const weekly = (await drawAgenda(world, 'weekly', MONDAY_10 + 2 * DAY + 4 * HOUR)) ?? '';
    const later = { id: 'meeting/9999', startsAt: MONDAY_10 + 9 * DAY, status: 'planned' } as const;
    const state = JSON.stringify({ id: later.id });
    await q.insert(t.meetings).values({ ...later, state: sql`${state}`, head: 'x' });
    const { seq = 0 } = (await loadMeeting(world.db, weekly))?.state ?? {};
    await does(world, 'c-2', ...inVote.slice(beforeBoard.length));
    await does(world, 'c-2', approves(LUCIA));
    await expect(hearBoardNews(world)).rejects.toThrow();
    expect((await loadMeeting(world.db, weekly))?.state.seq).toBeGreaterThan(seq);
  });

  it('tells of a freeze also behind a change with a bug', async () => {
    const { world, seq } = await company(...approvedStandard);
    const { startsAt = 0, endsAt = 0 } = standard();
    await breakChange(world.db, 'scheduled');
    const scope = { systems: [], environments: [], categories: [] };
    const freeze = {
      kind: 'hard',
      startsAt: startsAt - HOUR,
      endsAt: endsAt + HOUR,
      reason: 'Sale',
      scope,
    } as const;
    await handleFreeze(world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
    const before = await seq();
    await expect(freezeDue(world, `${FREEZE}peak`, { type: 'GoAround' })).rejects.toThrow();
    expect(await seq()).toBeGreaterThan(before);
  });

  it('looks at every window again also behind a change with a bug', async () => {
    const { world, seq } = await company(...approvedStandard);
    const { startsAt = 0, endsAt = 0 } = standard();
    await breakChange(world.db, 'scheduled');
    const scope = { systems: [], environments: [], categories: [] };
    const window = { startsAt: startsAt - HOUR, endsAt: endsAt + HOUR };
    const freeze = { kind: 'hard', ...window, reason: 'Sale', scope } as const;
    await handleFreeze(world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
    const before = await seq();
    await expect(checkAllWindows(world)).rejects.toThrow();
    expect(await seq()).toBeGreaterThan(before);
  });

  it('sets the times of all posts also behind one that cannot be set', async () => {
    const { world, planned } = await withRefused('plan/post/backup/%');
    const backup = { id: 'backup', every: 'day', about: 'this', make: async () => undefined } as const;
    const posts = [backup, { ...backup, id: 'digest' }] as const;
    const daily = { at: '0 9 * * *', dayOff: 'as planned' } as const;
    const policy = { ...world.policy, posts: { backup: daily, digest: daily } };
    await expect(planPosts({ ...world, posts, policy })).rejects.toThrow('refused');
    expect(await planned()).toEqual([expect.stringMatching(/^plan\/post\/digest\//)]);
  });

  it('sets the times of all digests also behind a person whose cannot be set', async () => {
    const { world, planned } = await withRefused(`plan/post/digest/%/${NADIA}/%`);
    const daily = { at: '0 9 * * *', dayOff: 'as planned' } as const;
    const policy = { ...world.policy, posts: { digest: daily } };
    const edition = { due: MONDAY_10 - 10 * HOUR, id: 'post/digest/2026-03-02' } as Edition; // as much of it as is used
    await expect(digest.work?.({ ...world, policy }, edition)).rejects.toThrow('refused');
    const people = (await planned()).map((id) => id.split('/')[4]);
    expect(people).not.toContain(NADIA);
    expect(people).toEqual(expect.arrayContaining([LUCIA, WEI]));
    const holders = [...(await roleHolders(world.db, world.clock.now())).values()].flat();
    expect(people).toHaveLength(new Set(holders.map(({ person }) => person)).size - 1);
  });

  /** A company whose database takes no row of the outbox with such an id. */
  async function withRefused(like: string) {
    const db = await open();
    const world = makeTestWorld(db);
    await settle(world);
    const file = new Database(fileURLToPath(urls.of(db)));
    file.exec(
      `create trigger refusing before insert on outbox when new.id like '${like}' begin select raise(abort, 'refused'); end`,
    );
    file.close();
    const planned = async () =>
      (await db.q.select().from(db.t.outbox)).map(({ id }) => id).filter((id) => id.startsWith('plan/'));
    return { world, planned };
  }
});
