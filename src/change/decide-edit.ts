import { andThen, openStage } from './advance.ts';
import { evolve } from './evolve.ts';
import { examine } from './examine.ts';
import type { Facts } from './facts.ts';
import { differences, materialChanges, tidy } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { openStageOf } from './seats.ts';
import { isUnderReview, notStarted } from './states.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, FieldChange } from './types.ts';

/**
 * The requester alters a submitted change. A material edit voids the decisions it touches and the change goes
 * back to the first of their stages; a typo voids nothing. An edit of a returned change resubmits it.
 */
export function edit(change: Change, command: CommandOf<'Edit'>, facts: Facts): ChangeEvent[] {
  const { by, at } = command;
  if (by !== change.requester) {
    throw new Refusal(
      'not the requester',
      `Only <@${change.requester}>, who filed ${change.number}, can edit it.`,
    );
  }
  notStarted(change, 'edited');
  const proposal = tidy(facts.policy, change.category, command.proposal);
  const changes = differences(change.proposal, proposal);
  const words = command.words?.trim();
  if (change.status === 'returned') {
    if (changes.length === 0 && !words) {
      throw new Refusal('nothing changed', 'Change something, or answer the question, before you resubmit.');
    }
    // Words alone take it on as well; by then a role may have emptied.
    if (changes.length === 0) examine(change, facts, change.submittedAt);
    const resubmitted: ChangeEvent = { type: 'Resubmitted', by, at, ...(words && { words }) };
    const events =
      changes.length > 0 ? [edited(change, proposal, changes, command, facts), resubmitted] : [resubmitted];
    return andThen(change, events, facts, at);
  }
  return changes.length === 0
    ? []
    : reopened(change, edited(change, proposal, changes, command, facts), facts);
}

function edited(
  change: Change,
  proposal: Change['proposal'],
  changes: FieldChange[],
  { by, at }: CommandOf<'Edit'>,
  facts: Facts,
): EventOf<'Edited'> {
  // A start that was agreed on and has since passed is not this edit's mistake.
  const startIsOld = proposal.startsAt === change.proposal.startsAt;
  const material = materialChanges(facts.policy, change.reviewed, proposal);
  const touched = (stage: string) =>
    change.route.find(({ id }) => id === stage)?.material.some((field) => material.includes(field));
  const voided = change.decisions
    .filter((d) => touched(d.stage))
    .map(({ stage, seat, by: who }) => ({ stage, seat, by: who }));
  const decisions = change.decisions.filter((d) => !touched(d.stage));
  const risk = examine({ ...change, proposal, decisions }, facts, startIsOld ? change.submittedAt : at);
  return { type: 'Edited', by, at, proposal, risk, changes, material, voided };
}

/** Where the change goes after an edit; those who had decided in its present stage, or are newly named, are asked. */
function reopened(change: Change, event: EventOf<'Edited'>, facts: Facts): ChangeEvent[] {
  const events = andThen(change, [event], facts, event.at);
  const after = evolve(change, event, change.id);
  if (events.length > 1 || !isUnderReview(after)) return events;
  const { stage } = after.open;
  const askAgain =
    event.voided.some((v) => v.stage === stage) || event.changes.some(({ field }) => field === 'reviewer');
  return askAgain ? [...events, openStage(after, openStageOf(after), facts, event.at)] : events;
}
