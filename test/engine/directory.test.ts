import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { changeEvents, workspaceEvents } from '../../src/db/events.ts';
import { groupMembers, knownGroups, saveMembers } from '../../src/db/groups.ts';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { startDelivery } from '../../src/engine/deliver.ts';
import { handle } from '../../src/engine/handle.ts';
import { setUp, WORKSPACE } from '../../src/engine/setup.ts';
import { keepDirectory } from '../../src/slack/wire/directory.ts';
import { DANA, EVERYBODY, JONAS, LUCIA, SAM, WEI } from '../change/company.ts';
import { standard } from '../change/proposals.ts';
import { onBoth, onPostgres } from '../db/both.ts';
import { behindProxy } from './behind-proxy.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

const TEAM = 'T0OURS';
type Person = { id: string; updated?: number; [more: string]: unknown };

/** As much of Slack as reading the directory uses. */
function slackWith(said: { people?: Person[]; hidden?: Person[]; groups?: object[] }) {
  const whole: { people: Person[]; hidden: Person[]; groups: object[] } = {
    people: EVERYBODY.map((id) => member(id)),
    hidden: [],
    groups: [],
    ...said,
  };
  const asked: string[] = [];
  const client = {
    async *paginate(method: string) {
      yield method === 'users.list'
        ? { ok: true, members: whole.people, response_metadata: { next_cursor: '' } }
        : { ok: true, channels: [] };
    },
    auth: { test: async () => ({ team_id: TEAM }) },
    usergroups: { list: async () => ({ usergroups: whole.groups }) },
    users: {
      async info({ user: id }: { user: string }) {
        asked.push(id);
        const found = [...whole.people, ...whole.hidden].find((person) => person.id === id);
        if (!found) throw new WebAPIPlatformError({ ok: false, error: 'user_not_found' });
        return { user: found };
      },
    },
  };
  return { whole, asked, client: client as unknown as WebClient };
}

const member = (id: string, more: object = {}): Person => ({
  id,
  name: id,
  real_name: id,
  team_id: TEAM,
  ...more,
});

/** Keeps the directory of a world as this Slack has it, until the test ends. */
function keeping(world: TestWorld, client: WebClient) {
  const directory = keepDirectory(world, client);
  onTestFinished(() => directory.stop());
  return directory;
}

onBoth('the directory', (open) => {
  async function company() {
    const world = makeTestWorld(await open());
    await settle(world);
    return world;
  }
  const isGuest = async ({ db }: TestWorld, id: string) => (await findPerson(db, id))?.isGuest;
  const hasLeft = async ({ db }: TestWorld, id: string) => (await findPerson(db, id))?.deactivated;

  it('asks about whom Slack does not list, and takes only for gone or strange who is so by its own word', async () => {
    const world = await company();
    const { client, asked } = slackWith({
      people: EVERYBODY.filter((id) => ![SAM, WEI, LUCIA].includes(id)).map((id) => member(id)),
      hidden: [member(SAM, { team_id: 'T0OTHER' }), member(WEI)],
    });
    await keeping(world, client).read();
    expect(asked.toSorted()).toEqual([LUCIA, SAM, WEI].toSorted());
    expect([await isGuest(world, SAM), await hasLeft(world, SAM)]).toEqual([true, false]);
    expect([await isGuest(world, WEI), await hasLeft(world, WEI)]).toEqual([false, false]);
    expect([await isGuest(world, LUCIA), await hasLeft(world, LUCIA)]).toEqual([false, true]);
  });

  it('drops nobody where a page, or the question about somebody, has failed', async () => {
    const world = await company();
    const { client, whole } = slackWith({ people: EVERYBODY.slice(1).map((id) => member(id)) });
    const failing = {
      ...client,
      async *paginate() {
        yield { ok: true, members: whole.people.slice(0, 2), response_metadata: { next_cursor: 'next' } };
        throw new Error('Slack is away');
      },
    };
    await keeping(world, failing as unknown as WebClient).read();
    const away = { info: async () => Promise.reject(new Error('Slack is away')) };
    await keeping(world, { ...client, users: away } as unknown as WebClient).read();
    for (const id of EVERYBODY)
      expect([id, await isGuest(world, id), await hasLeft(world, id)]).toEqual([id, false, false]);
  });

  it('does not take what was so before for what is so now, wherever it comes from', async () => {
    const world = await company();
    const replica = makeTestWorld(await open(world.db), world.clock);
    const { client, whole } = slackWith({});
    whole.people = EVERYBODY.map((id) => member(id, { updated: 200, real_name: 'New' }));
    await keeping(world, client).read();
    whole.people = EVERYBODY.map((id) => member(id, { updated: 100, real_name: 'Old', deleted: true }));
    await keeping(replica, client).read();
    expect(await findPerson(world.db, JONAS)).toMatchObject({ realName: 'New', deactivated: false });
    const left = async () =>
      (await workspaceEvents(world.db, WORKSPACE)).events.filter(
        (event) => event.type === 'PersonGone' && event.person === JONAS,
      );
    expect(await left()).toEqual([]);
    // Somebody who is as they were, only later: what came between does not undo that.
    whole.people = EVERYBODY.map((id) => member(id, { updated: 400, real_name: 'New' }));
    await keeping(world, client).read();
    whole.people = EVERYBODY.map((id) => member(id, { updated: 300, real_name: 'Old' }));
    await keeping(replica, client).read();
    expect((await findPerson(world.db, JONAS))?.realName).toBe('New');
    whole.people = EVERYBODY.map((id) => member(id, { updated: 400, deleted: true }));
    await keeping(replica, client).read();
    expect(await hasLeft(world, JONAS)).toBe(true);
    expect(await left()).toHaveLength(1);
  });

  it('keeps what was saved of somebody at a later time while it was on its way', async () => {
    const { db } = await company();
    const jonas = (await findPerson(db, JONAS)) ?? expect.fail('not there');
    await savePeople(db, [{ ...jonas, realName: 'New', updated: 2_000 }]);
    await savePeople(db, [{ ...jonas, realName: 'Old', updated: 1_000 }]);
    expect((await findPerson(db, JONAS))?.realName).toBe('New');
  });

  it('ends with the last of two quick changes of a group, though they are read and saved the wrong way round', async () => {
    const world = await company();
    const replica = makeTestWorld(await open(world.db), world.clock);
    const peers = (users: string[], handle = 'peers') => [{ id: 'S0PEERS', handle, users }];
    const { client, whole } = slackWith({ groups: peers([JONAS]) });
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let times = 0;
    const slow = {
      ...client,
      usergroups: {
        async list() {
          const usergroups = whole.groups;
          times += 1;
          if (times === 1) await held;
          return { usergroups };
        },
      },
    };
    const here = keeping(world, slow as unknown as WebClient);
    here.groupsAltered();
    await vi.waitFor(() => expect(times).toBe(1));
    whole.groups = peers([WEI], 'reviewers');
    const there = keeping(replica, client);
    there.groupsAltered();
    await vi.waitFor(async () => expect(await groupMembers(world.db, 'S0PEERS')).toEqual([WEI]));
    goOn();
    await vi.waitFor(() => expect(times).toBeGreaterThan(1));
    await here.stop();
    expect(await groupMembers(world.db, 'S0PEERS')).toEqual([WEI]);
    expect(await knownGroups(world.db)).toEqual([{ id: 'S0PEERS', name: 'reviewers' }]);
  });

  it('has the record tell who came into a group that holds a role and went, also where only a person has altered', async () => {
    const world = await company();
    await setUp(world, { roles: { peer_reviewer: ['S0PEERS'] } }, 'docket');
    const { client, whole } = slackWith({
      groups: [{ id: 'S0PEERS', handle: 'peers', users: [JONAS, SAM, 'U0NEW00001'] }],
    });
    const directory = keeping(world, client);
    await directory.read();
    whole.people = [
      ...EVERYBODY.map((id) => member(id, id === JONAS ? { is_restricted: true } : {})),
      member('U0NEW00001'),
    ];
    await directory.read();
    await directory.read();
    const { events } = await workspaceEvents(world.db, WORKSPACE);
    expect(
      events.flatMap((event) => (event.type === 'GroupSeen' ? [[event.joined, event.left]] : [])),
    ).toEqual([
      [[JONAS, SAM], []],
      [['U0NEW00001'], [JONAS]],
    ]);
  });

  it('reads groups anew where Slack did not give them, without waiting for the night', async () => {
    const world = await company();
    const { client } = slackWith({ groups: [{ id: 'S0PEERS', handle: 'peers', users: [JONAS] }] });
    let away = true;
    const list = async () => {
      if (away) throw new Error('Slack is away');
      return client.usergroups.list();
    };
    keeping(world, { ...client, usergroups: { list } } as unknown as WebClient).groupsAltered();
    await vi.waitFor(() => expect(world.lines.join()).toContain('user groups could not be read'));
    away = false;
    await world.clock.advanceTo(world.clock.now() + 31_000);
    await vi.waitFor(async () => expect(await groupMembers(world.db, 'S0PEERS')).toEqual([JONAS]));
  });
});

onPostgres('who is asked', (open, urls) => {
  it('is asked anew also where the process that learnt of it got no further', async () => {
    const other = makeTestWorld(await open());
    await settle(other);
    await saveMembers(other.db, [{ group: 'S0PEERS', members: [WEI] }]);
    await setUp(other, { roles: { peer_reviewer: ['S0PEERS'] } }, 'docket');
    await handle(
      other,
      'c-1',
      { type: 'Submit', id: 'c-1', category: 'standard', proposal: standard() },
      DANA,
    );
    const delivery = startDelivery(other, async () => ({ end: 'done' }));
    onTestFinished(() => delivery.stop());
    await delivery.idle();
    const { world, connection } = await behindProxy(other, urls.of(other.db));
    const { client } = slackWith({ groups: [{ id: 'S0PEERS', handle: 'peers', users: [SAM] }] });
    // The first that is read of changes.
    connection.cut('from "changes"', 'before it arrives', { thenAway: true });
    const directory = keepDirectory(world, client);
    await directory.read();
    await directory.stop();
    expect(await groupMembers(other.db, 'S0PEERS')).toEqual([SAM]);
    other.wake();
    const reassigned = async () =>
      (await changeEvents(other.db, 'c-1')).filter(({ type }) => type === 'Reassigned');
    await vi.waitFor(async () => expect(await reassigned()).toMatchObject([{ before: [WEI, LUCIA] }]));
  });
});
