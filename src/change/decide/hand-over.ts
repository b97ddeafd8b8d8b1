import { boardOf, verifiersOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { checkOversees } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import type { Change, ChangeEvent, ChangeIn, CommandOf, PersonId } from '../types.ts';

/**
 * Somebody else goes on with what has been started: at the end of a shift, or because whoever began it cannot go on.
 * Who carries it out says so, or an overseer, who says why. Whoever has had a part in it checks nothing of it
 * afterwards (guide, "Implementation Verification"), so somebody must be left who can.
 */
export function handOver(change: Change, command: CommandOf<'HandOver'>, facts: Facts): ChangeEvent[] {
  const { by, at, to } = command;
  const running = begun(change);
  if (running.implementer === to) return [];
  const theirs = by === running.implementer;
  const right = theirs ? {} : checkOversees(change, by, facts, `hand ${change.number} over`);
  if (!to) throw unfit('Choose who goes on with it.');
  const words = command.words?.trim();
  if (!theirs && !words) throw wordless('Please say why it is handed over.');
  checkFit(running, to, facts);
  return [{ type: 'HandedOver', by, at, from: running.implementer, to, ...right, ...(words && { words }) }];
}

function begun(change: Change): ChangeIn<'implementing'> {
  if (change.status === 'implementing') return change;
  throw new Refusal(
    'not now',
    change.status === 'approved' || change.status === 'scheduled'
      ? `${change.number} has not been started. *Edit…* names somebody else to carry it out.`
      : `${change.number} is ${change.status} now; it is not being implemented.`,
  );
}

function checkFit(change: ChangeIn<'implementing'>, to: PersonId, facts: Facts): void {
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
  const after = { ...change, handedOverBy: [...(change.handedOverBy ?? []), change.implementer] };
  if (verifiersOf(after, to, facts.holders).length === 0)
    throw unfit(
      `Nobody would be left to verify ${change.number} if <@${to}> carried it out. Choose somebody else.`,
    );
  if (change.execution.boardReview && boardOf(after, to, facts.holders).length === 0)
    throw unfit(`Nobody would be left of the board to review ${change.number}. Choose somebody else.`);
}

function unfit(sentence: string): Refusal {
  return new Refusal('incomplete', sentence, { people: sentence });
}
