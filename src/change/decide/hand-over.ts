import { andThen } from '../advance.ts';
import { boardReviewers, implementerOf, isForsaken, team, verifiersOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { checkOversees } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import type { Actor, Change, ChangeEvent, ChangeIn, CommandOf, PersonId } from '../types.ts';

/**
 * Somebody else goes on with what has been started: at the end of a shift, or because whoever began it cannot go on.
 * Who carries it out says so, or an overseer, who says why. What has been approved and not started an overseer gives to
 * somebody else where whoever was to carry it out has left: its requester, who could name another, may have left too.
 * Whoever has had a part in it checks nothing of it afterwards (guide, "Implementation Verification"), so somebody must
 * be left who can.
 */
export function handOver(change: Change, command: CommandOf<'HandOver'>, facts: Facts): ChangeEvent[] {
  const { by, at, to } = command;
  const from = implementerOf(change);
  if (from === to) return [];
  const ready = toHandOver(change, by);
  const theirs = ready.status === 'implementing' && by === from;
  const right = theirs ? {} : checkOversees(change, by, facts, `hand ${change.number} over`);
  if (!to) throw unfit('Choose who goes on with it.');
  const words = command.words?.trim();
  if (!theirs && !words) throw wordless('Please say why it is handed over.');
  checkFit(ready, to, facts);
  const handed: ChangeEvent = { type: 'HandedOver', by, at, from, to, ...right, ...(words && { words }) };
  // Before the start its window can be one in which they have something else to do.
  return ready.status === 'implementing' ? [handed] : andThen(change, [handed], facts, at);
}

type Handed = ChangeIn<'approved' | 'scheduled' | 'implementing'>;

function toHandOver(change: Change, by: Actor): Handed {
  if (change.status === 'implementing') return change;
  if (isForsaken(change) && by !== change.requester) return change;
  throw new Refusal(
    'not now',
    change.status === 'approved' || change.status === 'scheduled'
      ? `${change.number} has not been started. *Edit…* names somebody else to carry it out.`
      : `${change.number} is ${change.status} now; it is not being implemented.`,
  );
}

function checkFit(change: Handed, to: PersonId, facts: Facts): void {
  if (facts.implementerIsOutside)
    throw unfit(`<@${to}> cannot use Docket: guests, bots and people who have left do not count.`);
  const barring = change.route.filter(({ notByImplementer }) => notByImplementer);
  const stage = barring.find(({ id }) =>
    change.decisions.some((d) => d.stage === id && (d.by === to || d.for === to)),
  );
  if (stage)
    throw unfit(
      `<@${to}> had a say in ${stage.title}, where whoever carries it out has none. Choose somebody else.`,
    );
  if (change.status === 'implementing' && change.exemptions?.some((e) => e.by === to || e.for === to))
    throw unfit(`<@${to}> has let it into a freeze, as the second person. Choose somebody else.`);
  // Who has not started it had no part in it.
  const before = change.status === 'implementing' ? team(change) : [];
  const after = { ...change, handedOverBy: before };
  if (verifiersOf(after, to, facts.holders).length === 0)
    throw unfit(
      `Nobody would be left to verify ${change.number} if <@${to}> carried it out. Choose somebody else.`,
    );
  if (change.execution.boardReview && boardReviewers(after, to, facts.holders).length === 0)
    throw unfit(`Nobody would be left of the board to review ${change.number}. Choose somebody else.`);
}

function unfit(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { people: sentence });
}
