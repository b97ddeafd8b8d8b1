import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openDb } from '../../src/db/open.ts';
import { IN_MEMORY } from '../../src/db/sqlite-file.ts';
import { setUp } from '../../src/engine/setup.ts';
import { makeWorld } from '../../src/engine/world.ts';
import { randomOf } from '../../test/random-of.ts';
import { startBot } from './bot.ts';
import { drawCompany } from './company.ts';
import { play } from './driver.ts';
import { drawFilings } from './filings.ts';
import { observe, type Seen } from './observe.ts';
import { shipped } from './policy.ts';
import { PretendSlack } from './pretend-slack.ts';
import { startReplicas } from './replicas.ts';
import { slotClock } from './slot-clock.ts';

export interface Plan {
  seed: number;
  days: number;
  changes: number;
  /** Whether every card is drawn as Slack would show it; it takes several times as long. */
  draws: boolean;
  /** A PostgreSQL database for so many processes, of which one is killed now and then; else a SQLite file and one process. */
  replicas?: { url: string; count: number; killsIn: number };
  /** Lines that the policy gets besides, for instance a digest. */
  alter?: (yaml: string) => string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 2 March 2026, six in the morning in Berlin. */
const FROM = Date.UTC(2026, 2, 2, 5);

/** Plays a company's year, or less of it, against Docket as it is, and looks at what became of it. */
export async function simulate(plan: Plan): Promise<Seen> {
  const { seed, days, changes, draws, replicas, alter } = plan;
  const began = performance.now();
  const [from, to] = [FROM, FROM + days * DAY];
  const random = randomOf(seed);
  const clock = slotClock(from);
  const company = drawCompany(random, from, to);
  const slack = new PretendSlack(company, clock.now);
  const filings = drawFilings(random, company, changes, from, to - DAY);
  const down = downs(from, days);
  const policy = shipped(alter);
  const folder = mkdtempSync(join(tmpdir(), 'docket-simulated-'));
  const db = await openDb({ url: replicas?.url ?? IN_MEMORY });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'fatal' }, process.stderr);
  let n = 0;
  let kills = 0;
  const killed = () => void kills++;
  const parts = { db, policy, clock, log, newId: () => `n-${n++}` };
  try {
    const told = await play({
      ...{ from, to, slack, clock, filings, random, db, down },
      async start() {
        const bot = replicas
          ? await startReplicas({ ...replicas, clock, slack, random: randomOf(seed + 7), killed })
          : await startBot({ ...parts, call: slack.call, draws });
        if (clock.now() === from)
          await setUp(makeWorld(parts), { roles: company.roles, deputies: company.deputies }, 'docket');
        return bot;
      },
    });
    return await observe({
      ...{ db, slack, told, policy, from, to, down, seed, kills },
      seconds: (performance.now() - began) / 1000,
    });
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A day from a Sunday evening on, over Monday's report; and two hours more than a day, after which a backup is too late. */
function downs(from: number, days: number): { from: number; to: number }[] {
  const first = from + Math.floor(days / 21) * 7 * DAY - 9 * HOUR;
  const second = from + Math.floor(days / 12) * 7 * DAY + 44 * HOUR - 2 * HOUR;
  return [
    { from: first, to: first + DAY },
    { from: second, to: second + 26 * HOUR },
  ];
}
