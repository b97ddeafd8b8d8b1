import { expect, it, onTestFinished } from 'vitest';
import { Busy } from '../../src/db/errors.ts';
import { addToOutbox, claim, claimLeft, nextDue } from '../../src/db/outbox.ts';
import { type Perform, startDelivery } from '../../src/engine/deliver.ts';
import { handle } from '../../src/engine/handle.ts';
import { askedFile } from '../../src/engine/outbox-rows.ts';
import { makeSettling, type Outcome } from '../../src/engine/settle-delivery.ts';
import { DANA } from '../change/company.ts';
import { HOUR, normal } from '../change/proposals.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

type Job = Parameters<Perform>[0];
const SECOND = 1000;

/** What Slack did, and how it answers the next time it is asked for a job like this. */
class Slack {
  readonly done: Job[] = [];
  readonly #answers: [(job: Job) => boolean, () => Promise<Outcome>][] = [];

  next(which: (job: Job) => boolean, answer: Outcome | (() => Promise<Outcome>)): void {
    this.#answers.push([which, typeof answer === 'function' ? answer : async () => answer]);
  }

  readonly perform: Perform = async (job) => {
    const at = this.#answers.findIndex(([which]) => which(job));
    const [special] = at >= 0 ? this.#answers.splice(at, 1) : [];
    const outcome: Outcome = special ? await special[1]() : { end: 'done' };
    if (outcome.end === 'done') this.done.push(job);
    return outcome;
  };

  /** What was done in the history of the change, in order. */
  thread(): string[] {
    return this.done
      .filter(({ effect }) =>
        effect.do === 'card' ? effect.card === 'headline' : effect.do === 'note' && effect.to === 'thread',
      )
      .map(({ id }) => id);
  }
}

const isHeadline = ({ effect }: Job) => effect.do === 'card' && effect.card === 'headline';
const isAsk = ({ effect }: Job) => effect.do === 'card' && effect.card === 'ask';

/** Lets what failed be tried again so often. */
async function tried(
  world: TestWorld,
  delivery: Awaited<ReturnType<typeof start>>['delivery'],
  times: number,
): Promise<void> {
  for (let n = 0; n < times; n++) {
    await delivery.idle();
    await windBy(world, 61 * SECOND); // each wait is a minute and up to a second
  }
  await delivery.idle();
}

onBoth('delivery', (open) => {
  it('does what was committed, the history in order, each once', async () => {
    const { world, slack, delivery } = await start(open);
    const change = await submit(world);
    await handle(world, change.id, { type: 'Withdraw' }, DANA);
    await delivery.idle();
    expect(slack.thread()).toEqual(slack.thread().toSorted());
    expect(slack.thread()).toHaveLength(3);
    expect(new Set(slack.done.map(({ id }) => id)).size).toBe(slack.done.length);
    expect(slack.done.some(({ effect }) => effect.do === 'redraw')).toBe(true);
  });

  it('waits as long as it is told to, and lets nobody overtake in the same lane', async () => {
    const { world, slack, delivery } = await start(open);
    slack.next(isHeadline, { end: 'later', why: 'rate limited', after: 30 * SECOND });
    await submit(world);
    await delivery.idle();
    expect(slack.thread()).toEqual([]);
    expect(slack.done.some(isAsk)).toBe(true);
    await windBy(world, 29 * SECOND);
    await delivery.idle();
    expect(slack.thread()).toEqual([]);
    await windBy(world, SECOND);
    await delivery.idle();
    expect(slack.thread()).toHaveLength(2);
    expect(slack.done.filter(isHeadline)).toMatchObject([{ resumed: false }]);
  });

  it('looks for what may have happened before it does it again, and waits longer each time', async () => {
    const { world, slack, delivery } = await start(open);
    const tries: number[] = [];
    const lost = async (): Promise<Outcome> => {
      tries.push(world.clock.now());
      return { end: 'unknown', why: 'no answer' };
    };
    for (let n = 0; n < 6; n++) slack.next(isHeadline, lost);
    await submit(world);
    await delivery.idle();
    for (let n = 0; n < 120; n++) {
      await windBy(world, SECOND);
      await delivery.idle();
    }
    expect(slack.done.filter(isHeadline)).toMatchObject([{ resumed: true }]);
    const waits = tries.slice(1).map((at, n) => (at - (tries[n] ?? 0)) / SECOND);
    expect(waits.slice(0, 3)).toEqual([6, 6, 6]);
    const [fourth = 0, fifth = 0] = waits.slice(3);
    expect([fourth, fifth].map((wait) => wait - (wait % 8))).toEqual([8, 16]);
  });

  it('is said by who has been held up for long only while no other replica has taken it over', async () => {
    const db = await open();
    const world = makeTestWorld(db);
    await settle(world);
    const headlines: Job[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const delivery = startDelivery(world, async (job) => {
      if (!isHeadline(job)) return { end: 'done' };
      headlines.push(job);
      await held;
      return { end: 'held', until: world.clock.now() + HOUR };
    });
    onTestFinished(() => delivery.stop());
    const from = world.clock.now();
    await submit(world);
    await expect.poll(() => headlines.length).toBe(1);
    await world.clock.advanceTo(from + 20 * SECOND);
    expect(await headlines[0]?.mine()).toBe(true);
    expect((await nextDue(db)).left).toBe(from + 50 * SECOND);
    await claimLeft(db, { owner: 'another', now: from + 51 * SECOND, leaseMs: 30 * SECOND, limit: 9 });
    await world.clock.advanceTo(from + 51 * SECOND);
    expect(await headlines[0]?.mine()).toBe(false);
    release();
  });

  it('does not begin what another replica has taken over while it waited for its turn', async () => {
    const { world, slack, delivery, db, files, wanted } = await startWithFiles(open, 60);
    const begun: string[] = [];
    let answer = (_: Outcome) => {};
    const answered = new Promise<Outcome>((resolve) => {
      answer = resolve;
    });
    for (const { id } of files)
      slack.next(
        (job) => job.id === id,
        () => {
          begun.push(id);
          return answered;
        },
      );
    const from = world.clock.now();
    await addToOutbox(db, files);
    world.wake();
    // Ten more than may go at once are claimed; they wait until others are answered.
    const claimed = async () =>
      (await db.q.select().from(db.t.outbox)).filter(
        ({ id, state }) => wanted.has(id) && state === 'sending',
      );
    await expect.poll(async () => (await claimed()).length - begun.length).toBe(10);
    const before = begun.length;
    await claimLeft(db, { owner: 'another', now: from + 31 * SECOND, leaseMs: 30 * SECOND, limit: 60 });
    await world.clock.advanceTo(from + 31 * SECOND);
    const there = new Set((await claimed()).map(({ id }) => id));
    answer({ end: 'done' });
    await delivery.idle();
    expect(before).toBeGreaterThan(0);
    expect(begun.slice(before).filter((id) => there.has(id))).toEqual([]);
  });

  it('does not begin again what is still under way, although its clock was wound forward', async () => {
    const { world, slack, delivery } = await start(open);
    let answer = (_: Outcome) => {};
    let begun = 0;
    for (let n = 0; n < 2; n++)
      slack.next(isHeadline, () => {
        begun += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      });
    await submit(world);
    await expect.poll(() => begun).toBe(1);
    await windBy(world, 40 * SECOND);
    const looked = Promise.race([delivery.idle(), new Promise((resolve) => setTimeout(resolve, 300))]);
    world.wake();
    await looked;
    expect(begun).toBe(1);
    answer({ end: 'done' });
    await delivery.idle();
    expect(slack.done.filter(isHeadline)).toHaveLength(1);
  });

  it('finds out whether Slack is back by the next one, where the first had nothing to ask', async () => {
    const { world, slack, delivery, db, files, wanted } = await startWithFiles(open, 5);
    for (const { id } of files)
      slack.next((job) => job.id === id, { end: 'unknown', why: 'no answer in time' });
    slack.next(
      ({ id }) => wanted.has(id),
      async () => ({ end: 'held', until: world.clock.now() + 2 * HOUR, why: 'its person sleeps' }),
    );
    await addToOutbox(db, files);
    world.wake();
    for (let minute = 0; minute < 40; minute++) {
      await delivery.idle();
      await windBy(world, 60 * SECOND);
    }
    await delivery.idle();
    expect(slack.done.filter(({ id }) => wanted.has(id))).toHaveLength(4);
  });

  it('does not try again at one instant what failed at one', async () => {
    const { db, ...world } = makeTestWorld(await open());
    const now = world.clock.now();
    const rows = ['a', 'b', 'c'].map((id) => askedFile(id, 'c-1', DANA, { of: 'record' }, now));
    await addToOutbox(db, rows);
    const write = makeSettling({ ...world, db }, 'me', () => {});
    for (const row of await claim(db, { owner: 'me', now, leaseMs: SECOND, limit: 9 }))
      await write(row, { end: 'later', why: 'Slack is away' });
    const waits = (await db.q.select().from(db.t.outbox)).map(({ due }) => due - now);
    expect(new Set(waits).size).toBe(3);
    expect(waits.every((wait) => wait >= SECOND && wait < 2 * SECOND)).toBe(true);
  });

  it('gives up what will never work, tells the operator, and goes on behind it', async () => {
    const { world, slack, delivery } = await start(open);
    slack.next(isHeadline, { end: 'never', why: 'is_archived' });
    await submit(world);
    await delivery.idle();
    expect(slack.thread()).toHaveLength(1);
    expect(world.lines.filter((line) => line.includes('is_archived'))).toHaveLength(1);
  });

  it('takes up, as in doubt, what somebody was doing when they broke', async () => {
    const { world, slack, delivery } = await start(open);
    slack.next(isHeadline, () => Promise.reject(new Error('a bug')));
    await submit(world);
    await delivery.idle();
    expect(slack.done.some(isHeadline)).toBe(false);
    await windBy(world, 15 * SECOND);
    await delivery.idle();
    expect(slack.done.filter(isHeadline)).toMatchObject([{ resumed: true }]);
    expect(world.lines.some((line) => line.includes('a bug'))).toBe(true);
  });

  it('gives up after an hour what breaks each time, and goes on behind it', async () => {
    const { world, slack, delivery } = await start(open);
    for (let n = 0; n < 100; n++) slack.next(isHeadline, () => Promise.reject(new Error('a bug')));
    await submit(world);
    await tried(world, delivery, 70);
    expect(slack.thread()).toHaveLength(1);
    const given = world.lines.filter((line) => line.includes('given up'));
    expect(given).toEqual([expect.stringContaining('it broke 60 times: a bug')]);
  });

  it('never gives up what a database in trouble keeps from being done', async () => {
    const { world, slack, delivery } = await start(open);
    for (let n = 0; n < 70; n++) slack.next(isHeadline, () => Promise.reject(new Busy('The disk is full.')));
    await submit(world);
    await tried(world, delivery, 80);
    expect(world.lines.filter((line) => line.includes('given up'))).toEqual([]);
    expect(slack.done.filter(isHeadline)).toMatchObject([{ resumed: true }]);
  });

  it('takes up what a dead replica held also while there is always something else to do', async () => {
    const { world, slack, delivery, db } = await start(open);
    const change = await submit(world);
    await delivery.idle();
    let n = 0;
    const add = async (): Promise<string> => {
      const row = askedFile(`file-${n++}`, change.id, DANA, { of: 'record' }, world.clock.now());
      await addToOutbox(db, [row]);
      return row.id;
    };
    const held = await add();
    await claim(db, { owner: 'dead', now: world.clock.now(), leaseMs: 30 * SECOND, limit: 10 });
    const isHeld = ({ id }: Job) => id === held;
    // Each that is done brings another a second later, so that no look ever finds nothing.
    for (let turn = 0; turn < 90 && !slack.done.some(isHeld); turn++)
      slack.next(
        ({ id }) => id !== held && id.startsWith('file-'),
        async () => {
          if (n < 90) await add();
          await windBy(world, SECOND);
          return { end: 'done' };
        },
      );
    await add();
    world.wake();
    await delivery.idle();
    const at = slack.done.findIndex(isHeld);
    expect(slack.done[at]).toMatchObject({ resumed: true });
    expect(slack.done.slice(at).length).toBeGreaterThan(20);
  });

  it('shares the work between two replicas and does nothing twice', async () => {
    const { world, slack, delivery, db } = await start(open);
    const replica = makeTestWorld(await open(db), world.clock);
    const other = startDelivery(replica, slack.perform);
    onTestFinished(() => other.stop());
    await Promise.all(Array.from({ length: 10 }, (_, n) => submit(n % 2 ? world : replica)));
    await expect
      .poll(async () => {
        await delivery.idle();
        await other.idle();
        return slack.done.filter(isHeadline).length;
      })
      .toBe(10);
    const ids = slack.done.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finishes what is under way before it stops, and begins nothing more', async () => {
    const { world, slack, delivery } = await start(open);
    let answer = (_: Outcome) => {};
    const asked = new Promise<void>((begun) => {
      slack.next(isHeadline, () => {
        begun();
        return new Promise((resolve) => {
          answer = resolve;
        });
      });
    });
    await submit(world);
    await asked;
    let stopped = false;
    const stop = delivery.stop().then(() => {
      stopped = true;
    });
    await submit(world);
    expect(stopped).toBe(false);
    answer({ end: 'done' });
    await stop;
    expect(slack.done.filter(isHeadline)).toHaveLength(1);
  });

  it('claims no more than can go soon, and leaves the rest to whoever gets answers', async () => {
    const { world, slack, delivery, db, files, wanted } = await startWithFiles(open, 80);
    let answer = (_: Outcome) => {};
    const answered = new Promise<Outcome>((resolve) => {
      answer = resolve;
    });
    let asking = 0;
    for (const _ of files)
      slack.next(
        ({ id }) => wanted.has(id),
        () => {
          asking += 1;
          return answered;
        },
      );
    await addToOutbox(db, files);
    world.wake();
    await expect.poll(() => asking).toBeGreaterThanOrEqual(10);
    const rows = await db.q.select().from(db.t.outbox);
    const claimed = rows.filter(({ id, state }) => wanted.has(id) && state === 'sending').length;
    expect(claimed).toBeGreaterThanOrEqual(asking);
    expect(claimed).toBeLessThan(40);
    answer({ end: 'done' });
    await delivery.idle();
    expect(slack.done.filter(({ id }) => wanted.has(id))).toHaveLength(80);
  });

  it('gets through to a Slack that answers a few in time and none where many ask at once', async () => {
    const { world, slack, delivery, db, files, wanted } = await startWithFiles(open, 200);
    // It serves one after the other, also those who have ceased to wait; an answer comes in time to eight who ask at once.
    let [calls, waiting, served] = [0, 0, Promise.resolve()];
    const slowly = async (): Promise<Outcome> => {
      calls += 1;
      waiting += 1;
      const inTime = waiting <= 8;
      served = served.then(async () => {
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
        waiting -= 1;
      });
      await served;
      return inTime ? { end: 'done' } : { end: 'unknown', why: 'no answer in time' };
    };
    for (let n = 0; n < 4_000; n++) slack.next(({ id }) => wanted.has(id), slowly);
    await addToOutbox(db, files);
    world.wake();
    const left = () =>
      wanted.size - new Set(slack.done.map(({ id }) => id).filter((id) => wanted.has(id))).size;
    for (let minutes = 0; minutes < 60 && left() > 0; minutes++) {
      await delivery.idle();
      await windBy(world, 60 * SECOND);
    }
    expect(left()).toBe(0);
    expect(calls).toBeLessThan(3 * wanted.size);
  });

  it('does not hold back the others where Slack has answered that some are to wait', async () => {
    const { world, slack, delivery, db, files, wanted } = await startWithFiles(open, 9);
    const [some, others] = [files.slice(0, 5), files.slice(5)];
    for (const { id } of some)
      slack.next((job) => job.id === id, { end: 'later', why: 'rate limited', after: 30 * SECOND });
    for (const few of [some, others]) {
      await addToOutbox(db, few);
      world.wake();
      await delivery.idle();
    }
    const done = slack.done.map(({ id }) => id).filter((id) => wanted.has(id));
    expect(done.toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  });

  it('carries out timers as commands, at their time', async () => {
    const { world, slack, delivery } = await start(open);
    await submit(world);
    await world.clock.advanceTo(world.clock.now() + 5 * HOUR);
    await delivery.idle();
    const reminders = slack.done.filter(({ effect, seq }) => effect.do === 'note' && seq > 2);
    expect(reminders.length).toBeGreaterThan(0);
  });

  it('forgets after a month what it has delivered, day by day while it runs', async () => {
    const { world, delivery, db } = await start(open);
    await submit(world);
    await delivery.idle();
    const monthAgo = () => world.clock.now() - 31 * 24 * HOUR;
    const old = async () => {
      const rows = await db.q.select().from(db.t.outbox);
      return rows.filter(({ state, due }) => state === 'done' && due < monthAgo()).length;
    };
    for (let day = 0; day < 40; day++) {
      await windBy(world, 24 * HOUR);
      world.wake();
      await delivery.idle();
    }
    await expect.poll(old).toBe(0);
    expect((await db.q.select().from(db.t.outbox)).length).toBeGreaterThan(0);
  });
});

async function start(open: Parameters<Parameters<typeof onBoth>[1]>[0]) {
  const db = await open();
  const world = makeTestWorld(db);
  await settle(world);
  const slack = new Slack();
  const delivery = startDelivery(world, slack.perform);
  onTestFinished(() => delivery.stop());
  return { world, slack, delivery, db };
}

/** With so many files asked for of one change, none of them in the outbox yet; `wanted`: their ids there. */
async function startWithFiles(open: Parameters<typeof start>[0], length: number) {
  const started = await start(open);
  const { world, delivery } = started;
  const change = await submit(world);
  await delivery.idle();
  const files = Array.from({ length }, (_, n) =>
    askedFile(`file-${n}`, change.id, DANA, { of: 'record' }, world.clock.now()),
  );
  return { ...started, files, wanted: new Set(files.map(({ id }) => id)) };
}

async function submit(world: TestWorld) {
  const id = world.newId();
  return (await handle(world, id, { type: 'Submit', id, category: 'normal', proposal: normal() }, DANA))
    .change;
}

function windBy(world: TestWorld, milliseconds: number): Promise<void> {
  return world.clock.advanceTo(world.clock.now() + milliseconds);
}
