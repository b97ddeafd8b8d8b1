import { expect, it } from 'vitest';
import { savePeople } from '../../src/db/people.ts';
import { handle } from '../../src/engine/handle.ts';
import { makeQuiet } from '../../src/engine/quiet.ts';
import type { Schedule } from '../../src/policy/posts.ts';
import { digest } from '../../src/slack/posts/digest.ts';
import { DANA, NADIA } from '../change/company.ts';
import { complete, DAY, HOUR } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { calendarClock, startMachine } from './post-world.ts';

const DAILY: Schedule = { at: '30 9 * * *', dayOff: 'as planned', skipAfterHours: 12 };

onSqlite('the digest', (open) => {
  /** Nadia, for whom a change waits, lives where half past nine is half past eleven in a winter's evening in Berlin. */
  async function company(from: string, zone = 'Pacific/Noumea') {
    const time = calendarClock(from);
    const machine = await startMachine(await open(), time, [digest], { digest: DAILY });
    const { world, sent } = machine;
    const rest = { isAdmin: false, isBot: false, isGuest: false, deactivated: false };
    await savePeople(world.db, [{ id: NADIA, name: 'nadia', realName: 'Nadia', zone, ...rest }]);
    const startsAt = Math.floor(time.clock.now() / DAY) * DAY + 20 * DAY + HOUR;
    const proposal = complete.normal({ startsAt, endsAt: startsAt + HOUR });
    await handle(world, 'c-1', { type: 'Submit', id: 'c-1', category: 'normal', proposal }, DANA);
    const days = () => sent.filter((id) => id.includes(NADIA)).map((id) => id.split('/')[2]);
    return { ...machine, time, clock: time.clock, days };
  }

  it('comes every day, also where the night is an hour longer', async () => {
    const { clock, days } = await company('2026-10-23T12:00:00Z');
    await clock.advanceTo(Date.parse('2026-10-28T12:00:00Z'));
    expect(days()).toEqual(['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27', '2026-10-28']);
  });

  it('does not come where its hour was long ago when Docket is back: half of the day is over', async () => {
    const { time, clock, days, world, stop } = await company('2026-11-04T22:45:00Z', 'Europe/Berlin');
    await clock.advanceTo(Date.parse('2026-11-05T00:00:00Z'));
    await stop();
    await clock.advanceTo(Date.parse('2026-11-05T21:00:00Z'));
    const later = await startMachine(world.db, time, [digest], { digest: DAILY });
    await clock.advanceTo(Date.parse('2026-11-06T12:00:00Z'));
    expect(days()).toEqual([]);
    const theirs = later.sent.filter((id) => id.includes(NADIA)).map((id) => id.split('/')[2]);
    expect(theirs).toEqual(['2026-11-06']);
  });

  it('comes to whom a reminder was not sent for it, also if at night nothing waited for them', async () => {
    const { clock, days, world } = await company('2026-11-03T12:00:00Z');
    const going = { do: 'note', to: NADIA, calm: true, fold: clock.now() + DAY } as const;
    expect(await makeQuiet(world).gate({ id: 'x', stream: 'c-1', effect: going })).toBe('folded');
    await clock.advanceTo(clock.now() + 11 * HOUR);
    expect(days()).toEqual(['2026-11-04']);
  });
});
