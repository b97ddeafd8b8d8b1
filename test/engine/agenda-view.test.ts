import { expect, it } from 'vitest';
import { agendaView } from '../../src/engine/agenda-view.ts';
import { JONAS, MAYA } from '../change/company.ts';
import { given, goesOn } from '../change/given.ts';
import { DAY, MONDAY_10, standard, UNTIL_OPEN } from '../change/proposals.ts';
import { approves, files, finishes, prepares, recordsTests, starts } from '../change/steps.ts';
import { onSqlite } from '../db/both.ts';
import { lifeWriter } from '../db/write-life.ts';
import { makeTestWorld } from './open-world.ts';

onSqlite('the agenda of a weekly meeting', (open) => {
  it('has those of the week before it that did not go well, and no others', async () => {
    const world = makeTestWorld(await open());
    const ready = given(files('standard', standard({ implementer: MAYA })), approves(JONAS)).later(
      UNTIL_OPEN,
    );
    const started = [recordsTests(MAYA), prepares(MAYA), starts(MAYA)];
    await lifeWriter(world.db, 'well', 1)(goesOn(ready, ...started, finishes(MAYA)).history);
    await lifeWriter(
      world.db,
      'badly',
      2,
    )(goesOn(ready, ...started, finishes(MAYA, 'failed', 'It broke.')).history);
    // They ended on Saturday evening.
    const failuresOf = async (startsAt: number) => {
      const { failures } = await agendaView(world, { kind: 'weekly', startsAt, items: [], early: [] });
      return failures.map(({ number }) => number);
    };
    expect(await failuresOf(MONDAY_10 + 7 * DAY)).toEqual(['CR-2026-2']);
    expect(await failuresOf(MONDAY_10 + 14 * DAY)).toEqual([]);
  });
});
