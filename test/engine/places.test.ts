import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/calendar/zone.ts';
import type { Change } from '../../src/change/types.ts';
import { loadChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { caughtBy, handleFreeze } from '../../src/engine/freezes.ts';
import { handle } from '../../src/engine/handle.ts';
import { checkOf } from '../../src/engine/windows.ts';
import type { World } from '../../src/engine/world.ts';
import { DANA, GUIDE, JONAS, NADIA, OLGA } from '../change/company.ts';
import { standard } from '../change/proposals.ts';
import { seenNow } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
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
});
