import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { workingHours } from '../../src/calendar/hours.ts';
import { stillReminds } from '../../src/change/decide/reminder.ts';
import { waitingFor } from '../../src/change/seats.ts';
import { isUnderReview } from '../../src/change/states.ts';
import { listChanges, loadChange } from '../../src/db/changes.ts';
import { changeEvent } from '../../src/db/events.ts';
import { savePeople } from '../../src/db/people.ts';
import { type Perform, startDelivery } from '../../src/engine/deliver.ts';
import { loadFacts } from '../../src/engine/facts.ts';
import { handle } from '../../src/engine/handle.ts';
import type { AnyEffect } from '../../src/engine/outbox-rows.ts';
import { endOfNight, makeQuiet } from '../../src/engine/quiet.ts';
import type { Category } from '../../src/policy/schema.ts';
import { DANA, EVERYBODY, GUIDE, MAYA, NADIA } from '../change/company.ts';
import { complete, DAY, HOUR } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';
import { calendarClock } from './post-world.ts';

const ZONES = [
  ...[
    'Europe/Berlin',
    'America/Los_Angeles',
    'Asia/Kolkata',
    'Pacific/Auckland',
    'Pacific/Kiritimati',
    'nowhere',
  ],
];

interface Told {
  to: string;
  at: number;
  percent: number;
}

/** A company spread over the world, over some days in which nobody decides anything. */
async function company(
  open: Parameters<Parameters<typeof onSqlite>[1]>[0],
  zones: readonly string[],
  from: string,
  categories: readonly Category[],
  days: number,
) {
  const { clock, waitFor } = calendarClock(from);
  const world = makeTestWorld(await open(), clock);
  await settle(world);
  const row = { isAdmin: false, isBot: false, isGuest: false, deactivated: false };
  const zoneOf = (id: string) => zones[EVERYBODY.indexOf(id) % zones.length] ?? 'UTC';
  await savePeople(
    world.db,
    EVERYBODY.map((id) => ({ id, name: id, realName: id, zone: zoneOf(id), ...row })),
  );
  const told: Told[] = [];
  const perform: Perform = async ({ effect, stream, seq }) => {
    if (effect.do !== 'note' || effect.to === 'thread') return { end: 'done' };
    const event = await changeEvent(world.db, stream, seq);
    const change = (await loadChange(world.db, stream))?.state;
    const { holders } = await loadFacts(world);
    if (event?.type === 'Reminded' && change && stillReminds(event, change, effect.to, holders))
      told.push({ to: effect.to, at: clock.now(), percent: event.percent });
    return { end: 'done' };
  };
  const delivery = startDelivery(world, perform);
  onTestFinished(() => delivery.stop());
  waitFor(() => delivery.idle());
  for (const category of categories) {
    const id = world.newId();
    const startsAt = Math.floor(clock.now() / DAY) * DAY + 20 * DAY + HOUR;
    const proposal =
      category === 'emergency'
        ? complete.emergency({ implementer: MAYA })
        : complete[category]({ startsAt, endsAt: startsAt + HOUR });
    await handle(world, id, { type: 'Submit', id, category, proposal }, DANA);
  }
  await clock.advanceTo(clock.now() + days * DAY);
  return { world, told, zoneOf };
}

/** Whether the company's hours are open on the wall of a zone; of one that there is not, on the company's own. */
function works(zone: string, at: number): boolean {
  const known = zone === 'nowhere' ? GUIDE.zone : zone;
  const range = { start: at, end: at + 60_000 };
  return workingHours({ ...GUIDE, zone: known }, range).some(({ start }) => start === at);
}

onSqlite('reminders', (open) => {
  it('reach nobody outside their own working hours, wherever they live and whenever it is filed', async () => {
    const stories = fc.record({
      zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1 }),
      from: fc.constantFrom(
        ...['2026-03-27T10:00:00Z', '2026-10-23T15:30:00Z', '2026-12-23T21:00:00Z', '2026-06-03T08:12:00Z'],
      ),
    });
    await fc.assert(
      fc.asyncProperty(stories, async ({ zones, from }) => {
        const { world, told, zoneOf } = await company(open, zones, from, ['normal', 'standard'], 6);
        expect(told.length).toBeGreaterThan(0);
        for (const { to, at } of told) expect(works(zoneOf(to), at), `${to} at ${at}`).toBe(true);
        // Nobody decided, so somebody is named and has been asked while they worked.
        const { holders } = await loadFacts(world);
        const change = (await changesOf(world)).find(isUnderReview) ?? expect.fail('nothing waits');
        expect(waitingFor(change, holders).some((person) => told.some(({ to }) => to === person))).toBe(true);
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('of an emergency come by day and by night', async () => {
    const { told } = await company(open, ['Europe/Berlin'], '2026-06-06T22:00:00Z', ['emergency'], 1);
    const to = told
      .filter((each) => each.to === MAYA)
      .map(({ at }) => (at - Date.parse('2026-06-06T22:00Z')) / HOUR);
    expect(to.slice(0, 5)).toEqual([1, 1.6, 2, 2.5, 3]);
    expect(told.some((each) => each.to === NADIA)).toBe(true);
  });

  it('that were held through a night are said once, by the latest of them', async () => {
    const { told } = await company(open, ['Pacific/Auckland'], '2026-06-03T08:00:00Z', ['standard'], 1);
    const first = told.filter(({ at }) => at === Math.min(...told.map((each) => each.at)));
    expect(new Set(first.map(({ to }) => to)).size).toBe(first.length);
  });
});

describe('a night', () => {
  const berlin = (wall: string) => Date.parse(`${wall}+01:00`);
  const until = (wall: string, night = { from: '20:00', to: '07:00' }) => {
    const end = endOfNight({ ...GUIDE, messages: { night } }, berlin(wall));
    return end === undefined ? 'by day' : new Date(end).toISOString();
  };

  it.each([
    ['2026-01-14T19:59:59', 'by day'],
    ['2026-01-14T20:00:00', '2026-01-15T06:00:00.000Z'],
    ['2026-01-15T00:00:00', '2026-01-15T06:00:00.000Z'],
    ['2026-01-15T06:59:59', '2026-01-15T06:00:00.000Z'],
    ['2026-01-15T07:00:00', 'by day'],
    // The clocks go forward in it.
    ['2026-03-28T23:00:00', '2026-03-29T05:00:00.000Z'],
  ])('at %s ends: %s', (wall, end) => {
    expect(until(wall)).toBe(end);
  });

  it('may begin after midnight, and need not be', () => {
    const short = { from: '01:00', to: '06:00' };
    expect(until('2026-01-15T00:30:00', short)).toBe('by day');
    expect(until('2026-01-15T05:00:00', short)).toBe('2026-01-15T05:00:00.000Z');
    expect(until('2026-01-15T23:00:00', short)).toBe('by day');
    expect(endOfNight({ ...GUIDE, messages: {} }, berlin('2026-01-15T03:00:00'))).toBeUndefined();
  });
});

onSqlite('what asks somebody for a decision', (open) => {
  /** When each card that asks came, of a change filed at ten in the evening in Berlin. */
  async function asked(category: Category, zone: string) {
    const { clock, waitFor } = calendarClock('2026-06-03T20:00:00Z');
    const world = makeTestWorld(await open(), clock);
    await settle(world);
    const row = { isAdmin: false, isBot: false, isGuest: false, deactivated: false };
    const people = EVERYBODY.map((id) => ({ id, name: id, realName: id, zone, ...row }));
    await savePeople(world.db, people);
    const came: number[] = [];
    const delivery = startDelivery(world, async ({ effect }) => {
      if (effect.do === 'card' && effect.card === 'ask') came.push(clock.now());
      return { end: 'done' };
    });
    onTestFinished(() => delivery.stop());
    waitFor(() => delivery.idle());
    const startsAt = Math.floor(clock.now() / DAY) * DAY + 20 * DAY + HOUR;
    const proposal =
      category === 'emergency'
        ? complete.emergency({ implementer: MAYA })
        : complete[category]({ startsAt, endsAt: startsAt + HOUR });
    const id = world.newId();
    await handle(world, id, { type: 'Submit', id, category, proposal }, DANA);
    await delivery.idle();
    await clock.advanceTo(clock.now() + 10 * HOUR);
    return [...new Set(came)].map((at) => new Date(at).toISOString());
  }

  it('waits until the morning of their own zone, and comes at once where it is day', async () => {
    expect(await asked('standard', 'Europe/Berlin')).toEqual(['2026-06-04T05:00:00.000Z']);
    expect(await asked('standard', 'America/Los_Angeles')).toEqual(['2026-06-03T20:00:00.000Z']);
  });

  it('comes at any hour where it is an emergency', async () => {
    expect(await asked('emergency', 'Europe/Berlin')).toEqual(['2026-06-03T20:00:00.000Z']);
  });
});

onSqlite('what says nothing any more from an instant on', (open) => {
  // Friday evening in Berlin; people work again on Monday at nine.
  const friday = '2026-06-05T20:00:00Z';

  async function comes(before: string, now = friday, more: { fold?: number } = {}) {
    const { clock } = calendarClock(now);
    const world = makeTestWorld(await open(), clock);
    await settle(world);
    const { gate } = makeQuiet(world);
    const effect = {
      do: 'note' as const,
      to: NADIA,
      calm: true as const,
      before: Date.parse(before),
      ...more,
    };
    const may = await gate({ id: 'job', stream: 'c-1', effect });
    return typeof may === 'string' ? may : new Date(may.until).toISOString();
  }

  it('waits until its person works where that is soon enough', async () => {
    expect(await comes('2026-06-08T08:00:00Z')).toBe('2026-06-08T07:00:00.000Z');
    expect(await comes('2026-06-08T08:00:00Z', '2026-06-08T07:30:00Z')).toBe('go');
  });

  it('else comes by day, on a day off, too', async () => {
    expect(await comes('2026-06-06T19:00:00Z')).toBe('2026-06-06T05:00:00.000Z');
    expect(await comes('2026-06-06T19:00:00Z', '2026-06-06T10:00:00Z')).toBe('go');
  });

  it('wakes nobody', async () => {
    expect(await comes('2026-06-06T02:00:00Z')).toBe('2026-06-08T07:00:00.000Z');
  });

  it('also where a digest would say it if it came in time', async () => {
    const before = '2026-06-06T19:00:00Z';
    expect(await comes(before, friday, { fold: Date.parse(before) })).toBe('2026-06-06T05:00:00.000Z');
  });
});

onSqlite('the messages of a day', (open) => {
  it('leave room for what is late, however many cards there were', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const policy = { ...GUIDE, messages: { mostPerDay: 8 } };
    const { room } = makeQuiet({ ...world, policy });
    let n = 0;
    const goes = async (effect: AnyEffect) =>
      (await room({ id: `job-${n++}`, stream: 'c-1', effect })) === undefined;
    const sent = async (count: number, effect: AnyEffect) => {
      const all = [];
      for (let i = 0; i < count; i++) all.push(await goes(effect));
      return all.filter((went) => went).length;
    };
    expect(await sent(9, { do: 'card', card: 'ask', to: NADIA })).toBe(6);
    expect(await sent(1, { do: 'note', to: NADIA, calm: true, fold: 1 })).toBe(0);
    expect(await sent(1, { do: 'note', to: NADIA })).toBe(0);
    expect(await sent(3, { do: 'note', to: NADIA, calm: true })).toBe(2);
    // Tried again it takes no second place.
    expect(await room({ id: 'job-0', stream: 'c-1', effect: { do: 'card', card: 'ask', to: NADIA } })).toBe(
      undefined,
    );
  });
});

onSqlite('a day that is full', (open) => {
  it('has room all the same for the digest, and for an emergency', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const { room } = makeQuiet({ ...world, policy: { ...GUIDE, messages: { mostPerDay: 1 } } });
    const [urgent, other] = ['c-urgent', 'c-other'];
    const emergency = complete.emergency({ implementer: MAYA });
    await handle(
      world,
      urgent,
      { type: 'Submit', id: urgent, category: 'emergency', proposal: emergency },
      DANA,
    );
    await handle(
      world,
      other,
      { type: 'Submit', id: other, category: 'normal', proposal: complete.normal() },
      DANA,
    );
    let n = 0;
    const goes = async (stream: string) =>
      (await room({ id: `job-${n++}`, stream, effect: { do: 'card', card: 'ask', to: NADIA } })) ===
      undefined;
    expect(await goes(other)).toBe(true);
    expect(await goes(other)).toBe(false);
    expect(await goes(`post/digest/2026-06-03/${NADIA}`)).toBe(true);
    expect(await goes(urgent)).toBe(true);
    expect(await goes(other)).toBe(false);
  });
});

async function changesOf(world: Awaited<ReturnType<typeof company>>['world']) {
  return (await listChanges(world.db, { limit: 10 })).map(({ change }) => change);
}
