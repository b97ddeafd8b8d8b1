import { expect, it } from 'vitest';
import { auditRecord } from '../../src/db/audit.ts';
import { workspaceEvents } from '../../src/db/events.ts';
import { groupMembers, saveGroup, saveMembers } from '../../src/db/groups.ts';
import { findPerson, roleHolders, savePeople } from '../../src/db/people.ts';
import { seeGroups, setUp, WORKSPACE } from '../../src/engine/setup.ts';
import { JONAS, NADIA, OLGA, SAM, WEI } from '../change/company.ts';
import { onBoth, onPostgres } from '../db/both.ts';
import { behindProxy } from './behind-proxy.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

const PEERS = { roles: { peer_reviewer: ['S1'] } };
const group = (...members: string[]) => [{ group: 'S1', members }];

/** Who came and who went, event by event. */
async function told({ db }: TestWorld) {
  const { events } = await workspaceEvents(db, WORKSPACE);
  return events.flatMap((event) => (event.type === 'GroupSeen' ? [[event.joined, event.left]] : []));
}

onBoth('who is in a user group that holds a role', (open) => {
  async function company() {
    const world = makeTestWorld(await open());
    await settle(world);
    await saveGroup(world.db, { id: 'S1', name: 'peers' });
    return world;
  }
  async function peers({ db, clock }: TestWorld) {
    const holding = (await roleHolders(db, clock.now())).get('peer_reviewer') ?? [];
    return holding.map(({ person }) => person).toSorted();
  }

  it('is stored with the event that tells of it, and the record holds together', async () => {
    const world = await company();
    await setUp(world, PEERS, NADIA);
    expect(await seeGroups(world, group(JONAS, WEI))).toBe(true);
    expect(await seeGroups(world, group(WEI, OLGA))).toBe(true);
    expect(await seeGroups(world, group(OLGA, WEI))).toBe(false);
    expect(await told(world)).toEqual([
      [[], []], // as it got its role
      [[JONAS, WEI], []],
      [[OLGA], [JONAS]],
    ]);
    expect((await groupMembers(world.db, 'S1')).toSorted()).toEqual([WEI, OLGA].toSorted());
    expect(await peers(world)).toEqual([WEI, OLGA].toSorted());
    expect((await auditRecord(world.db)).breaches).toEqual([]);
  });

  it('is told once, however many replicas see it at once, and however often one delivery makes them look', async () => {
    const world = await company();
    const replica = makeTestWorld(await open(world.db), world.clock);
    await setUp(world, PEERS, NADIA);
    const looks = [world, replica, world, replica].map((one) => seeGroups(one, group(JONAS)));
    expect((await Promise.all(looks)).filter(Boolean)).toHaveLength(1);
    await world.arriving.during({ key: 'event 1' }, async () => {
      for (const members of [[WEI], [WEI], [OLGA]]) await seeGroups(world, group(...members));
    });
    expect((await told(world)).slice(1)).toEqual([
      [[JONAS], []],
      [[WEI], [JONAS]],
      [[OLGA], [WEI]],
    ]);
  });

  it('is told of a group that gets a role later, as it is stored; until then it is in no event', async () => {
    const world = await company();
    await saveMembers(world.db, group(JONAS, WEI));
    expect(await seeGroups(world, group(JONAS, OLGA))).toBe(false);
    expect(await told(world)).toEqual([]);
    await setUp(world, PEERS, NADIA);
    const [[joined = []] = []] = await told(world);
    expect(joined.toSorted()).toEqual([JONAS, WEI].toSorted());
    expect(await peers(world)).toEqual([JONAS, WEI].toSorted());
  });

  it('are those who count: a guest in it is stored, and told of once they are none any more', async () => {
    const world = await company();
    await setUp(world, PEERS, NADIA);
    const { dm: _, ...sam } = (await findPerson(world.db, SAM)) ?? expect.fail('not there');
    await savePeople(world.db, [{ ...sam, isGuest: true }]);
    await seeGroups(world, group(JONAS, SAM));
    expect(await peers(world)).toEqual([JONAS]);
    await savePeople(world.db, [sam]);
    await seeGroups(world);
    expect(await peers(world)).toEqual([JONAS, SAM].toSorted());
    await savePeople(world.db, [{ ...sam, deactivated: true }]);
    await seeGroups(world);
    expect((await told(world)).slice(1)).toEqual([
      [[JONAS], []],
      [[SAM], []],
      [[], [SAM]],
    ]);
  });

  it('is one transaction for thousands, too', async () => {
    const world = await company();
    await setUp(world, PEERS, NADIA);
    const many = Array.from({ length: 2600 }, (_, n) => `U0MANY${n}`);
    const { dm: _, id: _id, ...like } = (await findPerson(world.db, SAM)) ?? expect.fail('not there');
    await savePeople(
      world.db,
      many.map((id) => ({ ...like, id })),
    );
    expect(await seeGroups(world, group(...many))).toBe(true);
    expect((await told(world)).slice(1).map(([joined]) => joined?.length)).toEqual([
      500, 500, 500, 500, 500, 100,
    ]);
    expect(await groupMembers(world.db, 'S1')).toHaveLength(2600);
  });
});

onPostgres('a group and its event', (open, urls) => {
  it('are saved both or neither', async () => {
    const other = makeTestWorld(await open());
    await settle(other);
    await saveGroup(other.db, { id: 'S1', name: 'peers' });
    await setUp(other, PEERS, NADIA);
    const { world, connection } = await behindProxy(other, urls.of(other.db));
    connection.cut('insert into "group_members"', 'before it arrives', { thenAway: true });
    await expect(seeGroups(world, group(JONAS))).rejects.toThrow();
    expect([await told(other), await groupMembers(other.db, 'S1')]).toEqual([[[[], []]], []]);
    connection.comeBack();
    expect(await seeGroups(world, group(JONAS))).toBe(true);
    expect([(await told(other)).length, await groupMembers(other.db, 'S1')]).toEqual([2, [JONAS]]);
  });
});
