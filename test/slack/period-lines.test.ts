import { expect, it, test } from 'vitest';
import { makeReport, periodBack, type Report } from '../../src/engine/reports.ts';
import { actionLines, lateLines } from '../../src/slack/report/period-lines.ts';
import { drawPeriodReport } from '../../src/slack/report/period-report.ts';
import { DANA, NADIA } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld } from '../engine/open-world.ts';

it('says what is late in one line', () => {
  const late = [
    { of: 'board review', n: 22 },
    { of: 'decision', n: 1 },
  ];
  expect(lateLines({ late } as Report)).toEqual(['• Late now: 22 board reviews, 1 decision.']);
  expect(lateLines({ late: [] as Report['late'] } as Report)).toEqual([]);
});

it('says of each open action item whose it is and where it comes from; a meeting of the board has no number', () => {
  const item = { id: 'a', words: 'Rotate the keys.', owner: DANA, due: MONDAY_10, by: NADIA, at: 0 };
  const next = ['CR-2026-041', ''].map((number) => ({ number, item }));
  const lines = actionLines({ actions: { open: 2, overdue: 1, next } } as Report); // it reads nothing else
  expect(lines).toEqual([
    '• Action items now: 2 open, 1 overdue.',
    expect.stringMatching(/^• Rotate the keys: <@U\w+>, by <!date.* \(CR-2026-041\)$/),
    expect.stringMatching(/^• Rotate the keys: <@U\w+>, by <!date[^()]*>$/),
  ]);
});

onSqlite('a report', (open) => {
  test('says beside the share of those with success by how many points it moved', async () => {
    const world = makeTestWorld(await open());
    const report = await makeReport(world, 'week', periodBack(world, 'week', 1));
    const of = (success: number, failed: number) => ({
      ...{
        ...report.metrics,
        total: success + failed,
        success: { part: 0, of: 0, rate: success / (success + failed) },
      },
      outcomes: { success, failed, partial: 0, 'rolled back': 0 },
    });
    const drawn = (usual: [number, number]) =>
      JSON.stringify(drawPeriodReport({ ...report, metrics: of(3, 1), usual: of(...usual) }, world.policy));
    expect(drawn([1, 1])).toContain('*Total changes: 4*\\nSuccessful: *3* (75 %, ▲ 25 points) · Partial');
    expect(drawn([100, 32])).toContain('Successful: *3* (75 %, ▼ 1 point) · Partial');
    expect(drawn([3, 1])).toContain('Successful: *3* (75 %) · Partial');
  });
});
