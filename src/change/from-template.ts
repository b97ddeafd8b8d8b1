import { MINUTE } from '../calendar/zone.ts';
import type { FieldId } from '../policy/fields.ts';
import { type Category, fieldsOf, type Policy } from '../policy/schema.ts';
import type { Outcome } from './execution.ts';
import { differences, labelOf, tidy } from './proposal.ts';
import { quoted, Refusal } from './refusal.ts';
import { spell } from './report.ts';
import type { Change, PersonId, Proposal, Stage } from './types.ts';

/** The template of the catalogue that a change was filed from, as it was then. */
export interface FromTemplate {
  id: string;
  version: number;
  title: string;
  /** What nobody may alter, because the board has agreed to exactly that. */
  locked: FieldId[];
  /** How long it takes at most, where the template says so; absent in old records. */
  minutes?: number;
}

/** What a draft keeps of the template that it was begun from. */
export interface BegunFrom extends FromTemplate {
  /** When it may be used. */
  use: string;
}

/** A template as it is offered now: its version in force, and why it may not be used, if so. */
export interface Offer extends BegunFrom {
  proposal: Proposal;
  closed?: string;
}

/** What a change that did not go well says to the template that it was filed from. */
export interface Failure {
  type: 'Suspend';
  change: string;
  number: string;
  outcome: Exclude<Outcome, 'success'> | 'left open';
  /** Whose change it was: who asked for it and who carried it out. */
  people: PersonId[];
  words?: string;
}

/** The template that a change is filed from; none once it is of another category, and so has another road. */
export function templateOf({ category, template }: Pick<Change, 'category' | 'template'>) {
  return category === 'standard' ? template : undefined;
}

/**
 * What a change that names a template is filed from (guide, "Standard Changes": following established procedures).
 * @throws {Refusal} unless that version is in force and every locked field says what the template says
 */
export function filedFrom(
  policy: Policy,
  category: Category,
  named: { id: string; version: number },
  offer: Offer | undefined,
  proposal: Proposal,
): FromTemplate {
  if (!offer || offer.id !== named.id)
    throw new Refusal(
      'unknown',
      'There is no such template. `/change catalogue` lists those that may be used.',
    );
  if (category !== 'standard')
    throw new Refusal('not qualified', 'Only a standard change can be filed from the catalogue.');
  const { id, version, title, locked, minutes, closed } = offer;
  const name = quoted(title);
  if (closed !== undefined)
    throw new Refusal(
      'not now',
      `Nothing can be filed from “${name}” now: ${closed} File it without the template, or ask its owner.`,
    );
  if (version !== named.version)
    throw new Refusal(
      'stale',
      `Version ${named.version} of “${name}” is no longer in force; version ${version} is. Please begin from that one.`,
    );
  const from: FromTemplate = { id, version, title, locked, ...(minutes !== undefined && { minutes }) };
  checkLocked(policy, from, tidy(policy, category, offer.proposal), proposal);
  return from;
}

/** @throws {Refusal} naming each locked field that says something else afterwards, or where it would take longer */
export function checkLocked(
  policy: Policy,
  { title, locked, minutes = Infinity }: Pick<FromTemplate, 'title' | 'locked' | 'minutes'>,
  fixed: Proposal,
  proposal: Proposal,
): void {
  const altered = differences(fixed, proposal).flatMap(({ field }) =>
    locked.includes(field) ? [field] : [],
  );
  const name = quoted(title);
  const { startsAt = 0, endsAt = startsAt } = proposal;
  if (altered.length === 0 && endsAt - startsAt > minutes * MINUTE) {
    const sentence = `“${name}” was approved to take ${spell(minutes)} at most.`;
    throw new Refusal('not qualified', sentence, { endsAt: sentence });
  }
  if (altered.length === 0) return;
  const why = `“${name}” fixes this, because it was approved as it is.`;
  const names = altered.map((field) => labelOf(policy, 'standard', field)).join(', ');
  throw new Refusal(
    'not qualified',
    `“${name}” fixes ${names}: file it without the template to say something else there.`,
    Object.fromEntries(altered.map((field) => [field, why])),
  );
}

/** What is typed each time that something is filed from a template: all that is needed and neither fixed nor follows. */
export function askedEachTime(
  policy: Policy,
  { locked, minutes }: Pick<BegunFrom, 'locked' | 'minutes'>,
): FieldId[] {
  const { required } = policy.categories.standard;
  const endFollows = minutes !== undefined && required.includes('startsAt');
  return fieldsOf(policy, 'standard').filter(
    (field) => required.includes(field) && !locked.includes(field) && !(field === 'endsAt' && endFollows),
  );
}

/** The end that follows from a start, where the template says how long it takes. */
export function withItsEnd(proposal: Proposal, from: BegunFrom | undefined): Proposal {
  if (from?.minutes === undefined) return proposal;
  const { endsAt: _, ...rest } = proposal;
  return rest.startsAt === undefined ? rest : { ...rest, endsAt: rest.startsAt + from.minutes * MINUTE };
}

/** The road of what is filed from the catalogue: its category's, without what the policy lets it skip. */
export function shortened({ catalogue }: Policy, route: Stage[]): Stage[] {
  return route.filter(({ id }) => !catalogue?.skips.includes(id));
}
