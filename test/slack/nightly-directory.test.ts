import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { groupMembers, saveGroup, saveMembers } from '../../src/db/groups.ts';
import { findPerson, roleHolders, savePeople } from '../../src/db/people.ts';
import { setUp } from '../../src/engine/setup.ts';
import { keepDirectory, meet } from '../../src/slack/wire/directory.ts';
import { DANA, LUCIA, WEI } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';
import { asked, filed } from './steps.ts';

/** Has left, as Slack knows. */
const EVA = 'U02EVA00016';

it('finds out by itself, every night, who has left although no event has told of it', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  for (const night of [1, 2]) {
    const eva = (await findPerson(db, EVA)) ?? expect.fail('the directory was not read');
    await savePeople(db, [{ ...eva, deactivated: false }]);
    await slack.clock.advanceTo(START + night * DAY);
    await vi.waitFor(async () => expect((await findPerson(db, EVA))?.deactivated).toBe(true), 5_000);
  }
});

it('lets nobody decide by a user group that was switched off, and asks who is left', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  // As it was remembered while the group was still in use; Slack lists it no more.
  await saveGroup(db, { id: 'S02OLDPEERS', name: 'old-peers' });
  await saveMembers(db, [{ group: 'S02OLDPEERS', members: [WEI] }]);
  await setUp(
    docket.world,
    { roles: { peer_reviewer: ['S02OLDPEERS'], development_lead: [LUCIA] } },
    'docket',
  );
  await filed(docket, DANA, 'standard');
  const card = await asked(slack.as('wei'), 'Peer review');
  await slack.clock.advanceTo(START + DAY);
  await slack.as('wei').eventually(() => !slack.as('wei').read(card).includes('[Approve]'));
  expect((await roleHolders(db, docket.world.clock.now())).get('peer_reviewer')).toBeUndefined();
  expect(slack.as('lucia').read(await asked(slack.as('lucia'), 'Peer review'))).toContain('[Approve]');
});

it('reads who is in all groups at once, since Slack answers few questions about single ones', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  await saveMembers(db, [{ group: 'S02SENIORS3', members: [LUCIA] }]);
  await slack.clock.advanceTo(START + DAY);
  await vi.waitFor(async () => expect(await groupMembers(db, 'S02SENIORS3')).toContain(WEI), 5_000);
  expect(slack.calls('usergroups.users.list')).toEqual([]);
});

it('asks again half a minute after it failed, once however often it failed, and no more once it is stopped', async () => {
  const { slack, docket } = await openDocket();
  let times = 0;
  const client = {
    // biome-ignore lint/correctness/useYield: Slack is away, so there is no page
    async *paginate() {
      times += 1;
      throw new Error('Slack is away');
    },
  };
  // Reading begins with this one call, which fails.
  const directory = keepDirectory(docket.world, client as unknown as WebClient);
  for (let n = 0; n < 3; n++) await directory.read();
  const soon = () => slack.clock.advanceTo(docket.world.clock.now() + 31_000);
  await soon();
  await vi.waitFor(() => expect(times).toBe(4));
  await directory.stop();
  await soon();
  expect(times).toBe(4);
});

it('goes on where Slack had it wait, and reads everybody but whom it cannot make anything of', async () => {
  const { slack, docket } = await openDocket();
  const { world } = docket;
  const pages: Record<string, object> = {
    '': { members: [{ id: 'U0PAGE00001', name: 'one' }, { id: 7 }, { id: 'U0PAGE00002', name: 'two' }] },
    second: { members: [{ id: 'U0PAGE00003', name: 'three' }] },
  };
  const asked: string[] = [];
  let full = true;
  const client = {
    async *paginate(_: string, { cursor = '' }: { cursor?: string }) {
      for (const [at, next] of [
        ['', 'second'],
        ['second', ''],
      ] as const) {
        if (at < cursor) continue;
        asked.push(at);
        if (at === 'second' && full) throw new WebAPIRateLimitedError(60);
        yield { ok: true, ...pages[at], response_metadata: { next_cursor: next } };
      }
    },
    usergroups: { list: async () => ({ usergroups: [] }) },
    // Of those who were remembered before and are on neither page Slack says nothing that can be read.
    users: { info: async () => ({}) },
  };
  const directory = keepDirectory(world, client as unknown as WebClient); // as much of it as is used
  onTestFinished(() => directory.stop());
  await directory.read();
  expect((await findPerson(world.db, 'U0PAGE00002'))?.name).toBe('two');
  full = false;
  await slack.clock.advanceTo(world.clock.now() + 59_000);
  expect(asked).toEqual(['', 'second']);
  await slack.clock.advanceTo(world.clock.now() + 2_000);
  await vi.waitFor(async () => expect((await findPerson(world.db, 'U0PAGE00003'))?.name).toBe('three'));
  expect(asked).toEqual(['', 'second', 'second']);
});

it('takes nobody of another company for a member, though they share a channel and so are no strangers to Slack', async () => {
  const { docket } = await openDocket();
  const { world } = docket;
  const users: Record<string, object> = {
    U0OTHER0001: { team_id: 'T0OTHER' },
    U0OURS00001: { team_id: 'T0OURS' },
    // Of a company with several workspaces, of which ours is one.
    U0OURS00002: { team_id: 'T0HOME', enterprise_user: { teams: ['T0HOME', 'T0OURS'] } },
  };
  const client = {
    auth: { test: async () => ({ team_id: 'T0OURS' }) },
    users: { info: async ({ user: id }: { user: string }) => ({ user: { id, name: id, ...users[id] } }) },
  };
  for (const id of Object.keys(users)) await meet(world, client as unknown as WebClient, id); // as much of it as is used
  const guests = await Promise.all(
    Object.keys(users).map(async (id) => (await findPerson(world.db, id))?.isGuest),
  );
  expect(guests).toEqual([true, false, false]);
});
