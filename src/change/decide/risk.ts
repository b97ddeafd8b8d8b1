import { reopened } from '../advance.ts';
import { openStageOf } from '../decided.ts';
import { unqualified } from '../examine.ts';
import type { Facts } from '../facts.ts';
import { showsRisk } from '../proposal.ts';
import { Refusal, wordless } from '../refusal.ts';
import { seatFor } from '../seats.ts';
import { underReview } from '../states.ts';
import type { Change, ChangeEvent, CommandOf, Stage } from '../types.ts';
import { checkSeen } from './review.ts';

/**
 * Who validates a change puts its risk higher or lower than its answers make it, with the reason
 * (guide, "Submission Process": initial validation). What was decided on another risk no longer counts.
 */
export function setRisk(change: Change, command: CommandOf<'SetRisk'>, facts: Facts): ChangeEvent[] {
  const { by, at, level, seen } = command;
  const words = command.words.trim();
  const { risk, route, category } = change;
  if (risk.set?.by === by && risk.set.level === level && risk.set.words === words) return [];
  const waiting = underReview(change);
  const stage = openStageOf(waiting);
  const { seat: _, ...right } = seatFor(waiting, by, facts.holders);
  if (stage.kind !== 'validation')
    throw new Refusal('not now', 'The risk can be set while a change is validated, and not any more.');
  checkSeen(waiting, seen);
  if (level === risk.level) {
    const sentence = `The risk is ${level} already. Choose another level, or go back.`;
    throw new Refusal('nothing changed', sentence, { level: sentence });
  }
  if (!words) throw wordless('Please say why; everybody who decides reads it.');
  const set = { by, level, computed: risk.set?.computed ?? risk.level, words };
  const why = unqualified(facts.policy, category, { ...risk, level, set });
  if (why)
    throw new Refusal('not qualified', `${why} Reclassify it first.`, {
      level: `${why} Reclassify it first.`,
    });
  const shows = (each: Stage, id: string) => each.id === id && showsRisk(each);
  const voided = change.decisions
    .filter((decision) => route.some((each) => shows(each, decision.stage)))
    .map(({ stage: id, seat, by: who }) => ({ stage: id, seat, by: who }));
  const event: ChangeEvent = { type: 'RiskSet', by, at, ...right, before: risk.level, level, words, voided };
  return reopened(change, event, facts, (id) => voided.some((decision) => decision.stage === id));
}
