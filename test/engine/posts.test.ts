import { expect, it } from 'vitest';
import type { PeriodKind } from '../../src/calendar/period.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { latestEditions } from '../../src/db/posts.ts';
import { giveDue } from '../../src/engine/due.ts';
import { type Post, planPosts } from '../../src/engine/posts.ts';
import type { Schedule } from '../../src/policy/posts.ts';
import { NADIA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import { onBoth, onPostgres, onSqlite } from '../db/both.ts';
import { calendarClock, type Machine, startMachine } from './post-world.ts';

/** The two posts there are names for, as whatever a test needs. */
const says = (every: PeriodKind, more: Partial<Post> = {}): Post => ({
  ...{ id: 'success_rate_audit', every, about: 'this', make: async () => ({ to: [NADIA] }) },
  ...more,
});
const time = (at: string, more: Partial<Schedule> = {}): Schedule => ({ at, dayOff: 'as planned', ...more });

/** `2026-W47` of each that went out. */
const periods = ({ sent }: Pick<Machine, 'sent'>) => sent.map((id) => id.split('/')[2]);

/** What became of each period, oldest first: when it came, in UTC, or why not. */
async function record({ world }: Machine): Promise<string[]> {
  const editions = await latestEditions(world.db, ['success_rate_audit', 'backup'], 1000);
  return editions
    .reverse()
    .map(({ period, at, skipped }) => `${period.key} ${skipped ?? new Date(at).toISOString().slice(5, 16)}`);
}

onSqlite('a year of posts', (open) => {
  it.each([
    ['week', '0 9 * * monday', 52],
    ['month', '0 9 1 * *', 12],
    ['quarter', '0 10 15 1,4,7,10 *', 4],
    ['half year', '0 10 1 3,9 *', 2],
    ['year', '0 10 15 1 *', 1],
  ] as const)('has one for every %s, on the nights of changed clocks too', async (every, at, count) => {
    const time0 = calendarClock('2025-12-31T23:30:00+01:00');
    const machine = await startMachine(await open(), time0, [says(every)], { success_rate_audit: time(at) });
    await time0.clock.advanceTo(Date.parse('2026-12-31T23:30:00+01:00'));
    expect(periods(machine)).toHaveLength(count);
    expect(new Set(periods(machine)).size).toBe(count);
    expect(machine.world.lines).toEqual([]);
  });
});

onSqlite('a nightly post', (open) => {
  it.each([
    ['leaves its hour out', '2026-03-20', 12],
    ['has its hour twice', '2026-10-16', 12],
  ])('comes every night, also in that which %s', async (_, from, nights) => {
    const time0 = calendarClock(`${from}T12:00:00Z`);
    const schedule = { success_rate_audit: time('30 2 * * *') };
    const machine = await startMachine(await open(), time0, [says('day')], schedule);
    await time0.clock.advanceTo(time0.clock.now() + nights * DAY);
    const next = (n: number) => new Date(Date.parse(from) + n * DAY).toISOString().slice(0, 10);
    expect(periods(machine)).toEqual(Array.from({ length: nights }, (_each, n) => next(n + 1)));
  });
});

onBoth('a post', (open) => {
  it('comes at its time, once, and is in the record', async () => {
    const time0 = calendarClock('2026-11-20T12:00:00Z');
    const machine = await startMachine(await open(), time0, [says('week', { about: 'last' })], {
      success_rate_audit: time('0 9 * * monday'),
    });
    await time0.clock.advanceTo(Date.parse('2026-11-23T07:59:00Z'));
    expect(machine.sent).toEqual([]);
    await time0.clock.advanceTo(Date.parse('2026-11-23T08:00:00Z'));
    expect(periods(machine)).toEqual(['2026-W47']);
    const rows = await eventsOf(machine.world.db, 'post/success_rate_audit/2026-W47');
    expect(verify(rows)).toMatchObject({ ok: true, count: 1 });
    expect(rows[0]).toMatchObject({ type: 'Published', actor: 'docket' });
  });

  it('comes once however often Docket is started again, before, at and after its time', async () => {
    const time0 = calendarClock('2026-11-20T12:00:00Z');
    const db = await open();
    const all: string[] = [];
    for (let n = 0; n < 12; n++) {
      const machine = await startMachine(db, time0, [says('week')], {
        success_rate_audit: time('0 9 * * 1'),
      });
      await time0.clock.advanceTo(time0.clock.now() + 36 * HOUR);
      await machine.stop();
      all.push(...periods(machine).map(String));
    }
    expect(all).toEqual(['2026-W48', '2026-W49', '2026-W50']);
  });

  it('is made good after a downtime, every period that was missed', async () => {
    const time0 = calendarClock('2026-11-20T12:00:00Z');
    const db = await open();
    const schedule = { success_rate_audit: time('0 9 * * 1') };
    await (await startMachine(db, time0, [says('week')], schedule)).stop();
    await time0.clock.advanceTo(Date.parse('2026-12-09T12:00:00Z'));
    const machine = await startMachine(db, time0, [says('week')], schedule);
    await time0.clock.advanceTo(Date.parse('2026-12-14T12:00:00Z'));
    expect(await record(machine)).toEqual([
      ...['2026-W48 12-09T12:00', '2026-W49 12-09T12:00', '2026-W50 12-09T12:00', '2026-W51 12-14T08:00'],
    ]);
    expect(periods(machine)).toEqual(['2026-W48', '2026-W49', '2026-W50', '2026-W51']);
  });

  it('is left out where late is worse than never, and the record says so', async () => {
    const time0 = calendarClock('2026-11-20T12:00:00Z');
    const db = await open();
    const schedule = { success_rate_audit: time('0 9 * * *', { skipAfterHours: 6 }) };
    await (await startMachine(db, time0, [says('day')], schedule)).stop();
    await time0.clock.advanceTo(Date.parse('2026-11-23T13:00:00Z'));
    const machine = await startMachine(db, time0, [says('day')], schedule);
    await time0.clock.advanceTo(Date.parse('2026-11-23T14:00:00Z'));
    expect(await record(machine)).toEqual([
      ...['2026-11-21 too late', '2026-11-22 too late', '2026-11-23 11-23T13:00'],
    ]);
    expect(periods(machine)).toEqual(['2026-11-23']);
  });

  it('does not come for a time before Docket was there, nor where the policy does not name it', async () => {
    const time0 = calendarClock('2026-11-23T12:00:00Z');
    const backup = says('day', { id: 'backup' });
    const machine = await startMachine(await open(), time0, [says('week'), backup], {
      success_rate_audit: time('0 9 * * monday'),
    });
    await time0.clock.advanceTo(time0.clock.now() + 6 * DAY);
    expect(machine.sent).toEqual([]);
  });

  it('comes once in its period when its time is moved, earlier or later', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    const db = await open();
    const on = async (at: string, until: string) => {
      const machine = await startMachine(db, time0, [says('week')], { success_rate_audit: time(at) });
      await time0.clock.advanceTo(Date.parse(until));
      await machine.stop();
      return machine;
    };
    await on('0 9 * * thursday', '2026-11-24T12:00:00Z'); // of W48 it is still to come
    await on('0 9 * * friday', '2026-11-30T12:00:00Z'); // so it comes a day later
    await on('0 9 * * wednesday', '2026-12-03T12:00:00Z'); // of W49 it has come
    await on('0 9 * * thursday', '2026-12-09T07:00:00Z'); // and does not come again
    const last = await on('0 9 * * monday', '2026-12-14T12:00:00Z'); // of W50 Monday is over: at an old time
    expect(await record(last)).toEqual([
      ...['2026-W48 11-27T08:00', '2026-W49 12-02T08:00', '2026-W50 12-09T08:00', '2026-W51 12-14T08:00'],
    ]);
  });

  it('says nothing where there is nothing to say, and the record says that', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    const machine = await startMachine(await open(), time0, [says('week', { make: async () => undefined })], {
      success_rate_audit: time('0 9 * * 1'),
    });
    await time0.clock.advanceTo(Date.parse('2026-11-24T12:00:00Z'));
    expect(await record(machine)).toEqual(['2026-W48 nothing to say']);
    expect(machine.sent).toEqual([]);
  });

  it('is tried again when it could not be made, and comes once', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    let tries = 0;
    const make = async () => {
      if (++tries < 3) throw new Error('no figures');
      return { to: [NADIA] };
    };
    const machine = await startMachine(await open(), time0, [says('week', { make })], {
      success_rate_audit: time('0 9 * * 1'),
    });
    await time0.clock.advanceTo(Date.parse('2026-11-24T12:00:00Z'));
    expect(periods(machine)).toEqual(['2026-W48']);
    expect(machine.world.lines.filter((line) => line.includes('no figures')).length).toBeGreaterThan(0);
  });

  it('is worked at until it succeeds, each failure told to the operator', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    const hours: string[] = [];
    const work = async () => {
      hours.push(new Date(time0.clock.now()).toISOString().slice(11, 16));
      if (hours.length < 3) throw new Error('The disk is full.');
      return 'Copied.';
    };
    const machine = await startMachine(
      await open(),
      time0,
      [says('week', { work, make: async () => ({ to: [], work: true }) })],
      { success_rate_audit: time('0 9 * * 1') },
    );
    await time0.clock.advanceTo(Date.parse('2026-11-24T12:00:00Z'));
    expect(hours).toEqual(['08:00', '09:00', '10:00']);
    const rows = await eventsOf(machine.world.db, 'post/success_rate_audit/2026-W48');
    expect(rows.map(({ type }) => type)).toEqual(['Published', 'WorkFailed', 'WorkFailed', 'WorkDone']);
  });

  it('is given up for its period when it fails all morning, and comes again for the next', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    let tries = 0;
    const work = async () => {
      tries++;
      throw new Error('The disk is full.');
    };
    await startMachine(
      await open(),
      time0,
      [says('week', { work, make: async () => ({ to: [], work: true }) })],
      { success_rate_audit: time('0 9 * * 1') },
    );
    await time0.clock.advanceTo(Date.parse('2026-11-29T12:00:00Z'));
    expect(tries).toBe(6);
    await time0.clock.advanceTo(Date.parse('2026-11-30T08:30:00Z'));
    expect(tries).toBe(7);
  });
});

onPostgres('posts of two replicas', (open) => {
  it('come once between them, whoever is quicker and whoever is down', async () => {
    const time0 = calendarClock('2026-03-20T12:00:00Z');
    const db = await open();
    const other = await open(db);
    const schedule = { success_rate_audit: time('30 2 * * *') };
    let made = 0;
    const daily = says('day', {
      make: async () => {
        made++;
        return { to: [NADIA] };
      },
    });
    const one = await startMachine(db, time0, [daily], schedule);
    const two = await startMachine(other, time0, [daily], schedule);
    await time0.clock.advanceTo(Date.parse('2026-03-31T12:00:00Z'));
    await one.stop();
    await time0.clock.advanceTo(Date.parse('2026-04-02T12:00:00Z'));
    const all = [...one.sent, ...two.sent];
    expect(new Set(all).size).toBe(13);
    expect(all).toHaveLength(13);
    expect(made).toBeGreaterThanOrEqual(13);
    expect([...one.world.lines, ...two.world.lines]).toEqual([]);
  });

  it('collide on the key of the period when both publish it at once', async () => {
    const time0 = calendarClock('2026-11-22T12:00:00Z');
    const db = await open();
    const schedule = { success_rate_audit: time('0 9 * * 1') };
    const one = await startMachine(db, time0, [says('week')], schedule);
    const two = await startMachine(await open(db), time0, [says('week')], schedule);
    const timer = { type: 'Come', due: Date.parse('2026-11-23T08:00:00Z'), day: Date.UTC(2026, 10, 23) };
    await Promise.all(
      [one, two, one, two].map(({ world }) => giveDue(world, 'post/success_rate_audit/2026-W48', timer)),
    );
    await time0.clock.advanceTo(Date.parse('2026-11-24T12:00:00Z'));
    expect([...one.sent, ...two.sent]).toHaveLength(1);
    await planPosts(one.world);
    expect(await eventsOf(db, 'post/success_rate_audit/2026-W48')).toHaveLength(1);
  });
});
