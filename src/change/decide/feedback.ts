import { team } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { rightInOneOf } from '../holders.ts';
import { overseerTitle } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import type { Change, ChangeEvent, ChangeIn, CommandOf, PersonId, Right } from '../types.ts';

type CarriedOut = ChangeIn<'implemented' | 'verified' | 'closed'>;

/**
 * A defect that a change has caused, logged by anybody who sees it, once it has been carried out; or a finding of
 * an audit, of any change, by the auditors or who oversees changes.
 */
export function logFinding(change: Change, command: CommandOf<'LogFinding'>, facts: Facts): ChangeEvent[] {
  const { by, at, finding, of, severity, link } = command;
  if (change.findings.some(({ id }) => id === finding)) return [];
  const right = of === 'audit' ? auditsAs(facts, by) : {};
  if (!right) {
    const title = facts.policy.auditors && facts.policy.roles[facts.policy.auditors];
    const who = [overseerTitle(facts), ...(title ? [title.toLowerCase()] : [])].join(' or the ');
    throw new Refusal('not your role', `Findings of an audit are logged by the ${who}.`);
  }
  if (of === 'defect' && !wasCarriedOut(change))
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; a defect can be logged once it has been carried out.`,
    );
  const words = command.words.trim();
  if (!words) throw wordless(of === 'defect' ? 'Please say what is wrong.' : 'Please say what was found.');
  const more = link ? { link } : {};
  return [{ type: 'FindingLogged', by, at, ...right, finding, of, severity, words, ...more }];
}

/** The right in which somebody logs what an audit has found; nothing if they may not. */
function auditsAs({ policy, holders }: Facts, person: CommandOf<'LogFinding'>['by']): Right | undefined {
  const roles = [...(policy.auditors === undefined ? [] : [policy.auditors]), policy.overseer];
  return rightInOneOf(roles, person, [], holders);
}

/**
 * Those who asked for a change or live with it say how content they are, from 1 to 5, once it has closed. Saying it
 * again corrects it.
 */
export function rate(change: Change, { by, at, score, words: given }: CommandOf<'Rate'>): ChangeEvent[] {
  if (change.status !== 'closed')
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; it can be rated once it is closed.`,
    );
  if (!askedToRate(change).includes(by))
    throw new Refusal(
      'not your role',
      `How content people are with ${change.number} is asked of its requester and those it names, not of who carried it out.`,
    );
  if (!Number.isInteger(score) || score < 1 || score > 5)
    throw new Refusal('unknown', 'Please choose a number from 1 to 5.');
  const before = change.ratings.find((rating) => rating.by === by);
  const words = given?.trim() || before?.words;
  if (before?.score === score && before.words === words) return [];
  return [{ type: 'Rated', by, at, score, ...(words && { words }) }];
}

/** Who is asked how content they are: who wanted it and those whom it names, and never who carried it out. */
export function askedToRate(change: Change): PersonId[] {
  const carriedOut = team(change);
  const people = [change.requester, ...(change.proposal.stakeholders ?? [])];
  return [...new Set(people)].filter((person) => !carriedOut.includes(person));
}

function wasCarriedOut(change: Change): change is CarriedOut {
  return 'finishedAt' in change;
}
