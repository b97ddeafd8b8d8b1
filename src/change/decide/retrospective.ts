import type { Learnt } from '../aftermath.ts';
import { andClose } from '../closing.ts';
import { looksBackIfOpen, participantsOf } from '../duties.ts';
import type { Facts } from '../facts.ts';
import { inRole } from '../holders.ts';
import { oneOf, Refusal } from '../refusal.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';
import { wentWell } from '../went-well.ts';
import { newActions } from './action.ts';

const ASKED = {
  review: 'how the implementation went',
  evaluation: 'whether the success criteria were met',
  wentWell: 'what went well',
  toImprove: 'what could be improved',
} as const;

/**
 * What was learnt (guide, "Retrospective Meeting"), recorded by somebody who takes part in it, as soon as the
 * change has been carried out. Causes are asked for where it did not go well.
 */
export function holdRetrospective(
  change: Change,
  command: CommandOf<'HoldRetrospective'>,
  facts: Facts,
): ChangeEvent[] {
  const { by, at } = command;
  if ('retrospective' in change && change.retrospective) return [];
  if (change.status !== 'implemented' && change.status !== 'verified')
    throw new Refusal(
      'not now',
      `${change.number} is ${change.status} now; its retrospective comes after the implementation.`,
    );
  if (!change.duties.retrospective)
    throw new Refusal(
      'not now',
      `${change.number} needs no retrospective${looksBackIfOpen(change) ? ' unless its verification leaves something open' : ''}; it closes once it is verified.`,
    );
  const took = participantsOf(change, facts);
  if (!took.includes(by))
    throw new Refusal(
      'not your role',
      `The retrospective of ${change.number} is recorded by somebody who took part in it: ${oneOf(took)}.`,
    );
  const learnt = checked(command, wentWell(change) === false);
  const participants = command.participants.length > 0 ? [...new Set(command.participants)] : took;
  return andClose(change, [
    { type: 'RetrospectiveHeld', by, at, ...learnt, participants },
    ...newActions(command.actions, by, at, (n) => `retrospective-${n + 1}`),
  ]);
}

/** Those who owe the retrospective are reminded of it; once its time is up, the overseer too. */
export function remindRetrospective(
  change: Change,
  { at, due }: CommandOf<'RemindRetrospective'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  if (!('duties' in change) || change.retrospective || !change.duties.retrospective) return [];
  if ((change.reminded.retrospective ?? 0) >= due) return [];
  const people = [...new Set([change.requester, change.implementer])];
  const late = due >= change.duties.retrospective.deadline;
  const overseers = late ? inRole(holders, policy.overseer) : [];
  return [{ type: 'RetrospectiveReminded', by: 'docket', at, due, people, overseers }];
}

/** The words without the space around them. @throws {Refusal} naming each field that is still empty */
function checked(given: Learnt, needsCauses: boolean): Omit<Learnt, 'participants'> {
  const causes = given.causes?.trim();
  const recommendations = given.recommendations?.trim();
  const words = {
    ...{ review: given.review.trim(), evaluation: given.evaluation.trim() },
    ...{ wentWell: given.wentWell.trim(), toImprove: given.toImprove.trim() },
  };
  const missing = (['review', 'evaluation', 'wentWell', 'toImprove'] as const).filter(
    (field) => !words[field],
  );
  const fields = Object.fromEntries(missing.map((field) => [field, `Please say ${ASKED[field]}.`]));
  const why = 'Please say what went wrong, and why.';
  if (missing.length > 0)
    throw new Refusal('incomplete', `Please say ${missing.map((field) => ASKED[field]).join(', ')}.`, fields);
  if (needsCauses && !causes) throw new Refusal('incomplete', why, { causes: why });
  return { ...words, ...(causes && { causes }), ...(recommendations && { recommendations }) };
}
