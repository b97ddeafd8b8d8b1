import type { Freeze } from '../../src/calendar/freezes.ts';
import { ballWith } from '../../src/change/ball.ts';
import type { Facts } from '../../src/change/facts.ts';
import { inRole } from '../../src/change/holders.ts';
import type { Planned } from '../../src/change/planned.ts';
import type { Command } from '../../src/change/types.ts';
import { facts, GUIDE, MAYA, NOTHING_PLANNED, SAM } from './company.ts';
import { Given, type When } from './given.ts';
import { HOUR, MONDAY_10 } from './proposals.ts';
import { filing, type Story, type Upheaval } from './random.ts';
import * as it from './steps.ts';

export type Check = (taken: When, command: Command) => void;

/** When reminders are due is nothing to these rules, and takes most of the time to work out. */
const WITHOUT_TIMERS = { ...GUIDE, reminders: [], escalation: {} };

/**
 * Plays a story to its end; `check` sees every step, taken or refused. Gives nothing for a company that has
 * nobody to ask. All inputs are frozen: a rule that alters what it is given throws.
 */
export function play(story: Story, check: Check, from = MONDAY_10): Given | undefined {
  const policy = { ...WITHOUT_TIMERS, clashes: story.clashes };
  const world = facts({ holders: story.holders, policy });
  let now = deepFreeze(new Given([], world, from));
  const filed = now.when(filing(story));
  if (filed.refusal) return undefined;
  now = deepFreeze(filed.and());
  for (const { tried, wait, upheaval } of story.steps) {
    if (upheaval) now = deepFreeze(upset(now, upheaval, check));
    const delay = typeof wait === 'number' ? wait : untilOpen(now);
    const at = now.at + delay;
    const overseers = inRole(story.holders, GUIDE.overseer);
    const command = tried(ballWith(now.change, story.holders), overseers, now.facts)(now.state, at);
    const taken = now.when(() => command);
    check(taken, command);
    now = deepFreeze(taken.and().later(delay));
  }
  return now;
}

/** Nobody waits for the window of what is not ready for it. */
function untilOpen({ change, at }: Given): number {
  if (change.status !== 'scheduled' || change.prepared.length === 0) return 0;
  return Math.max(0, change.startsAt - at);
}

/**
 * A freeze or another change comes over the window, or all of it is over, or whoever carries it out leaves; the change
 * hears of it as it would.
 */
function upset(now: Given, { what, from, hours }: Upheaval, check: Check): Given {
  const { calendar } = now.facts;
  const startsAt = (now.change.proposal.startsAt ?? now.at) + from * HOUR;
  const time = { startsAt, endsAt: startsAt + hours * HOUR };
  const then = (before: Given, ...steps: it.Step[]) =>
    steps.reduce((story, step) => {
      const command = step(story.state, story.at);
      const taken = story.when(() => command);
      check(taken, command);
      return taken.and();
    }, before);
  const told = (facts: Partial<Facts>, ...steps: it.Step[]) => then(now.with(facts), ...steps);
  if (what === 'gone') {
    const left = told({ implementerIsOutside: true }, it.asksAgain).with({ implementerIsOutside: false });
    const [overseer = SAM] = inRole(left.facts.holders, GUIDE.overseer);
    return hours % 2 === 0 ? left : then(left, it.handsOver(overseer, MAYA, 'They have left.'));
  }
  if (what === 'over')
    return told({ calendar: NOTHING_PLANNED }, ...calendar.freezes.map((freeze) => it.liftsFreeze(freeze)));
  if (what === 'neighbour') {
    const other = { ...time, ...NEIGHBOUR, systems: now.change.proposal.systems ?? [] };
    return told({ calendar: { ...calendar, scheduled: [other] } }, it.checksWindow);
  }
  const id = `freeze/${calendar.freezes.length}`;
  const scope = { systems: [], environments: [], categories: [] };
  const freeze: Freeze = { id, kind: what, ...time, scope, reason: 'Peak season' };
  return told({ calendar: { ...calendar, freezes: [...calendar.freezes, freeze] } }, it.meetsFreeze(id));
}

const NEIGHBOUR: Omit<Planned, 'startsAt' | 'endsAt' | 'systems'> = {
  ...{ id: 'c-2', number: 'CR-2026-002', title: 'Another', status: 'scheduled', category: 'normal' },
  ...{ risk: 'low', requester: SAM, implementer: SAM, environments: [] },
};

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) deepFreeze(each);
  return value;
}
