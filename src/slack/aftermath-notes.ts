import type { AftermathEvent } from '../change/aftermath.ts';
import { retrospectiveDue } from '../change/duties.ts';
import { implementerOf, openBeforeStart } from '../change/execution-plan.ts';
import type { Change, ChangeEvent, PersonId } from '../change/types.ts';
import { learnt } from './evidence.ts';
import { escaped, mention, mentions, nameOf, when } from './format.ts';

type Afterwards = Extract<ChangeEvent, AftermathEvent>;

/** What an event around or after the implementation is called in the history; nothing if it is no news. */
export function aftermathWords(event: Afterwards, change: Change): string | undefined {
  switch (event.type) {
    case 'Overran':
      return `⏰ The window ended ${endOf(change)} and ${change.number} is still being implemented.`;
    case 'RetrospectiveHeld':
      return `${mention(event.by)} recorded the retrospective.\n${learnt(event).join('\n')}`;
    case 'WindowNear':
    case 'StartOverdue':
    case 'RetrospectiveReminded':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** What one person is told about it. */
export function aftermathNote(event: Afterwards, change: Change, to: PersonId): string | undefined {
  const name = `*${nameOf(change)}*`;
  const { startsAt } = change.proposal;
  const opens = startsAt === undefined ? '' : ` ${when(startsAt)}`;
  switch (event.type) {
    case 'WindowNear':
      return `⏳ ${name}: its window opens${opens}. ${leftToDo(change)}`;
    case 'StartOverdue':
      return `⏰ ${name} was to start${opens} and has not been started by ${mention(implementerOf(change))}. Start it, move its window with *Edit…*, or cancel it.`;
    case 'Overran':
      return `⏰ The window of ${name} ended ${endOf(change)}, and ${'implementer' in change ? mention(change.implementer) : 'its implementer'} is still carrying it out.`;
    case 'RetrospectiveReminded':
      return retrospectiveReminder(event, change, to, name);
    case 'RetrospectiveHeld':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** Asks those who owe the retrospective for it; nothing once it is held, or where somebody else owes it. */
export function pleaseLookBack(change: Change, to: PersonId): string {
  const due = retrospectiveDue(change);
  if (due === undefined || !owesRetrospective(change, to)) return '';
  return `\nPlease look back by ${when(due)}: what went well, what could be better?`;
}

/** Whether this person is one of the two who see to the retrospective, and it is still to be held. */
export function owesRetrospective(change: Change, person: PersonId): boolean {
  const implementer = 'implementer' in change ? change.implementer : undefined;
  return retrospectiveDue(change) !== undefined && [change.requester, implementer].includes(person);
}

function retrospectiveReminder(
  { due, people }: Afterwards & { type: 'RetrospectiveReminded' },
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  const deadline = retrospectiveDue(change);
  if (deadline === undefined) return undefined; // held since
  if (!people.includes(to))
    return `⏰ The retrospective of ${name} was due ${when(deadline)} and waits for ${mentions(people)}. Please see that it is held.`;
  return due < deadline
    ? `⏰ The retrospective of ${name} is due by ${when(deadline)}.`
    : `⏰ The retrospective of ${name} was due ${when(deadline)} and is still to be held.`;
}

function leftToDo(change: Change): string {
  if (!('prepared' in change)) return '';
  const { tests, checklist } = openBeforeStart(change);
  const left = [
    ...(tests.length > 0 ? [`tests to pass: ${tests.map(escaped).join(', ')}`] : []),
    ...(checklist.length > 0 ? [`to tick: ${checklist.map(escaped).join(', ')}`] : []),
  ];
  return left.length > 0 ? `Before you can start: ${left.join('; ')}.` : 'Everything is ready for the start.';
}

function endOf({ proposal }: Change): string {
  return proposal.endsAt === undefined ? '' : when(proposal.endsAt);
}
