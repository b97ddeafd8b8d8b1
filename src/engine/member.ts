import { Refusal } from '../change/refusal.ts';
import type { PersonRow } from '../db/people.ts';

/**
 * Lets pass who works here. Asked once for everything that anybody says or presses, before it is looked at.
 * @throws {Refusal} for guests, people of other companies, bots, whoever has left and whoever is not known
 */
export function needMember(known: PersonRow | undefined): void {
  if (known && isMember(known)) return;
  throw new Refusal(
    'not your role',
    known
      ? 'Only members of this workspace can use Docket; guests cannot.'
      : 'I do not know you yet, and only members of this workspace can use Docket. Please try again in a minute.',
  );
}

/** Whether somebody works here, and so can use Docket. */
export function isMember({
  isGuest,
  deactivated,
  isBot,
}: Pick<PersonRow, 'isGuest' | 'deactivated' | 'isBot'>): boolean {
  return !isGuest && !deactivated && !isBot;
}
