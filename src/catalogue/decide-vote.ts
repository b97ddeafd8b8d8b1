import type { Facts } from '../change/facts.ts';
import { type Holders, holdingsOf, rights } from '../change/holders.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import { fillable, standing } from '../change/route.ts';
import { sameMembers } from '../change/same.ts';
import type { PersonId, Seat } from '../change/types.ts';
import type { Standing } from '../change/voting.ts';
import { isLate, spokenOn, stillToVote } from './board.ts';
import { evolveTemplate } from './evolve.ts';
import { beforeBoard } from './offer.ts';
import type { CommandOf, Template, TemplateEvent, Version } from './types.ts';

/**
 * Somebody of the board votes on a version: one vote each, never its proposer, on exactly what they were shown.
 * The same arithmetic as for a change decides it (guide, "Change Advisory Board").
 */
export function vote(template: Template, command: CommandOf<'Vote'>, facts: Facts): TemplateEvent[] {
  const { by, at, verdict, seen } = command;
  const version = template.versions.find(({ hash }) => hash === seen);
  if (!version)
    throw new Refusal(
      'stale',
      'This has changed since it was shown to you. Please look at the current text.',
    );
  if (version.votes.some((each) => each.by === by && each.verdict === verdict)) return [];
  if (version.decided || template.retired)
    throw new Refusal('not now', 'This has been decided already, so there is nothing to vote on.');
  const { seat, ...right } = seatOf(version, by, facts.holders);
  if (verdict === 'defer')
    throw new Refusal('not now', 'A template is not put off: approve it, reject it, abstain or stand aside.');
  const words = command.words?.trim();
  if (verdict !== 'approve' && !words) throw wordless('Please say why, so that its proposer can act on it.');
  const voted: TemplateEvent = {
    ...{ type: 'TemplateVoted', by, at, version: version.version, stage: version.board.id },
    ...{ seat: seat.id, ...right, verdict, seen },
    ...(words && { words }),
  };
  return [voted, ...outcome(evolveTemplate(template, voted, template.id), version.version, at)];
}

/**
 * People have come or gone: whoever can vote now is asked, who cannot any more is let go, and the vote is counted by
 * those who are left. That may decide it.
 */
export function askAgain(template: Template, { at }: CommandOf<'AskAgain'>, facts: Facts): TemplateEvent[] {
  const version = beforeBoard(template);
  if (!version) return [];
  const asked = stillToVote(version, facts);
  const spoken = spokenOn(version);
  const before = version.asked.filter((person) => !spoken.has(person));
  const voters = votersOf(version, facts.holders);
  if (sameMembers(asked, before) && voters === version.voters) return [];
  const { version: n } = version;
  const anew: TemplateEvent = { type: 'TemplateAskedAnew', by: 'docket', at, version: n, asked, voters };
  return [anew, ...outcome(evolveTemplate(template, anew, template.id), n, at)];
}

/** How many have voted or can do so now. */
function votersOf(version: Version, holders: Holders): number {
  const { board, votes, proposer } = version;
  const spoken = spokenOn(version);
  const open = board.seats.filter(({ id }) => !votes.some((vote) => vote.seat === id));
  const free = open.map((seat) =>
    rights(seat, proposer, holders, isLate(version)).filter((person) => !spoken.has(person)),
  );
  return votes.length + fillable(free);
}

function outcome(template: Template, version: number, at: number): TemplateEvent[] {
  const stands = template.versions.find((each) => each.version === version);
  const result = stands ? standingOf(stands) : 'open';
  if (result === 'open') return [];
  const type = result === 'passed' ? 'TemplateApproved' : 'TemplateRejected';
  return [{ type, by: 'docket', at, version }];
}

/** Where the board stands with a version. */
export function standingOf({ board, votes, voters }: Version): Standing {
  return standing(board, { decisions: votes, opened: { [board.id]: { round: 1, voters } } });
}

/** How a seat is filled: in which role, and for whom if they stand in for somebody. */
interface Taking {
  seat: Seat;
  role: string;
  for?: PersonId;
}

/** The seat that this person fills: of those they may, the one that others can best do without them. */
function seatOf(version: Version, by: string, holders: Holders): Taking {
  const { board, proposer, votes } = version;
  if (by === proposer)
    throw new Refusal('own change', 'You proposed this, so somebody else has to decide on it.');
  // Who stood in for somebody has used that person's right, and neither of the two has another vote.
  const spoken = spokenOn(version);
  const late = isLate(version);
  if (spoken.has(by))
    throw new Refusal('seat taken', 'There is a vote of yours on this already. One person has one vote.');
  const open = board.seats.filter(({ id }) => !votes.some((each) => each.seat === id));
  const able = open.flatMap((seat) =>
    holdingsOf(by, seat, proposer, holders, late)
      .filter((holding) => !holding.for || !spoken.has(holding.for))
      .map((holding): Taking => ({ seat, role: holding.role, ...(holding.for && { for: holding.for }) })),
  );
  const left = (taking: Taking) => {
    const gone = [...spoken, by, taking.for];
    const rest = open.filter((seat) => seat !== taking.seat);
    return fillable(
      rest.map((seat) => rights(seat, proposer, holders, late).filter((person) => !gone.includes(person))),
    );
  };
  const [best] = able.toSorted((a, b) => left(b) - left(a));
  if (best) return best;
  const who = open.map(({ title }) => title).join(', ');
  throw new Refusal('not your role', `${board.title} is for: ${who}. You do not hold that role now.`);
}
