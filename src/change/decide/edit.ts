import type { FieldId } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { andThen, reopened } from '../advance.ts';
import type { Draft } from '../draft.ts';
import { evolve } from '../evolve.ts';
import { examine } from '../examine.ts';
import type { Facts } from '../facts.ts';
import { checkLocked, templateOf } from '../from-template.ts';
import { differences, materialChanges, showsRisk, tidy } from '../proposal.ts';
import { Refusal } from '../refusal.ts';
import { assessRisk, keptSetting, withSetting } from '../risk.ts';
import { applies, standing } from '../route.ts';
import { placeOf } from '../settle.ts';
import { notStarted } from '../states.ts';
import type {
  Change,
  ChangeEvent,
  Command,
  CommandOf,
  Decision,
  EventOf,
  FieldChange,
  Instant,
  Proposal,
} from '../types.ts';
import { letInto } from '../window-rules.ts';
import { criteriaMet } from './submit.ts';

/**
 * The requester alters a submitted change. A material edit voids the decisions it touches and the change goes
 * back to the first of their stages; a typo voids nothing. An edit of a returned change resubmits it, if it could be
 * submitted now: what has passed meanwhile, or come to stand against its window, is the requester's to mend.
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
  // Once it is of another category it has another road, and nothing of it was agreed beforehand.
  const template = templateOf(change);
  if (template) checkLocked(facts.policy, template, change.proposal, proposal);
  const changes = differences(change.proposal, proposal);
  const words = command.words?.trim();
  if (change.status === 'returned') {
    if (changes.length === 0 && !words) {
      throw new Refusal('nothing changed', 'Change something, or answer the question, before you resubmit.');
    }
    // Words alone take it on as well; by then a role may have emptied, or its window have passed.
    if (changes.length === 0) examine({ ...change, set: change.risk.set }, facts, at);
    const resubmitted: ChangeEvent = { type: 'Resubmitted', by, at, ...(words && { words }) };
    const made = changes.length > 0 ? [edited(change, proposal, changes, command, facts)] : [];
    const { category } = change;
    const checked = criteriaMet(facts, { at, category }, made[0]?.risk ?? change.risk);
    return andThen(change, [...made, resubmitted, ...checked], facts, at);
  }
  return changes.length === 0 ? [] : altered(change, proposal, command, facts);
}

/** A text that is put in place of a change's own, and what follows from that. */
export function altered(
  change: Change,
  proposal: Proposal,
  command: Pick<Command, 'by' | 'at'>,
  facts: Facts,
): ChangeEvent[] {
  const changes = differences(change.proposal, proposal);
  // Those who had decided in the present stage, or are newly named, are asked.
  const event = edited(change, proposal, changes, command, facts);
  const named = changes.some(({ field }) => field === 'reviewer');
  return reopened(
    change,
    event,
    facts,
    (stage) => named || event.voided.some((decision) => decision.stage === stage),
  );
}

function edited(
  change: Change,
  proposal: Change['proposal'],
  changes: FieldChange[],
  { by, at }: Pick<Command, 'by' | 'at'>,
  facts: Facts,
): EventOf<'Edited'> {
  const { policy } = facts;
  const { material, set, risk, voided } = touchedBy(change, proposal, policy);
  const decisions = change.decisions.filter((decision) => !voided.includes(decision));
  const before = change.status === 'returned' ? undefined : change;
  examine({ ...change, proposal, decisions, set }, facts, judgedAt(change, proposal, at), before);
  const unset = !set && change.risk.set && { by: change.risk.set.by, level: change.risk.level };
  const event: EventOf<'Edited'> = {
    ...{ type: 'Edited', by, at, proposal, risk, changes, material },
    voided: voided.map(({ stage, seat, by: who }) => ({ stage, seat, by: who })),
    ...(unset && { unset }),
    ...(material.length > 0 && letInto(change).length > 0 && { exemptionsVoid: true as const }),
  };
  return { ...event, ...(isDecided(evolve(change, event, change.id)) ? {} : placeOf(change)) };
}

function isDecided(change: Change): boolean {
  return change.route
    .filter((stage) => applies(stage, change.reviewed))
    .every((stage) => standing(stage, change) === 'passed');
}

/** What a text would touch in place of the change's own: what in it matters, its risk, and the decisions that it makes void. */
function touchedBy(change: Change, proposal: Proposal, policy: Policy) {
  const matters = materialChanges(policy, change.reviewed, proposal);
  const set = keptSetting(policy, change, proposal);
  const risk = withSetting(policy, change.category, assessRisk(policy, change.category, proposal), set);
  const otherRisk = risk.level !== change.risk.level;
  const voidedBy = (fields: FieldId[]) =>
    change.decisions.filter((decision) => {
      const stage = change.route.find(({ id }) => id === decision.stage);
      return (
        stage && (stage.material.some((field) => fields.includes(field)) || (otherRisk && showsRisk(stage)))
      );
    });
  // To whom it was handed over since is not this edit's doing: by itself that asks nobody anew.
  const others = matters.filter((field) => field !== 'implementer');
  const alone = proposal.implementer === change.proposal.implementer && voidedBy(others).length === 0;
  const material = alone ? others : matters;
  return { material, set, risk, voided: voidedBy(material) };
}

/** The decisions that an edit would make void, were it saved as it is; none of what is not submitted yet. */
export function voidedSoFar(policy: Policy, draft: Draft, change: Change | undefined): Decision[] {
  return change ? touchedBy(change, tidy(policy, change.category, draft.proposal), policy).voided : [];
}

/**
 * The present, as a proposal is held against it: a start that was agreed on and has since passed is not the
 * mistake of the edit that leaves it as it is. Of what was returned nothing is agreed on.
 * @param change the submitted change, if there is one
 */
export function judgedAt(change: Change | undefined, proposal: Proposal, at: Instant): Instant {
  if (!change || change.status === 'returned') return at;
  return proposal.startsAt === change.proposal.startsAt ? change.submittedAt : at;
}
