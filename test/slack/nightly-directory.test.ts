import { expect, it, vi } from 'vitest';
import { findPerson, savePeople } from '../../src/db/people.ts';
import { DAY } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';

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
