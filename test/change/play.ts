import { ballWith } from '../../src/change/effects.ts';
import { inRole } from '../../src/change/holders.ts';
import type { Command } from '../../src/change/types.ts';
import { facts, GUIDE } from './company.ts';
import { Given, type When } from './given.ts';
import { MONDAY_10 } from './proposals.ts';
import { filing, type Story } from './random.ts';

export type Check = (taken: When, command: Command) => void;

/** When reminders are due is nothing to these rules, and takes most of the time to work out. */
const WITHOUT_TIMERS = { ...GUIDE, reminders: [], escalation: {} };

/**
 * Plays a story to its end; `check` sees every step, taken or refused. Gives nothing for a company that has
 * nobody to ask. All inputs are frozen: a rule that alters what it is given throws.
 */
export function play(story: Story, check: Check, from = MONDAY_10): Given | undefined {
  const world = facts({ holders: story.holders, policy: WITHOUT_TIMERS });
  let now = deepFreeze(new Given([], world, from));
  const filed = now.when(filing(story));
  if (filed.refusal) return undefined;
  now = deepFreeze(filed.and());
  for (const { tried, wait } of story.steps) {
    const at = now.at + wait;
    const overseers = inRole(story.holders, GUIDE.overseer);
    const command = tried(ballWith(now.change, story.holders), overseers)(now.state, at);
    const taken = now.when(() => command);
    check(taken, command);
    now = deepFreeze(taken.and().later(wait));
  }
  return now;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of Object.values(value)) deepFreeze(each);
  return value;
}
