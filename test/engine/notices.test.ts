import { like } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { fold } from '../../src/change/evolve.ts';
import { auditRecord } from '../../src/db/audit.ts';
import { loadChange } from '../../src/db/changes.ts';
import { changeEvents } from '../../src/db/events.ts';
import { claim } from '../../src/db/outbox.ts';
import { type Perform, startDelivery } from '../../src/engine/deliver.ts';
import { handle } from '../../src/engine/handle.ts';
import { type Job, noticesIn } from '../../src/engine/outbox-rows.ts';
import type { Outcome } from '../../src/engine/settle-delivery.ts';
import { DANA, OLGA } from '../change/company.ts';
import { complete } from '../change/proposals.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

const MINUTE = 60_000;
const GONE: Outcome = { end: 'never', why: 'user_disabled' };

onBoth('what has been told', (open) => {
  /** A world whose Slack takes every card at once, but for Olga's, who is gone. */
  async function start() {
    const db = await open();
    const world = makeTestWorld(db);
    await settle(world);
    const done: Parameters<Perform>[0][] = [];
    const perform: Perform = async (job) => {
      done.push(job);
      const { effect } = job;
      if (effect.do !== 'card' || effect.card !== 'ask') return { end: 'done' };
      if (effect.to === OLGA) return GONE;
      return {
        end: 'done',
        reached: { channel: `D${effect.to}`, ts: `${world.clock.now() / 1000}.0000${done.length}` },
      };
    };
    const delivery = startDelivery(world, perform);
    onTestFinished(() => delivery.stop());
    const id = world.newId();
    const proposal = complete.emergency();
    await handle(world, id, { type: 'Submit', id, category: 'emergency', proposal }, DANA);
    await delivery.idle();
    const wind = async (by: number) => {
      await world.clock.advanceTo(world.clock.now() + by);
      world.wake();
      await delivery.idle();
    };
    const notified = async () =>
      (await changeEvents(db, id)).flatMap((event) => (event.type === 'Notified' ? [event] : []));
    const queued = () =>
      db.q
        .select()
        .from(db.t.outbox)
        .where(like(db.t.outbox.id, `${id}/%/notice`));
    return { db, world, delivery, id, done, wind, notified, queued };
  }

  it('goes into the record with why it did not reach somebody, all of one stage as one event', async () => {
    const { db, world, id, done, wind, notified } = await start();
    const at = world.clock.now();
    expect(await notified()).toEqual([]);
    const before = done.length;
    await wind(5 * MINUTE);
    const [event, ...more] = await notified();
    expect(more).toEqual([]);
    const { route } = (await loadChange(db, id))?.state ?? { route: [] };
    const asked = done.flatMap(({ effect }) =>
      effect.do === 'card' && effect.card === 'ask' ? [effect.to ?? ''] : [],
    );
    expect(event?.notices.map(({ to }) => to).toSorted()).toEqual(asked.toSorted());
    expect(asked.length).toBeGreaterThan(3);
    for (const notice of event?.notices ?? [])
      expect(notice).toEqual({
        ...{ of: 'asked', stage: route[0]?.id, to: notice.to, event: 2, at },
        ...(notice.to === OLGA
          ? { failed: 'user_disabled' }
          : { channel: `D${notice.to}`, ts: expect.stringMatching(/^\d+\.\d+$/) }),
      });
    // Nobody hears of it, nothing is drawn anew, and the record holds.
    expect(done.length).toBe(before);
    expect(fold(id, await changeEvents(db, id))).toEqual((await loadChange(db, id))?.state);
    expect((await auditRecord(db)).breaches).toEqual([]);
    await wind(60 * MINUTE);
    expect(await notified()).toHaveLength(1);
  });

  it('is put down once although who put it down died before it could say so', async () => {
    const { db, world, id, wind, notified, queued } = await start();
    const [first, ...others] = (await queued()).sort((a, b) => a.position - b.position);
    if (!first) throw new Error('nothing is queued');
    const now = world.clock.now();
    await claim(db, { owner: 'dead', now: first.due, leaseMs: 30_000, limit: 1 });
    const notices = noticesIn(first.payload as Job) ?? []; // written by `noticeOf` alone
    await handle(world, id, { type: 'Notify', notices }, 'docket');
    await wind(first.due - now + MINUTE);
    const events = await notified();
    expect(events.map((event) => event.notices.length)).toEqual([1, others.length]);
    expect((await queued()).map(({ state }) => state)).toEqual(['done', ...others.map(() => 'done')]);
    expect((await auditRecord(db)).breaches).toEqual([]);
  });

  it('waits in the database with the delivery that it is of, and outlives the process', async () => {
    const { db, world, delivery, notified, queued } = await start();
    await delivery.stop();
    expect((await queued()).map(({ state }) => state)).toContain('waiting');
    const later = makeTestWorld(await open(db), world.clock);
    const replica = startDelivery(later, async () => ({ end: 'done' }));
    onTestFinished(() => replica.stop());
    await world.clock.advanceTo(world.clock.now() + 5 * MINUTE);
    later.wake();
    await replica.idle();
    expect(await notified()).toHaveLength(1);
  });
});
