import { expect, it } from 'vitest';
import { windableClock } from '../../src/clock.ts';
import { makePace, makePostingPace, NotYet } from '../../src/slack/wire/pace.ts';
import { onPostgres } from '../db/both.ts';

const SECOND = 1_000;

it('lets a channel have one message a second, in the order in which they came, and others at once', async () => {
  const { pace, clock, taken } = start(SECOND);
  for (const job of ['one', 'two', 'three']) taken(job);
  pace.take('another', 'other');
  expect(taken('one')).toBe(SECOND * 3); // it has gone, so this is a further one
  await clock.advanceTo(SECOND);
  expect(['three', 'two'].map(taken)).toEqual([SECOND * 2, 0]);
  await clock.advanceTo(2 * SECOND);
  expect(['late', 'three'].map(taken)).toEqual([SECOND * 4, 0]);
});

it('lets those who come all at once, long after their turn, have one turn each', async () => {
  const { clock, taken } = start(SECOND);
  const jobs = ['one', 'two', 'three', 'four'];
  jobs.map(taken);
  await clock.advanceTo(60 * SECOND);
  expect(jobs.slice(1).map(taken)).toEqual([0, 61 * SECOND, 62 * SECOND]);
});

it('waits as long as Slack asks, whatever the pace', async () => {
  const { pace, clock, taken } = start(0);
  expect([taken('one'), taken('two')]).toEqual([0, 0]);
  pace.hold('here', 30 * SECOND);
  expect(taken('three')).toBe(30 * SECOND);
  await clock.advanceTo(30 * SECOND);
  expect(taken('three')).toBe(0);
});

it('waits in every channel where Slack asks it for all, also in one that nothing was said in', async () => {
  const { pace, clock, taken } = start(SECOND);
  pace.holdAll(30 * SECOND);
  expect([taken('one'), taken('two')]).toEqual([30 * SECOND, 31 * SECOND]);
  await clock.advanceTo(30 * SECOND);
  expect([taken('two'), taken('one')]).toEqual([31 * SECOND, 0]);
});

onPostgres('several replicas', (open) => {
  it('share the pace of a channel, so that Slack hides nothing, and wait for nobody in another', async () => {
    const clock = windableClock({ now: () => 0, alarm: () => () => {} });
    const db = await open();
    const paces = [db, await open(db)].map((each) => makePostingPace({ clock, db: each }, SECOND));
    const goes = async (n: number, channel: string, job: string) =>
      Promise.resolve(paces[n]?.take(channel, job)).then(
        () => 0,
        (error: unknown) => (error instanceof NotYet ? error.until : error),
      );
    // Both at once, of which one goes.
    const first = await Promise.all([goes(0, 'here', 'one'), goes(1, 'here', 'two')]);
    expect(first.toSorted()).toEqual([0, SECOND]);
    expect(await goes(1, 'there', 'three')).toBe(0);
    const late = first[0] === 0 ? 1 : 0;
    await clock.advanceTo(2 * SECOND);
    expect(await goes(late, 'here', late === 1 ? 'two' : 'one')).toBe(0);
    expect(await goes(1 - late, 'here', 'four')).toBe(3 * SECOND);
    await clock.advanceTo(3 * SECOND);
    expect(await goes(1 - late, 'here', 'four')).toBe(0);
  });
});

function start(every: number) {
  const clock = windableClock({ now: () => 0, alarm: () => () => {} });
  const pace = makePace(clock, every);
  /** 0 when it may go, else when its turn is. */
  const taken = (job: string): number => {
    try {
      pace.take('here', job);
      return 0;
    } catch (error) {
      if (error instanceof NotYet) return error.until;
      throw error;
    }
  };
  return { clock, pace, taken };
}
