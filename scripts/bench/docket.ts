/** Docket on a database that `seed.ts` made, its clock at the instant at which that was. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { machineClock } from '../../src/clock.ts';
import { openDb } from '../../src/db/open.ts';
import { makeWorld } from '../../src/engine/world.ts';
import { parsePolicy } from '../../src/policy/load.ts';
import { projectFile } from '../../src/project-file.ts';
import { makeSlackApp } from '../../src/slack/app.ts';
import { startDocket } from '../../src/start.ts';
import { SEEDED_AT } from './instant.ts';

const { BENCH_PORT, DATABASE_URL = '', DELIVERY, SLACK_API_URL = '' } = process.env;
const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret = '' } = process.env;
const parts = {
  policy: parsePolicy(readFileSync(projectFile('src/policy/guide.yml'), 'utf8'), 'guide.yml'),
  clock: machineClock(() => SEEDED_AT + performance.now()),
  newId: randomUUID,
  log: pino({ level: 'warn' }, pino.destination(2)),
};
const port = Number(BENCH_PORT);
const slack = {
  botToken: 'xoxb-bench',
  how: appToken ? { appToken } : { signingSecret, now: () => Date.now() },
  apiUrl: SLACK_API_URL,
};
if (DELIVERY === 'on') {
  await startDocket({ ...parts, databaseUrl: DATABASE_URL, port, slack });
} else {
  // What a click costs by itself: what it sets off in Slack stays in the outbox.
  const world = makeWorld({ ...parts, db: await openDb({ url: DATABASE_URL }) });
  await makeSlackApp(world, { ...slack, port, routes: [] }).start();
}
process.stdout.write('ready\n');
process.on('SIGTERM', () => process.exit(0)); // so that a profile is written
