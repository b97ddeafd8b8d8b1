import type { Category, Policy } from '../policy/schema.ts';
import { emptySeats } from './empty-seats.ts';
import { boardReviewers, implementerOf, verifiersOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { candidates, type Holders } from './holders.ts';
import { labelOf, problemsOf } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { assessRisk, exceeds, withSetting } from './risk.ts';
import { barredFrom } from './route.ts';
import type { Filed, Instant, PersonId, Risk, Seat } from './types.ts';
import { checkTime, type Timed } from './window-rules.ts';

type Examined = Pick<Filed, 'requester' | 'category' | 'route' | 'proposal' | 'decisions' | 'execution'> & {
  id?: string;
  exemptions?: Filed['exemptions'];
  /** A risk that was set by hand and stays. */
  set?: Risk['set'] | undefined;
};

/**
 * The checks that a text must pass, at submission and after every edit: complete, within its category's
 * criteria, at a permitted time, and on a road where every role has somebody in it.
 * @param change its `decisions` are those that stand
 * @param at the present; a start before it is refused
 * @param before what the change was, if it is there already
 * @returns the risk it was found to have
 * @throws {Refusal} with a sentence for each field that is wrong
 */
export function examine(change: Examined, facts: Facts, at: Instant, before?: Timed): Risk {
  const { policy, holders } = facts;
  const { category, proposal } = change;
  const problems = problemsOf(policy, category, proposal, at);
  if (Object.keys(problems).length > 0) {
    throw new Refusal('incomplete', 'Some fields still need you; each says what is missing.', problems);
  }
  const risk = withSetting(policy, category, assessRisk(policy, category, proposal), change.set);
  const why = unqualified(policy, category, risk);
  if (why) {
    throw new Refusal('not qualified', why, {
      category: `${why} It has to be a normal change instead.`,
    });
  }
  checkImplementer(change, facts);
  checkNamed(change, policy, holders);
  const empty = roadblock(change, { policy, holders });
  if (empty) {
    const help = `${empty} Ask an admin to fill it with \`/change setup\`; what you typed stays here.`;
    throw new Refusal('nobody to ask', help, { category: help.replaceAll('`', '') });
  }
  checkTime({ ...change, risk }, before, facts, at);
  return risk;
}

/**
 * Why nobody could take this change to its end, or nothing: a seat that stays empty, nobody to verify it, or
 * nobody to review it for the board.
 * @param you what its requester is called: themselves, or by whoever else asks
 */
export function roadblock(
  change: Examined,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
  you = 'you',
): string | undefined {
  return (
    emptySeats(change, holders, policy.roles, you) ??
    noVerifier(change, policy, holders, you) ??
    noBoard(change, holders, you)
  );
}

/** That somebody will be there to verify it is found now, and not when it waits for them. */
function noVerifier(change: Examined, policy: Policy, holders: Holders, you: string): string | undefined {
  const implementer = implementerOf(change);
  if (verifiersOf(change, implementer, holders).length > 0) return undefined;
  const roles = change.execution.verifiers.map((role) => policy.roles[role] ?? role).join(' or ');
  const others = implementer === change.requester ? you : `${you} and who carries it out`;
  return `Nobody but ${others} holds the role ${roles}, and somebody else has to verify it.`;
}

/** The same for the board that reviews it afterwards. */
function noBoard(change: Examined, holders: Holders, you: string): string | undefined {
  const board = change.execution.boardReview;
  const implementer = implementerOf(change);
  if (!board || boardReviewers(change, implementer, holders).length > 0) return undefined;
  const others = implementer === change.requester ? you : `${you} and who carries it out`;
  return `Nobody but ${others} sits on the board (${board.title}), and somebody else has to review it afterwards.`;
}

/** Why a risk does not fit a category, or nothing: "automated validation" (guide, "Standard Change Approval"). */
export function unqualified(policy: Policy, category: Category, risk: Risk): string | undefined {
  const { highestRisk, title } = policy.categories[category];
  if (!exceeds(risk.level, highestRisk)) return undefined;
  const reasons = risk.set ? `set by <@${risk.set.by}>` : risk.reasons.join(', ');
  return `${title} changes must be ${highestRisk} risk; this one is ${risk.level} (${reasons}).`;
}

/** Nobody else can start it, so that they cannot is found now and not in its window. */
function checkImplementer({ category }: Examined, { policy, implementerIsOutside }: Facts): void {
  if (!implementerIsOutside) return;
  const why = 'They cannot use Docket: guests, bots and people who have left do not count.';
  throw new Refusal('not qualified', `${labelOf(policy, category, 'implementer')}: ${why}`, {
    implementer: `${why} Choose somebody else.`,
  });
}

/** Whom the requester names is asked, and nobody else; so it is found now that they have no say. */
function checkNamed(change: Examined, policy: Policy, holders: Holders): void {
  for (const stage of change.route) {
    const barred = barredFrom(stage, change);
    for (const seat of stage.seats) {
      const named = seat.namedBy && change.proposal[seat.namedBy];
      if (!seat.namedBy || !named || candidates(seat, barred, holders).includes(named)) continue;
      const why = whyNot(named, seat, change.requester, barred, policy);
      const label = labelOf(policy, change.category, seat.namedBy);
      throw new Refusal('not qualified', `${label}: ${why}`, {
        [seat.namedBy]: `${why} Choose somebody else, or leave it empty.`,
      });
    }
  }
}

function whyNot(
  named: PersonId,
  { roles }: Seat,
  requester: PersonId,
  barred: readonly PersonId[],
  policy: Policy,
): string {
  if (named === requester) return 'You cannot review your own change.';
  if (barred.includes(named)) return 'They are to carry it out, so somebody else has to review it.';
  return `They do not hold the role ${roles.map((role) => policy.roles[role]).join(' or ')}.`;
}
