import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/calendar/zone.ts';
import type { Change } from '../../src/change/types.ts';
import { obstaclesNow } from '../../src/change/window-rules.ts';
import { loadChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { loadFacts } from '../../src/engine/facts.ts';
import { caughtBy, handleFreeze } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { checkOf } from '../../src/engine/windows.ts';
import type { World } from '../../src/engine/world.ts';
import { DANA, GUIDE, JONAS, KLAUS, MAYA, NADIA, OLGA, PRIYA } from '../change/company.ts';
import { emergency, standard } from '../change/proposals.ts';
import {
  approves as agrees,
  filesEmergency,
  finishes,
  prepares,
  recordsTests,
  seenNow,
  starts,
} from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { does } from './give-steps.ts';
import { makeTestWorld, settle } from './open-world.ts';

const { startsAt = 0, endsAt = 0 } = standard();
/** A company in which windows may not clash. */
const blocking = (db: Db): World => ({ ...makeTestWorld(db), policy: { ...GUIDE, clashes: 'block' } });

async function files(world: World, night: number): Promise<Change> {
  const id = world.newId();
  const window = { startsAt: startsAt + night * DAY, endsAt: endsAt + night * DAY };
  const intent = { type: 'Submit', id, category: 'standard', proposal: standard(window) } as const;
  return (await handle(world, id, intent, DANA)).change;
}
async function approves(world: World, change: Change, by: string): Promise<Change> {
  const intent = { type: 'Decide', verdict: 'approve', seen: seenNow(change) } as const;
  return (await handle(world, change.id, intent, by)).change;
}

onBoth('places in the calendar', (open) => {
  it('are given once, whoever asks at the same instant, on whatever replica', async () => {
    const db = await open();
    const replicas = [blocking(db), blocking(await open(db))];
    const [one, other] = replicas;
    if (!one || !other) throw new Error('no replicas');
    await settle(one);
    for (let night = 0; night < 5; night++) {
      const rivals = [];
      for (let n = 0; n < 4; n++) rivals.push(await files(one, night * 7));
      const approved = await Promise.all(
        rivals.map((change, n) => approves(n % 2 === 0 ? one : other, change, n % 2 === 0 ? JONAS : OLGA)),
      );
      expect(approved.filter(({ status }) => status === 'scheduled')).toHaveLength(1);
      const others = approved.filter(({ status }) => status === 'approved');
      expect(others).toHaveLength(3);
      for (const each of others)
        expect(each).toMatchObject({ against: [{ kind: 'clash', weight: 'refused' }] });
    }
    expect(verify(await eventsOf(db, 'calendar'))).toMatchObject({ ok: true, count: 5 });
  }, 60_000);

  it('are not given by a calendar in which a freeze is just being declared', async () => {
    const db = await open();
    const [one, other] = [makeTestWorld(db), makeTestWorld(await open(db))];
    await settle(one);
    for (let night = 0; night < 5; night++) {
      const change = await files(one, night * 7);
      const time = { startsAt: startsAt + night * 7 * DAY - HOUR, endsAt: endsAt + night * 7 * DAY };
      const scope = { systems: [], environments: [], categories: [] };
      const freeze = { kind: 'hard', ...time, reason: 'Sale', scope } as const;
      const id = `freeze/${night}`;
      await Promise.all([
        approves(one, change, JONAS),
        handleFreeze(other, id, { type: 'Declare', freeze }, NADIA),
      ]);
      // Whichever was first: what the freeze then finds is told, and has no place any more.
      for (const { id: caught } of await caughtBy(one, freeze))
        await handle(one, caught, { type: 'MeetFreeze', freeze: id }, 'docket');
      const now = (await loadChange(db, change.id))?.state;
      expect(now).toMatchObject({ status: 'approved', against: [{ kind: 'hard freeze' }] });
    }
  }, 60_000);

  it('are checked with everything that stands against them, and what is free instead', async () => {
    const world = blocking(await open());
    await settle(world);
    await approves(world, await files(world, 0), JONAS);
    const risk = { level: 'low' as const, points: 0, reasons: [] };
    const wanted = { requester: DANA, category: 'standard' as const, proposal: standard(), risk };
    const check = await checkOf(world, wanted);
    expect(check?.found).toMatchObject([{ kind: 'clash', clash: { with: { status: 'scheduled' } } }]);
    expect(check?.free).toHaveLength(3);
    expect(check?.free[0]?.startsAt).toBeGreaterThanOrEqual(endsAt);
  });

  it('are taken by what is carried out without a window from its start until it is over', async () => {
    const db = await open();
    const world = makeTestWorld(db);
    await settle(world);
    const agreed = [agrees(MAYA), agrees(OLGA), agrees(KLAUS)];
    await does(world, 'e-1', filesEmergency, ...agreed, recordsTests(PRIYA), prepares(PRIYA));
    const from = world.clock.now();
    const risk = { level: 'low' as const, points: 0, reasons: [] };
    const clashes = async (hours: number, systems = ['payments'], at = from) => {
      const window = { startsAt: at + hours * HOUR, endsAt: at + (hours + 1) * HOUR };
      const proposal = standard({ ...window, systems });
      const asked = { ...world, clock: { ...world.clock, now: () => at } };
      const check = await checkOf(asked, { requester: DANA, category: 'standard', proposal, risk });
      return check?.found.filter(({ kind }) => kind === 'clash') ?? [];
    };
    expect(await clashes(1)).toEqual([]);
    await does(world, 'e-1', starts(PRIYA));
    const place = { startsAt: from, endsAt: from + 2 * HOUR };
    const running = { with: { id: 'e-1', title: 'Stop double charges', status: 'implementing', ...place } };
    expect(await clashes(1)).toMatchObject([{ weight: 'warning', clash: running }]);
    // Also on what depends on its systems, and not on others, nor when it is to be over.
    expect(await clashes(1, [depending('payments')])).toMatchObject([{ clash: running }]);
    expect(await clashes(1, ['monitoring'])).toEqual([]);
    expect(await clashes(3)).toEqual([]);
    // By then it has overrun, and is in its place as long as it is not finished.
    expect(await clashes(0, ['payments'], from + 5 * HOUR)).toMatchObject([
      { clash: { with: { id: 'e-1' } } },
    ]);
    const other = emergency({ implementer: OLGA });
    const seen = await loadFacts(world, { around: [{ start: from, end: from + 60_000 }] });
    const second = { requester: DANA, category: 'emergency' as const, proposal: other, risk };
    expect(obstaclesNow(second, seen, from)).toMatchObject([{ kind: 'clash', weight: 'warning' }]);
    await does(world, 'e-1', finishes(PRIYA));
    expect(await clashes(1)).toEqual([]);
  });
});

/** A system that depends on this one. */
function depending(on: string): string {
  const [id] = Object.entries(GUIDE.systems).find(([, { dependsOn }]) => dependsOn?.includes(on)) ?? [];
  return id ?? expect.fail(`nothing depends on ${on}`);
}
