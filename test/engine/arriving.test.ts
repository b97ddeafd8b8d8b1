import { expect, it } from 'vitest';
import { shownHash } from '../../src/change/proposal.ts';
import type { Intent } from '../../src/change/types.ts';
import { forgetDeliveries, wasDelivered } from '../../src/db/deliveries.ts';
import { changeEvents } from '../../src/db/events.ts';
import { handle } from '../../src/engine/handle.ts';
import { DANA, NADIA, PRIYA, SAM } from '../change/company.ts';
import { normal } from '../change/proposals.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

onBoth('what is delivered', (open) => {
  it('has its effect once, however often it comes, and the answer stays the same', async () => {
    const { world, id, approve } = await submitted(open);
    const first = await deliver(world, 'press 1', id, approve, NADIA);
    const again = await deliver(world, 'press 1', id, approve, NADIA);
    expect(again.change).toEqual(first.change);
    expect([first.added > 0, again.added]).toEqual([true, 0]);
  });

  it('is no second question, though the same words in another delivery are', async () => {
    const { world, id } = await submitted(open);
    const ask = (question: string): Intent => ({ type: 'Ask', question, words: 'Why now?' });
    await deliver(world, 'form 1', id, ask('a'), NADIA);
    await deliver(world, 'form 1', id, ask('b'), NADIA);
    await deliver(world, 'form 2', id, ask('c'), NADIA);
    expect(await typesOf(world, id, 'QuestionAsked')).toBe(2);
  });

  it('is not held against anybody when it comes again after the change has moved on', async () => {
    const { world, id, approve } = await submitted(open);
    await deliver(world, 'press 1', id, { ...approve }, NADIA);
    await handle(world, id, { type: 'Withdraw' }, DANA);
    const late = await deliver(
      world,
      'press 1',
      id,
      { type: 'Decide', verdict: 'approve', seen: 'old' },
      NADIA,
    );
    expect(late).toMatchObject({ added: 0, change: { status: 'withdrawn' } });
    await expect(deliver(world, 'press 2', id, approve, PRIYA)).rejects.toMatchObject({ code: 'not now' });
  });

  it('puts a forbidden attempt on record once', async () => {
    const { world, id, approve } = await submitted(open);
    await expect(deliver(world, 'press 1', id, approve, SAM)).rejects.toMatchObject({
      code: 'not your role',
    });
    expect(await deliver(world, 'press 1', id, approve, SAM)).toMatchObject({ added: 0 });
    expect(await typesOf(world, id, 'Refused')).toBe(1);
  });

  it('has its effect once although two replicas take it at the same instant', async () => {
    const { world, id, db } = await submitted(open);
    const replica = makeTestWorld(await open(db), world.clock);
    const ask: Intent = { type: 'Ask', question: world.newId(), words: 'Which keys?' };
    const both = [world, replica, world, replica].map((each) =>
      deliver(each, 'form 1', id, { ...ask, question: each.newId() }, NADIA),
    );
    const added = (await Promise.all(both)).map((each) => each.added);
    expect(added.filter((n) => n > 0)).toHaveLength(1);
    expect(await typesOf(world, id, 'QuestionAsked')).toBe(1);
  });

  it('is remembered with its effect, and forgotten in time', async () => {
    const { world, id, approve, db } = await submitted(open);
    await deliver(world, 'press 1', id, approve, NADIA);
    const key = `press 1 Decide ${id}`;
    await forgetDeliveries(db, world.clock.now());
    expect(await wasDelivered(db, key)).toBe(true);
    await forgetDeliveries(db, world.clock.now() + 1);
    expect(await wasDelivered(db, key)).toBe(false);
  });
});

async function submitted(open: Parameters<Parameters<typeof onBoth>[1]>[0]) {
  const db = await open();
  const world = makeTestWorld(db);
  await settle(world);
  const id = world.newId();
  const { change } = await handle(
    world,
    id,
    { type: 'Submit', id, category: 'normal', proposal: normal() },
    DANA,
  );
  const stage = 'open' in change ? change.open.stage : '';
  const approve = { type: 'Decide', verdict: 'approve', seen: shownHash(change, stage) } as const;
  return { world, id, db, approve };
}

function deliver(world: TestWorld, key: string, id: string, intent: Intent, by: string) {
  return world.arriving.during({ key }, () => handle(world, id, intent, by));
}

async function typesOf(world: TestWorld, id: string, type: string): Promise<number> {
  return (await changeEvents(world.db, id)).filter((event) => event.type === type).length;
}
