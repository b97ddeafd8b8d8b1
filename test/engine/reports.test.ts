import { expect, it } from 'vitest';
import { makeReport, periodBack } from '../../src/engine/reports.ts';
import { JONAS, MAYA } from '../change/company.ts';
import { given, goesOn } from '../change/given.ts';
import { MONDAY_10, standard, UNTIL_OPEN } from '../change/proposals.ts';
import { approves, files, finishes, prepares, recordsTests, starts } from '../change/steps.ts';
import { onSqlite } from '../db/both.ts';
import { lifeWriter } from '../db/write-life.ts';
import { makeTestWorld } from './open-world.ts';

onSqlite('what a month is held against', (open) => {
  it('is the four months before it, however many are drawn', async () => {
    const world = makeTestWorld(await open());
    const approved = given(files('standard', standard({ implementer: MAYA })), approves(JONAS));
    const carriedOut = [recordsTests(MAYA), prepares(MAYA), starts(MAYA), finishes(MAYA)];
    // In March.
    await lifeWriter(world.db, 'c-1', 1)(goesOn(approved.later(UNTIL_OPEN), ...carriedOut).history);
    const monthsLater = async (months: number) => {
      const then = new Date(MONDAY_10);
      await world.clock.advanceTo(then.setUTCMonth(then.getUTCMonth() + months + 1));
      return makeReport(world, 'month', periodBack(world, 'month', 1));
    };
    const [july, august] = [await monthsLater(4), await monthsLater(5)];
    expect([july, august].map(({ period }) => period.key)).toEqual(['2026-07', '2026-08']);
    expect([july, august].map(({ usual }) => usual.total)).toEqual([1, 0]);
    const march = august.before.find(({ key }) => key === '2026-03');
    expect(march?.metrics.total).toBe(1);
  });
});
