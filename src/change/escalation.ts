import { deadline } from '../calendar/working-time.ts';
import { DAY } from '../calendar/zone.ts';
import type { Policy } from '../policy/schema.ts';
import { openStageOf } from './decided.ts';
import type { Facts } from './facts.ts';
import { type Holders, inRole } from './holders.ts';
import { shareOf } from './route.ts';
import type { Change, Filed, Instant, PersonId, Stage, UnderReview } from './types.ts';

/** In the policy's list of steps: not a role, but the deputies of whoever is asked. */
const DEPUTIES = 'deputies';

type Timed = Pick<Policy, 'zone' | 'workingTime' | 'categories' | 'reminders' | 'escalation'>;

/** When those who have not decided in a stage are reminded, and when that goes to somebody else. */
export function remindersOf(
  policy: Timed,
  change: Pick<Filed, 'category' | 'route' | 'reviewed'>,
  stage: Stage,
  openedAt: Instant,
): { percent: number; at: Instant }[] {
  const { clock } = policy.categories[change.category];
  const share = shareOf(stage, change);
  return percents(policy).map((percent) => ({
    percent,
    at: deadline(policy, clock, openedAt, (share * percent) / 100),
  }));
}

/**
 * Who hears of a late decision at this part of its time: those of the step that has come; where nobody is in it, those
 * of the next one that has somebody, at once; whoever oversees changes where none has.
 * @param deputies whether deputies have just been asked: then their step has somebody
 */
export function escalatedTo(
  change: UnderReview,
  percent: number,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
  deputies: boolean,
): PersonId[] {
  if (percent < 100) return [];
  const steps = stepsOf(policy);
  // Once all of them have had their turn, the last hears of it again and again.
  const turn = steps.some((step) => step.percent >= percent)
    ? percent
    : Math.max(0, ...steps.map((s) => s.percent));
  const now = steps.filter((step) => step.percent === turn);
  if (now.some(({ to }) => to === DEPUTIES) && deputies) return [];
  const people = (to: string) => inStep(to, holders, change);
  const told = now.flatMap(({ to }) => people(to));
  if (told.length > 0) return [...new Set(told)];
  if (now.length === 0 && steps.some((step) => step.percent > percent)) return [];
  const later = steps.filter((step) => step.percent > turn).map(({ to }) => people(to));
  const others = later.find((list) => list.length > 0) ?? inStep(policy.overseer, holders, change);
  return [...new Set(others)];
}

/** The next reminder; after the last step it is said again once as much time has passed as the stage had, but not within a day. */
export function nextReminder(
  change: UnderReview,
  { percent, at }: { percent: number; at: Instant },
  policy: Timed,
): { percent: number; at: Instant } {
  const steps = remindersOf(policy, change, openStageOf(change), change.open.openedAt);
  const step = steps.find((each) => each.percent > percent);
  if (step) return step;
  const { clock } = policy.categories[change.category];
  const next = percent + 100;
  const part = (shareOf(openStageOf(change), change) * next) / 100;
  return { percent: next, at: Math.max(at + DAY, deadline(policy, clock, change.open.openedAt, part)) };
}

/** Whether decisions of this category wait for people's working hours; an emergency does not. */
export function isCalm(
  { categories }: Pick<Policy, 'categories'>,
  { category }: Pick<Change, 'category'>,
): boolean {
  return !('hours' in categories[category].clock);
}

function percents({ reminders, escalation }: Timed): number[] {
  return [...new Set([...reminders, ...Object.values(escalation)])].sort((a, b) => a - b);
}

function stepsOf({ escalation }: Pick<Policy, 'escalation'>): { to: string; percent: number }[] {
  return Object.entries(escalation)
    .map(([to, percent]) => ({ to, percent }))
    .sort((a, b) => a.percent - b.percent);
}

/** The requester cannot see to it that their own change is decided. */
function inStep(to: string, holders: Holders, { requester }: Pick<Change, 'requester'>): PersonId[] {
  return to === DEPUTIES ? [] : inRole(holders, to).filter((person) => person !== requester);
}
