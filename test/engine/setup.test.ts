import { expect, it } from 'vitest';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { savePeople } from '../../src/db/people.ts';
import { assignments } from '../../src/db/roles.ts';
import { readSetting } from '../../src/db/settings.ts';
import { weeklyMeetingOf } from '../../src/engine/board.ts';
import { feedAddress, mayReadFeed, renewFeedKey } from '../../src/engine/calendar-feed.ts';
import { setUp, setUpOnce } from '../../src/engine/setup.ts';
import { DANA, JONAS, NADIA, SAM } from '../change/company.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

onBoth('setting up', (open) => {
  it('keeps in the record who gave which role to whom, and nothing that stays as it was', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const before = (await eventsOf(world.db, 'workspace')).length;
    await setUp(
      world,
      { roles: { peer_reviewer: [JONAS], change_manager: [NADIA] }, announceIn: 'C1' },
      NADIA,
    );
    await setUp(world, { roles: { peer_reviewer: [JONAS] }, announceIn: 'C1' }, NADIA);
    const rows = await eventsOf(world.db, 'workspace');
    expect(verify(rows)).toMatchObject({ ok: true, count: before + 2 });
    expect(rows.slice(before).map(({ type, actor, data }) => [type, actor, JSON.parse(data)])).toEqual([
      ['RoleAssigned', NADIA, { role: 'peer_reviewer', holders: [JONAS] }],
      ['ChannelChosen', NADIA, { use: 'announceIn', channel: 'C1' }],
    ]);
    expect((await assignments(world.db)).get('peer_reviewer')).toEqual([JONAS]);
    expect(await readSetting(world.db, 'announceIn')).toBe('C1');
  });

  it('lets the board meet on another day and at another hour; saying what is so already is no event', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const before = (await eventsOf(world.db, 'workspace')).length;
    await setUp(world, { boardMeets: { day: 'thursday', time: '14:00' } }, NADIA); // as the policy has it
    await setUp(world, { boardMeets: { day: 'monday', time: '10:30' } }, NADIA);
    await setUp(world, { boardMeets: { day: 'monday', time: '10:30' } }, NADIA);
    const rows = (await eventsOf(world.db, 'workspace')).slice(before);
    expect(rows.map(({ type, data }) => [type, JSON.parse(data)])).toEqual([
      ['MeetingTimeChosen', { meets: { day: 'monday', time: '10:30' } }],
    ]);
    expect(await weeklyMeetingOf(world)).toMatchObject({
      meets: { at: '30 10 * * monday', minutes: 60 },
      agenda: { at: '0 14 * * sunday', dayOff: 'previous working day' },
    });
    await setUp(world, { boardMeets: { day: 'thursday', time: '14:00' } }, NADIA);
    expect((await weeklyMeetingOf(world))?.meets.at).toBe('0 14 * * thursday');
  });

  it('is for admins and the change manager; others change nothing', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const taken = setUp(world, { roles: { change_manager: [DANA] } }, DANA);
    await expect(taken).rejects.toMatchObject({ code: 'not your role' });
    await expect(setUp(world, { announceIn: 'C1' }, 'U0NOBODY')).rejects.toMatchObject({
      code: 'not your role',
    });
    const admin = { id: SAM, name: 'sam', realName: 'Sam', zone: 'UTC', isBot: false, isGuest: false };
    await savePeople(world.db, [{ ...admin, isAdmin: true, deactivated: false }]);
    await setUp(world, { roles: { change_manager: [] } }, SAM);
    expect((await assignments(world.db)).get('change_manager')).toBeUndefined();
  });

  it('has one key of the calendar feed, whoever asks first, and another one when it is renewed', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const readers = [DANA, JONAS, NADIA];
    const given = async () => {
      const all = await Promise.all(readers.map((by) => feedAddress(world, 'https://docket', by)));
      return all.map((address) => new URL(address).searchParams.get('key') ?? '');
    };
    const work = (keys: string[]) =>
      Promise.all(readers.map((by, n) => mayReadFeed(world, by, keys[n] ?? '')));
    const keys = await given();
    expect(await work(keys)).toEqual([true, true, true]);
    const before = (await eventsOf(world.db, 'workspace')).length;
    await expect(renewFeedKey(world, DANA)).rejects.toMatchObject({ code: 'not your role' });
    expect(await work(keys)).toEqual([true, true, true]);
    await renewFeedKey(world, NADIA);
    expect(await work(keys)).toEqual([false, false, false]);
    expect(await work(await given())).toEqual([true, true, true]);
    // Who did it is in the record; the key is not.
    const rows = (await eventsOf(world.db, 'workspace')).slice(before);
    expect(rows.map(({ type, actor, data }) => [type, actor, data])).toEqual([
      ['SetUpRefused', DANA, expect.stringContaining('"command":"RenewFeedKey","code":"not your role"')],
      ['FeedKeyRenewed', NADIA, '{}'],
    ]);
  });

  it('is done by itself only in a workspace that nobody has set up, and never for a role that is not there', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUpOnce(world, { roles: { change_manager: [DANA] } });
    expect((await assignments(world.db)).get('change_manager')).toEqual([NADIA]);
    await setUp(world, { roles: { emperor: [DANA] } }, 'docket');
    expect((await assignments(world.db)).get('emperor')).toBeUndefined();
  });
});
