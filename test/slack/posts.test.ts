import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDb } from '../../src/db/open.ts';
import { handle } from '../../src/engine/handle.ts';
import { LUCIA } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import { ready } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';

it('audits the success rates of a month for the change manager on the first working day after it', async () => {
  const { slack, docket } = await openDocket();
  const change = await ready(slack, docket, LUCIA);
  await handle(docket.world, change.id, { type: 'Start', strategy: 'standard' }, LUCIA);
  await handle(docket.world, change.id, { type: 'Finish', outcome: 'failed', words: 'It broke.' }, LUCIA);
  await slack.clock.advanceTo(START + 7 * DAY);
  const nadia = slack.as('nadia');
  const isAudit = (text: string) => text.includes('Success-rate audit, November 2026');
  const found = await nadia.eventually(() => nadia.dms().find((dm) => isAudit(nadia.read(dm))));
  const text = nadia.read(found as Parameters<typeof nadia.read>[0]);
  expect(text).toContain(
    'November 2026: 0 % of 1 change successful (1 failed); the month before: no changes.',
  );
  expect(text).toContain(`${change.number} ${change.proposal.title}: failed`);
  expect(nadia.dms().filter((dm) => isAudit(nadia.read(dm)))).toHaveLength(1);
  const jonas = slack.as('jonas');
  expect(jonas.dms().some((dm) => isAudit(jonas.read(dm)))).toBe(false);
});

it('copies the SQLite file every night, and keeps the copies of so many days', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { slack, docket, log } = await openDocket({ backups: { folder, keepDays: 3 } });
  await ready(slack, docket, LUCIA);
  await slack.clock.advanceTo(START + 5 * DAY);
  const copies = readdirSync(folder).sort();
  expect(copies).toEqual(['docket-2026-11-28.db', 'docket-2026-11-29.db', 'docket-2026-11-30.db']);
  const copy = await openDb({ url: `file:${join(folder, 'docket-2026-11-30.db')}` });
  onTestFinished(() => copy.close());
  const { changes } = copy.t;
  expect(await copy.q.select({ id: changes.id }).from(changes)).toHaveLength(1);
  expect(log).toEqual([]);
});

it('tells the operator when a backup fails, and tries again', async () => {
  // A file stands where the folder should be.
  const { slack, log } = await openDocket({ backups: { folder: '/dev/null/backups', keepDays: 3 } });
  await slack.clock.advanceTo(START + DAY);
  const told = log.filter((line) => line.includes('backup of 2026-11-26 failed'));
  expect(told).toHaveLength(6);
  expect(told.at(-1)).toContain('It is given up for this time.');
});
