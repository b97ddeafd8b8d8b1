import { spokenBy } from './decided.ts';
import type { Facts } from './facts.ts';
import { candidates, type Holders, rightOf } from './holders.ts';
import { overseerTitle } from './overseer.ts';
import { Refusal } from './refusal.ts';
import { barredFrom } from './route.ts';
import type { Actor, Change, Filed, PersonId, Right, Stage } from './types.ts';

/** Those who can lead a board's vote on a change: who acts in the chair's seat and has not stood aside. */
export function chairsOf(
  stage: Stage,
  change: Pick<Filed, 'requester' | 'proposal' | 'decisions'>,
  holders: Holders,
): PersonId[] {
  const seat = stage.seats.find(({ id }) => id === stage.chair);
  if (!seat) return [];
  const aside = spokenBy(change.decisions.filter((d) => d.stage === stage.id && d.verdict === 'recuse'));
  return candidates(seat, barredFrom(stage, change), holders).filter((person) => !aside.includes(person));
}

/**
 * The right in which this person leads the board: its chair's, or that of who oversees changes where nobody else could
 * lead it.
 * @throws {Refusal} for anybody else
 */
export function checkLeads(stage: Stage, change: Change, by: Actor, facts: Facts, what: string): Right {
  const barred = barredFrom(stage, change);
  if (barred.includes(by))
    throw new Refusal('own change', `This is your change, so somebody else has to ${what}.`);
  const chairs = chairsOf(stage, change, facts.holders);
  const seat = stage.seats.find(({ id }) => id === stage.chair);
  const leading = chairs.length === 0 ? { roles: [facts.policy.overseer] } : seat;
  const right = leading && rightOf(by, leading, barred, facts.holders);
  if (right && (chairs.length === 0 || chairs.includes(by))) return right;
  const who = chairs.map((person) => `<@${person}>`).join(', ') || `the ${overseerTitle(facts)}`;
  throw new Refusal('not your role', `Only the chair of the board (${who}) can ${what}.`);
}
