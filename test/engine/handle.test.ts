import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ballWith } from '../../src/change/ball.ts';
import { fold } from '../../src/change/evolve.ts';
import { inRole } from '../../src/change/holders.ts';
import { Refusal } from '../../src/change/refusal.ts';
import type { Change, Command, Intent } from '../../src/change/types.ts';
import { listChanges, loadChange } from '../../src/db/changes.ts';
import { changeEvents } from '../../src/db/events.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { loadFacts } from '../../src/engine/facts.ts';
import { handle } from '../../src/engine/handle.ts';
import type { World } from '../../src/engine/world.ts';
import { DANA, NADIA } from '../change/company.ts';
import { normal, standard } from '../change/proposals.ts';
import { filing, stories } from '../change/random.ts';
import { seenNow } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

onBoth('handle', (open) => {
  it('decides again when somebody else was quicker, so that nothing is lost', async () => {
    const [world, replica] = await twoWorlds(open);
    const { id } = await submitted(world);
    const asks = Array.from({ length: 12 }, (_, n) =>
      handle(n % 2 ? world : replica, id, { type: 'Ask', question: `q${n}`, words: `${n}?` }, NADIA),
    );
    expect((await Promise.all(asks)).map(({ added }) => added)).toEqual(Array(12).fill(1));
    const events = await eventsOf(world.db, id);
    expect(events.filter(({ type }) => type === 'QuestionAsked')).toHaveLength(12);
    expect(verify(events)).toMatchObject({ ok: true, count: events.length });
  });

  it('numbers thirty submissions of two replicas without a gap', async () => {
    const [world, replica] = await twoWorlds(open);
    const all = await Promise.all(
      Array.from({ length: 30 }, (_, n) => submitted(n % 2 ? world : replica, `c-${n}`)),
    );
    const numbers = all.map(({ number }) => Number(number.slice(-3))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  });

  it('takes a submission that is sent again for the same change', async () => {
    const world = await oneWorld(open);
    const first = await submitted(world);
    const intent: Intent = { type: 'Submit', id: first.id, category: 'standard', proposal: standard() };
    const [again, once] = await Promise.all([1, 2].map(() => handle(world, first.id, intent, DANA)));
    for (const answer of [again, once])
      expect(answer).toMatchObject({ added: 0, change: { number: first.number, category: 'normal' } });
  });

  it('keeps an attempt at something forbidden in the record, and a mistake not', async () => {
    const world = await oneWorld(open);
    const change = await submitted(world);
    const seen = seenNow(change);
    const forbidden = handle(world, change.id, { type: 'Decide', verdict: 'approve', seen }, DANA);
    await expect(forbidden).rejects.toMatchObject({ code: 'own change' });
    const mistake = handle(world, change.id, { type: 'Decide', verdict: 'reject', seen, words: ' ' }, NADIA);
    await expect(mistake).rejects.toMatchObject({ code: 'incomplete' });
    expect((await changeEvents(world.db, change.id)).filter(({ type }) => type === 'Refused')).toMatchObject([
      { by: DANA, command: 'Decide', code: 'own change' },
    ]);
    await expect(handle(world, 'nobody', { type: 'Withdraw' }, DANA)).rejects.toMatchObject({
      code: 'unknown',
    });
    const { startsAt: _, ...noStart } = normal();
    const incomplete: Intent = { type: 'Submit', id: 'new', category: 'normal', proposal: noStart };
    await expect(handle(world, 'new', incomplete, DANA)).rejects.toBeInstanceOf(Refusal);
    expect(await loadChange(world.db, 'new')).toBeUndefined();
  });

  it('leaves, after whatever people do, the fold of its events in the row that lists show, and a chain that holds', async () => {
    const world = await oneWorld(open);
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        await settle(world, story.holders);
        const id = world.newId();
        if (!(await attempt(world, id, filing(story)(undefined, world.clock.now())))) return;
        for (const { tried, wait } of story.steps) {
          const change = (await loadChange(world.db, id))?.state;
          const opens = change?.status === 'scheduled' ? change.startsAt : 0;
          const now = world.clock.now();
          await world.clock.advanceTo(typeof wait === 'number' ? now + wait : Math.max(now, opens));
          const overseers = inRole(story.holders, world.policy.overseer);
          const waiting = change ? ballWith(change, story.holders) : [];
          const facts = await loadFacts(world);
          await attempt(world, id, tried(waiting, overseers, facts)(change, world.clock.now()));
        }
        const stored = await loadChange(world.db, id);
        const rows = await eventsOf(world.db, id);
        const folded = fold(id, await changeEvents(world.db, id));
        expect(stored?.state).toEqual(folded);
        const listed = await listChanges(world.db, { limit: 20 });
        expect(listed.find((row) => row.id === id)?.change).toEqual(folded);
        expect(verify(rows)).toEqual({ ok: true, head: stored?.head, count: stored?.state.seq });
      }),
      { numRuns: 12 },
    );
  });
});

type Open = Parameters<Parameters<typeof onBoth>[1]>[0];

async function oneWorld(open: Open) {
  const world = makeTestWorld(await open());
  await settle(world);
  return world;
}

async function twoWorlds(open: Open) {
  const db = await open();
  const world = makeTestWorld(db);
  await settle(world);
  return [world, makeTestWorld(await open(db), world.clock)] as const;
}

async function submitted(world: World, id = world.newId()): Promise<Change> {
  const intent: Intent = { type: 'Submit', id, category: 'normal', proposal: normal() };
  return (await handle(world, id, intent, DANA)).change;
}

/** Does what a step says; false when the rules refuse it. */
async function attempt(world: World, id: string, { by, at: _, ...intent }: Command): Promise<boolean> {
  try {
    await handle(world, id, intent, by);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
