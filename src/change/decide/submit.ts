import { deadline } from '../../calendar/working-time.ts';
import type { Category } from '../../policy/schema.ts';
import { andThen } from '../advance.ts';
import { evolve } from '../evolve.ts';
import { examine } from '../examine.ts';
import { executionOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { filedFrom, shortened } from '../from-template.ts';
import { overseersBut } from '../overseer.ts';
import { tidy } from '../proposal.ts';
import { routeOf } from '../route.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, Instant, PersonId, Risk } from '../types.ts';

/**
 * A request is submitted: checked field by field, numbered, routed by its category and put before the first
 * stage (guide, "Change Request Submission"). Submitting the same change again does nothing.
 */
export function submit(
  change: Change | undefined,
  command: CommandOf<'Submit'>,
  facts: Facts,
): ChangeEvent[] {
  if (change) return [];
  const { by, at, category, id } = command;
  const { policy } = facts;
  const proposal = tidy(policy, category, command.proposal);
  const template =
    command.template && filedFrom(policy, category, command.template, facts.template, proposal);
  const whole = routeOf(policy, category);
  const route = template ? shortened(policy, whole) : whole;
  const execution = executionOf(policy, category);
  const risk = examine({ id, requester: by, category, route, proposal, execution, decisions: [] }, facts, at);
  const submitted: EventOf<'Submitted'> = {
    ...{ type: 'Submitted', by, at, number: facts.nextNumber, category, proposal },
    ...{ risk, route, policyVersion: policy.version, execution },
    ...(template && { template }),
    dueAt: deadline(policy, policy.categories[category].clock, at, 1),
  };
  const checked: ChangeEvent[] = criteriaMet(facts, command, risk);
  const then = andThen(evolve(undefined, submitted, id), checked, facts, at);
  const overseers = category === 'emergency' ? overseersBut([by, ...askedBy(then)], facts) : [];
  return [{ ...submitted, ...(overseers.length > 0 && { overseers }) }, ...then];
}

/** Who is asked for a decision by what happens. */
export function askedBy(events: readonly ChangeEvent[]): PersonId[] {
  return events.flatMap((event) => (event.type === 'StageOpened' ? Object.values(event.asked).flat() : []));
}

/** What the automatic check of a category with criteria has established, for the record. */
export function criteriaMet(
  { policy }: Facts,
  { at, category }: { at: Instant; category: Category },
  risk: Risk,
): ChangeEvent[] {
  const { highestRisk, required } = policy.categories[category];
  if (highestRisk === 'high') return [];
  const checks = [
    `Risk is ${risk.level}; at most ${highestRisk} is allowed`,
    `All ${required.length} required fields are filled in`,
    'No freeze holds its window',
  ];
  return [{ type: 'CriteriaChecked', by: 'docket', at, checks }];
}
