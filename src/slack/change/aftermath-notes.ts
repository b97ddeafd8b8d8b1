import type { AftermathEvent } from '../../change/aftermath.ts';
import { itemOf } from '../../change/decide/action.ts';
import { boardReviewDue, retrospectiveDue, verificationDue } from '../../change/duties.ts';
import { implementerOf, openBeforeStart } from '../../change/execution-plan.ts';
import type { Change, ChangeEvent, PersonId } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { day, escaped, inStead, mention, mentions, nameOf, said, when } from '../blocks/format.ts';
import { learnt, reviewWords } from './evidence.ts';

type Afterwards = Extract<ChangeEvent, AftermathEvent>;

/** What an event around or after the implementation is called in the history; nothing if it is no news. */
export function aftermathWords(event: Afterwards, change: Change, policy: Policy): string | undefined {
  switch (event.type) {
    case 'Overran':
      if (event.due !== undefined) return undefined;
      return change.proposal.endsAt === undefined
        ? `⏰ ${change.number} was started ${startOf(change)} and is still being implemented.`
        : `⏰ The window ended ${endOf(change)} and ${change.number} is still being implemented.`;
    case 'RetrospectiveHeld':
      return `${mention(event.by)} recorded the retrospective.\n${learnt(event).join('\n')}`;
    case 'EmergencyReviewed':
      return `⚖️ *${boardTitle(change)}*: ${reviewWords(event, policy)}`;
    case 'BoardReviewEscalated':
      return `⏰ The review by the ${boardTitle(change)} was due ${when(boardReviewDue(change) ?? event.due)} and is still to be recorded.`;
    case 'ActionAdded':
      return `📌 Action item for ${mention(event.owner)}, by ${day(event.due)}:\n${said(event.words, 300)}`;
    case 'ActionCompleted':
      return `✅ ${mention(event.by)}${inStead(event.for)} says that this is done:\n${said(itemOf(change, event.action)?.words ?? '', 300)}`;
    case 'WindowNear':
    case 'StartOverdue':
    case 'VerificationReminded':
    case 'VerifiersAsked':
    case 'RetrospectiveReminded':
    case 'BoardReviewReminded':
    case 'ActionChased':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** What one person is told about it. */
export function aftermathNote(
  event: Afterwards,
  change: Change,
  to: PersonId,
  policy: Policy,
): string | undefined {
  const name = `*${nameOf(change)}*`;
  const { startsAt } = change.proposal;
  const opens = startsAt === undefined ? '' : ` ${when(startsAt)}`;
  switch (event.type) {
    case 'WindowNear':
      // Held until its person works, it may come when the next one has been said, or the work begun.
      if (event.moment === 'day before' && !waitsForStart(change)) return undefined;
      return `⏳ ${name}: its window opens${opens}. ${leftToDo(change)}`;
    case 'StartOverdue':
      if (isOldNews(event.due, change, 'approved')) return undefined;
      if (startsAt === undefined && 'approvedAt' in change)
        return `⏰ ${name} was approved ${when(change.approvedAt)} and has not been started by ${mention(implementerOf(change))}. Start it, or cancel it.`;
      return `⏰ ${name} was to start${opens} and has not been started by ${mention(implementerOf(change))}. Start it, move its window, or cancel it.`;
    case 'Overran':
      return overrun(event, change, name);
    case 'VerificationReminded':
      return verificationReminder(event, change, to, name);
    case 'VerifiersAsked':
      return `⚠️ ${name} waits to be verified, and nobody is left who may. \`/change setup\` says who holds the roles that verify.`;
    case 'RetrospectiveReminded':
      return retrospectiveReminder(event, change, to, name);
    case 'EmergencyReviewed':
      return `${name}\n${aftermathWords(event, change, policy) ?? ''}`;
    case 'BoardReviewReminded':
    case 'BoardReviewEscalated':
      return boardReminder(event, change, to, name);
    case 'ActionAdded':
      return `📌 ${mention(event.by)} gave you an action item from ${name}, to be done by ${day(event.due)}:\n${said(event.words, 300)}`;
    case 'ActionChased':
      return chase(event, change, to, name);
    case 'RetrospectiveHeld':
    case 'ActionCompleted':
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

/** Said once more, it may be held until its person works; by then it may have moved on, or been said again. */
function isOldNews(due: number | undefined, change: Change, status: 'approved' | 'implementing'): boolean {
  if (due === undefined) return false;
  return change.status !== status || (change.saidAgain ?? 0) > due;
}

function overrun(
  { due }: Afterwards & { type: 'Overran' },
  change: Change,
  name: string,
): string | undefined {
  if (isOldNews(due, change, 'implementing')) return undefined;
  const who = 'implementer' in change ? mention(change.implementer) : 'its implementer';
  const please = 'Once it is over, please say how it went.';
  if (change.proposal.endsAt === undefined)
    return `⏰ ${name} was started ${startOf(change)}, and ${who} is still carrying it out. ${please}`;
  const again = due === undefined ? '' : ` ${please}`;
  return `⏰ The window of ${name} ended ${endOf(change)}, and ${who} is still carrying it out.${again}`;
}

function verificationReminder(
  { due, people }: Afterwards & { type: 'VerificationReminded' },
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  const deadline = verificationDue(change);
  if (deadline === undefined || isOvertaken(due, change, 'verification')) return undefined; // or verified since
  if (people.length === 0) return `⏰ ${name} waits to be verified, and nobody is left who may.`;
  const until =
    due < deadline ? `is to be verified by ${when(deadline)}` : `was to be verified by ${when(deadline)}`;
  return people.includes(to)
    ? `⏰ ${name} ${until}. One of you does it for all.`
    : `⏰ ${name} ${until} and waits for ${mentions(people)}. Please see that somebody does it.`;
}

function retrospectiveReminder(
  { due, people }: Afterwards & { type: 'RetrospectiveReminded' },
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  const deadline = retrospectiveDue(change);
  if (deadline === undefined || isOvertaken(due, change, 'retrospective')) return undefined; // or held since
  if (!people.includes(to))
    return `⏰ The retrospective of ${name} was due ${when(deadline)} and waits for ${mentions(people)}. Please see that it is held.`;
  return due < deadline
    ? `⏰ The retrospective of ${name} is due by ${when(deadline)}.`
    : `⏰ The retrospective of ${name} was due ${when(deadline)} and is still to be held.`;
}

function boardReminder(
  { type, due, people }: Afterwards & { type: 'BoardReviewReminded' | 'BoardReviewEscalated' },
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  const deadline = boardReviewDue(change);
  if (deadline === undefined || isOvertaken(due, change, 'boardReview')) return undefined; // or reviewed since
  const what = `The review of the emergency ${name} by the ${boardTitle(change)}`;
  if (type === 'BoardReviewReminded') return `⏰ ${what} is due by ${when(deadline)}.`;
  const ask = people.includes(to)
    ? 'is still to be recorded. One of you records it for all.'
    : `waits for ${mentions(people)}. Please see that it is held.`;
  return `⏰ ${what} was due ${when(deadline)} and ${ask}`;
}

function chase(
  { action, due }: Afterwards & { type: 'ActionChased' },
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  const item = itemOf(change, action);
  if (!item || item.done || (item.chasedFor ?? 0) > due) return undefined; // done or said again since
  const whose = item.owner === to ? 'An action item of yours' : `An action item of ${mention(item.owner)}`;
  const is = due === item.due ? `is due ${day(item.due)}` : `was due ${day(item.due)} and is still open`;
  return `📌 ${whose} from ${name} ${is}:\n${said(item.words, 300)}`;
}

function waitsForStart(change: Change): boolean {
  const waits = change.status === 'approved' || change.status === 'scheduled';
  return waits && !change.told.includes('hour before');
}

/** Whether a reminder that was held until its person works has been followed by a later one, which says it all. */
function isOvertaken(
  due: number,
  change: Change,
  duty: 'verification' | 'retrospective' | 'boardReview',
): boolean {
  return 'reminded' in change && (change.reminded[duty] ?? 0) > due;
}

function boardTitle({ execution }: Change): string {
  return escaped(execution.boardReview?.title ?? 'board');
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

function startOf(change: Change): string {
  return 'startedAt' in change ? when(change.startedAt) : '';
}

function endOf({ proposal }: Change): string {
  return proposal.endsAt === undefined ? '' : when(proposal.endsAt);
}
