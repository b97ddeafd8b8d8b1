import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { type WindableClock, windableClock } from '../../src/clock.ts';
import type { Db } from '../../src/db/db.ts';
import { savePeople } from '../../src/db/people.ts';
import { setUp } from '../../src/engine/setup.ts';
import { makeWorld, type World } from '../../src/engine/world.ts';
import { EVERYBODY, GUIDE, holders } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';

export interface TestWorld extends World {
  clock: WindableClock;
  /** What the operator is told: warnings and errors, a JSON line each. */
  lines: string[];
}

/** A world whose clock stands still until it is wound, over a store that a test has opened. */
export function makeTestWorld(db: Db, clock: WindableClock = standingClock()): TestWorld {
  const lines: string[] = [];
  const log: Logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  return { ...makeWorld({ db, policy: GUIDE, clock, newId: randomUUID, log }), clock, lines };
}

/** Puts the company of the tests into the store, in its usual roles. */
export async function settle(world: World, roles = holders()): Promise<void> {
  const person = { isAdmin: false, isBot: false, isGuest: false, deactivated: false };
  await savePeople(
    world.db,
    EVERYBODY.map((id) => ({ id, name: id, realName: id, zone: 'Europe/Berlin', ...person })),
  );
  const all = Object.fromEntries(
    [...roles].map(([role, people]) => [role, people.map(({ person: holder }) => holder)]),
  );
  await setUp(world, { roles: all }, 'docket');
}

function standingClock(): WindableClock {
  return windableClock({ now: () => MONDAY_10, alarm: () => () => {} });
}
