import { expect, it } from 'vitest';
import type { ChangeEvent } from '../../src/change/types.ts';
import { changeEvents } from '../../src/db/events.ts';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { giveDue } from '../../src/engine/due.ts';
import { setUp, WORKSPACE } from '../../src/engine/setup.ts';
import { JONAS, KLAUS, MAYA, OLGA, SAM } from '../change/company.ts';
import { emergency, standard } from '../change/proposals.ts';
import { approves, files, finishes, prepares, recordsTests, starts } from '../change/steps.ts';
import { onSqlite } from '../db/both.ts';
import { does } from './give-steps.ts';
import { makeTestWorld, settle } from './open-world.ts';

onSqlite('those who come and go', (open) => {
  it('have what waits for its start or its verification look whom it asks, and not what is being carried out', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    const urgent = [
      files('emergency', emergency({ implementer: MAYA })),
      ...[MAYA, OLGA, KLAUS].map((by) => approves(by)),
    ];
    const running = [...urgent, recordsTests(MAYA), prepares(MAYA), starts(MAYA)];
    await does(world, 'scheduled', files('standard', standard({ implementer: SAM })), approves(JONAS));
    await does(world, 'approved', ...urgent);
    await does(world, 'running', ...running);
    await does(world, 'done', ...running, finishes(MAYA));
    for (const id of [SAM, MAYA]) {
      const { dm: _, ...person } = (await findPerson(world.db, id)) ?? expect.fail();
      await savePeople(world.db, [{ ...person, deactivated: true }]);
    }
    const nobody = { peer_reviewer: [], development_lead: [], devops_lead: [], senior_engineer: [] };
    await setUp(world, { roles: nobody }, 'docket');
    const before = new Map<string, number>();
    const ids = ['scheduled', 'approved', 'running', 'done'];
    for (const id of ids) before.set(id, (await changeEvents(world.db, id)).length);
    await giveDue(world, WORKSPACE, { type: 'AskAround' });
    const since = async (id: string): Promise<ChangeEvent['type'][]> =>
      (await changeEvents(world.db, id)).slice(before.get(id)).map(({ type }) => type);
    expect(await since('scheduled')).toEqual(['RouteChecked']);
    expect(await since('approved')).toEqual(['RouteChecked']);
    expect(await since('running')).toEqual([]);
    expect(await since('done')).toEqual(['VerifiersAsked']);
  });
});
