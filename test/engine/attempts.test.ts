import { expect, it } from 'vitest';
import { workspaceEvents } from '../../src/db/events.ts';
import { loadFreeze } from '../../src/db/freezes.ts';
import { eventsOf, verify } from '../../src/db/ledger.ts';
import { listMeetings } from '../../src/db/meetings.ts';
import { meetNow } from '../../src/engine/board.ts';
import { FREEZE, handleFreeze } from '../../src/engine/freezes.ts';
import { setUp, WORKSPACE } from '../../src/engine/setup.ts';
import type { Declaration } from '../../src/freeze/types.ts';
import { DANA, NADIA, SAM } from '../change/company.ts';
import { DAY, HOUR, MONDAY_10 } from '../change/proposals.ts';
import { beforeBoard } from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { does } from './give-steps.ts';
import { makeTestWorld, settle, type TestWorld } from './open-world.ts';

const freeze: Declaration = {
  ...{ kind: 'hard', reason: 'Peak season', startsAt: MONDAY_10 + HOUR, endsAt: MONDAY_10 + DAY },
  scope: { systems: [], environments: [], categories: [] },
};

onBoth('what somebody may not do with freezes and meetings', (open) => {
  async function withChange(): Promise<TestWorld> {
    const world = makeTestWorld(await open());
    await settle(world);
    await setUp(world, { board: 'C02CABBOARD' }, 'docket');
    return world;
  }

  it('is on record where there is such a freeze and where there is none, once however often it is delivered', async () => {
    const world = await withChange();
    const declares = () => handleFreeze(world, `${FREEZE}peak`, { type: 'Declare', freeze }, DANA);
    const delivered = () => world.arriving.during({ key: 'view/1', via: 'form' }, declares);
    await expect(delivered()).rejects.toThrow('Only the change manager');
    await expect(delivered()).rejects.toThrow('Only the change manager');
    expect(await loadFreeze(world.db, `${FREEZE}peak`)).toBeUndefined();
    await handleFreeze(world, `${FREEZE}peak`, { type: 'Declare', freeze }, NADIA);
    const ends = handleFreeze(world, `${FREEZE}peak`, { type: 'End', words: 'Enough.' }, SAM);
    await expect(ends).rejects.toThrow('Only the change manager');
    expect(await attempts(world)).toEqual([
      { ...refused(DANA, 'freeze/peak', 'Declare'), via: 'form' },
      refused(SAM, 'freeze/peak', 'End'),
    ]);
    expect(verify(await eventsOf(world.db, WORKSPACE))).toMatchObject({ ok: true });
  });

  it('is no attempt where they only said something wrong', async () => {
    const world = await withChange();
    const wordless = { ...freeze, reason: ' ' };
    const declared = handleFreeze(world, `${FREEZE}peak`, { type: 'Declare', freeze: wordless }, NADIA);
    await expect(declared).rejects.toThrow('say why');
    expect(await attempts(world)).toEqual([]);
  });

  it('is on record for the board too', async () => {
    const world = await withChange();
    await does(world, 'c-1', ...beforeBoard);
    await expect(meetNow(world, DANA)).rejects.toThrow('Only the chair');
    expect(await listMeetings(world.db, ['planned', 'open'])).toEqual([]);
    expect(await attempts(world)).toEqual([
      refused(DANA, expect.stringMatching(/^meeting\/now-/), 'DrawAgenda'),
    ]);
  });
});

function refused(by: string, of: string, command: string) {
  const sentence: unknown = expect.stringContaining('Only the');
  return { type: 'AttemptRefused', by, at: MONDAY_10, of, command, code: 'not your role', sentence };
}

async function attempts({ db }: TestWorld) {
  const { events } = await workspaceEvents(db, WORKSPACE);
  return events.filter(({ type }) => type === 'AttemptRefused');
}
