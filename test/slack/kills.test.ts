import { expect, it, vi } from 'vitest';
import { openDb } from '../../src/db/open.ts';
import { freePort } from '../../src/free-port.ts';
import { onBoth, onPostgres } from '../db/both.ts';
import { randomOf } from '../random-of.ts';
import { buildDocket, type DocketProcess, environment, fillRoles } from './docket-process.ts';
import { balancer } from './kills/balancer.ts';
import { startLoad } from './kills/load.ts';
import { calm, holds } from './kills/proof.ts';
import { openSlack, SIGNING_SECRET } from './open-docket.ts';

/** More by `npm run kills`; the same again with the SEED that it has printed. */
const KILLS = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** A kill comes so long after the start at most. */
const LONGEST_LIFE_MS = 2_500;
const TIMEOUT = { timeout: 180_000 + KILLS * 30_000 };

type Slack = Awaited<ReturnType<typeof openSlack>>;
const runDocket = buildDocket();

onBoth('killed at any moment', (_open, urls) => {
  it(`loses nothing and does nothing twice (SEED=${SEED})`, TIMEOUT, async () => {
    const slack = await openSlack({ mode: 'socket' });
    await survives(slack, await urls.fresh(), [{}]);
  });
});

onPostgres('three replicas, of which one dies again and again', (_open, urls) => {
  it(`lose nothing and do nothing twice in Socket Mode (SEED=${SEED})`, TIMEOUT, async () => {
    const slack = await openSlack({ mode: 'socket' });
    await survives(slack, await urls.fresh(), [{}, {}, {}]);
  });

  it(`lose nothing and do nothing twice over HTTP (SEED=${SEED})`, TIMEOUT, async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    const url = `http://127.0.0.1:${await balancer(ports)}/slack/events`;
    const slack = await openSlack({ mode: 'http', url, signingSecret: SIGNING_SECRET });
    const signed = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: SIGNING_SECRET };
    const each = ports.map((port) => ({ ...signed, PORT: String(port) }));
    await survives(slack, await urls.fresh(), each);
  });
});

/** Kills one of the replicas after the other while people work, and looks at what has become of it all. */
async function survives(slack: Slack, databaseUrl: string, replicas: Record<string, string>[]) {
  // The processes go by the machine's clock, and Slack's must not be hours behind it.
  await slack.clock.advanceTo(Date.now());
  const random = randomOf(SEED);
  const all: DocketProcess[] = [];
  const start = async (n: number): Promise<DocketProcess> => {
    const docket = runDocket({ ...environment(slack, databaseUrl), ...replicas[n] });
    all.push(docket);
    // Whatever runs it starts it again where Slack was too slow for a start, as the unit in deploy/ does.
    const running = await docket.says(/Docket is running/).then(
      () => true,
      () => false,
    );
    return running ? docket : start(n);
  };
  const running = await Promise.all(replicas.map((_, n) => start(n)));
  await slack.connected();
  await fillRoles(slack);
  const load = startLoad(slack, random);
  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const n = Math.floor(random() * running.length);
    // Half of the kills come at once after something was acknowledged, the others at any time.
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
    const acknowledged = () => expect(load.done()).toBeGreaterThan(before);
    if (kill % 2 === 0)
      await vi.waitFor(acknowledged, { timeout: 10_000, interval: 5 }).catch(() => undefined);
    before = load.done();
    running[n]?.kill('SIGKILL');
    await running[n]?.gone;
    running[n] = await start(n);
  }
  await load.stop();
  const db = await openDb({ url: databaseUrl });
  try {
    await calm(db);
    await load.finish();
    await calm(db);
    expect(load.promised.filed.size).toBeGreaterThan(0);
    expect(load.promised.approved.size).toBeGreaterThan(0);
    await holds(db, slack, load.promised);
    for (const docket of all) expect(docket.out() + docket.err()).not.toContain('a bug: please report it');
    const { filed, approved } = load.promised;
    process.stdout.write(
      `${KILLS} kills: ${filed.size} changes, ${approved.size} approvals acknowledged, all there\n`,
    );
  } finally {
    await db.close();
  }
}
