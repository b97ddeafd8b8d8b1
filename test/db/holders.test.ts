import { expect, it } from 'vitest';
import type { Db } from '../../src/db/db.ts';
import { delegationStatements } from '../../src/db/delegations.ts';
import { saveMembers } from '../../src/db/groups.ts';
import { roleHolders, savePeople } from '../../src/db/people.ts';
import { assignStatements } from '../../src/db/roles.ts';
import { onBoth } from './both.ts';

const person = {
  realName: '',
  zone: 'UTC',
  isAdmin: false,
  isBot: false,
  isGuest: false,
  deactivated: false,
};
const here = (db: Db, ...ids: string[]) =>
  savePeople(
    db,
    ids.map((id) => ({ ...person, id, name: id })),
  );
const assign = (db: Db, ...holders: string[]) =>
  db.atomically((q) => assignStatements(q, db.t, 'lead', holders));
const leads = async (db: Db, at = 0) =>
  ((await roleHolders(db, at)).get('lead') ?? []).map(({ person: who }) => who).sort();

onBoth('who holds a role', (open) => {
  it('is known at once after whatever alters it, on another replica too', async () => {
    const db = await open();
    const replica = await open(db);
    const both = async () => [await leads(db), await leads(replica)];
    await here(db, 'ann', 'ben', 'cat');
    expect(await both()).toEqual([[], []]);
    await assign(replica, 'ann', 'S1');
    expect(await both()).toEqual([['ann'], ['ann']]);
    await saveMembers(db, [{ group: 'S1', members: ['ben'] }]);
    expect(await both()).toEqual([
      ['ann', 'ben'],
      ['ann', 'ben'],
    ]);
    await savePeople(replica, [{ ...person, id: 'ann', name: 'ann', deactivated: true }]);
    expect(await both()).toEqual([['ben'], ['ben']]);
    await assign(db, 'cat');
    expect(await both()).toEqual([['cat'], ['cat']]);
  });

  it('follows a delegation from its first instant to its last, without anything being written', async () => {
    const db = await open();
    await here(db, 'ann', 'ben');
    await assign(db, 'ann');
    const delegation = { id: 'd', from: 'ann', to: 'ben', startsAt: 10, endsAt: 20 };
    await db.atomically((q) => delegationStatements(q, db.t, delegation, false));
    for (const [at, who] of [
      [9, 1],
      [10, 2],
      [19, 2],
      [20, 1],
      [9, 1],
    ] as const)
      expect(await leads(db, at)).toHaveLength(who);
    await db.atomically((q) => delegationStatements(q, db.t, delegation, true));
    expect(await leads(db, 15)).toEqual(['ann']);
  });
});
