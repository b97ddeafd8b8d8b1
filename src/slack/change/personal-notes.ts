import { implementerOf, isForsaken } from '../../change/execution-plan.ts';
import type { Change, ChangeEvent, EventOf, PersonId } from '../../change/types.ts';
import { dueAt } from '../../engine/waiting.ts';
import type { Policy } from '../../policy/schema.ts';
import { type ButtonSpec, buttons, type Drawn, section } from '../blocks/blocks.ts';
import { inStead, mention, mentions, nameOf, said, when } from '../blocks/format.ts';
import { actionTargetOf, partTargetOf, targetOf } from '../ids.ts';
import { aftermathNote, owesRetrospective, pleaseLookBack } from './aftermath-notes.ts';
import { deskWordsTo } from './desk-notes.ts';
import { executionWords } from './execution-notes.ts';
import { findingWords } from './feedback-notes.ts';
import { isNotStarted, problemOf, whatHelps } from './route-notes.ts';
import { isEdited, isTheirs, notThen, schedulingNote, willBe } from './scheduling-notes.ts';
import { showChanges, showWindow } from './show-field.ts';
import { ACTION, copyButton, moveButton, recordButton } from './step-buttons.ts';
import { voteNote } from './vote-notes.ts';

/** What one person is told about an event in a direct message; nothing if it is no news to them. */
export function personalNote(
  event: ChangeEvent,
  change: Change,
  to: PersonId,
  policy: Policy,
  offers: readonly ButtonSpec[] = [],
): Drawn | undefined {
  const words = personalWords(event, change, to, policy);
  if (!words) return undefined;
  const asked = next(event, change, to).map(
    (each, n): ButtonSpec => ({ ...each, ...(n === 0 && { style: 'primary' }) }),
  );
  const lead = [...asked, ...offers];
  return { text: inShort(words), blocks: [section(words), ...buttons([...lead, recordButton(change)])] };
}

/** As many whole lines as a notification has room for: the first may be only the name of the change. */
function inShort(words: string): string {
  const lines = words.split('\n');
  const fit = lines.filter((_, n) => lines.slice(0, n + 1).join('\n').length <= NOTIFICATION);
  return fit.length > 0 ? fit.join('\n') : (lines[0] ?? words);
}
const NOTIFICATION = 400;

function spec(change: Change, label: string, action: string): ButtonSpec {
  return { label, action, value: targetOf(change), spoken: `${label} ${change.number}` };
}

/** The buttons for what this event asks of somebody, the nearest first. */
function next(event: ChangeEvent, change: Change, to: PersonId): ButtonSpec[] {
  switch (event.type) {
    case 'Returned':
    case 'ReturnReminded':
      if (to !== change.requester) return [];
      return [spec(change, 'Edit and resubmit…', ACTION.edit)];
    // What was rejected has ended; what was typed need not be typed again.
    case 'ChangeRejected':
      return to === change.requester ? [copyButton(change)] : [];
    case 'RouteChecked':
      if (event.gone && to === change.requester)
        return isNotStarted(change) ? [spec(change, 'Edit…', ACTION.edit)] : [];
      return isForsaken(change) ? [spec(change, 'Hand over…', ACTION.handOver)] : [];
    case 'QuestionAsked':
      return [{ ...spec(change, 'Answer…', ACTION.answer), value: partTargetOf(change, event.question) }];
    case 'WindowNear':
      return startButtons(change, to);
    case 'StartOverdue':
      return [
        ...startButtons(change, to),
        ...(event.overseers?.includes(to) ? [spec(change, 'Cancel the change…', ACTION.cancel)] : []),
      ];
    case 'Overran':
      return overrunButtons(event.overseers, change, to);
    case 'VerificationReminded':
      return event.people.includes(to) ? [spec(change, 'Verify…', ACTION.verify)] : [];
    case 'BoardReviewReminded':
    case 'BoardReviewEscalated':
      return event.people.includes(to) ? [spec(change, 'Review…', ACTION.reviewEmergency)] : [];
    case 'QuorumLost':
      return [spec(change, 'Decide without quorum…', ACTION.waiveQuorum)];
    case 'Unscheduled':
    case 'Caught':
      if (to === change.requester && isEdited(change))
        return [spec(change, change.status === 'returned' ? 'Edit and resubmit…' : 'Edit…', ACTION.edit)];
      return event.exempters.includes(to) && !isTheirs(change, to)
        ? [spec(change, 'Let it in…', ACTION.exempt)]
        : [];
    case 'ActionAdded':
    case 'ActionChased':
      return [{ ...spec(change, 'Done', ACTION.actionDone), value: actionTargetOf(change.id, event.action) }];
    default:
      return owesRetrospective(change, to) ? [spec(change, 'Retrospective…', ACTION.retrospective)] : [];
  }
}

/** Who carries it out starts it or moves its window, its requester only moves it; nothing once it has begun or ended. */
function startButtons(change: Change, to: PersonId): ButtonSpec[] {
  if (change.status !== 'approved' && change.status !== 'scheduled') return [];
  const starts = to === implementerOf(change) ? [spec(change, 'Start…', ACTION.start)] : [];
  return change.proposal.startsAt === undefined ? starts : [...starts, moveButton(change)];
}

/** Who carries it out says how it ended; who oversees changes has somebody else go on, where they cannot. */
function overrunButtons(overseers: readonly PersonId[], change: Change, to: PersonId): ButtonSpec[] {
  if (change.status !== 'implementing') return [];
  if (to === change.implementer)
    return [spec(change, 'Finish…', ACTION.finish), spec(change, 'Roll back…', ACTION.rollBack)];
  return overseers.includes(to) ? [spec(change, 'Hand over…', ACTION.handOver)] : [];
}

function personalWords(event: ChangeEvent, change: Change, to: PersonId, policy: Policy): string | undefined {
  const name = `*${nameOf(change)}*`;
  const who = mention(event.by);
  switch (event.type) {
    case 'ChangeApproved':
      if (to !== change.requester) return willBe(change, 'approved', showWindow(change.proposal));
      return `✅ ${name} is approved.${change.status === 'scheduled' ? `\n📅 It is scheduled for ${showWindow(change.proposal)}.` : ''}`;
    case 'Submitted':
      return `🚨 ${who} filed an emergency: ${name}. Those who decide on it are asked at once.\n${said(change.proposal.justification ?? '', 1000)}`;
    case 'ChangeRejected':
      return `⛔ ${who} rejected ${name}.${event.words ? `\n${said(event.words, 1500)}` : ''}`;
    case 'Returned':
      return `↩️ ${who} returned ${name} to you. Answer, change what is needed and resubmit it; then it goes on.\n${said(event.words, 1500)}`;
    case 'ReturnReminded':
      return stillReturned(event, change, to, name);
    case 'Withdrawn':
      return `🚫 ${who} withdrew ${name}, which was returned to you.${event.words ? `\n${said(event.words, 1500)}` : ''}`;
    case 'QuestionAsked':
      return `❓ ${who}${inStead(event.for)} asks about ${name}:\n${said(event.words, 1500)}`;
    case 'QuestionAnswered':
      return `💬 ${who} answered your question about ${name}:\n${said(event.words, 1500)}`;
    case 'QuorumLost':
    case 'Deferred':
      return voteNote(event, change);
    case 'Edited':
      if (!event.voided.some(({ by }) => by === to))
        return notThen(name, event.lost, 'it was edited, and is decided on anew');
      return `✏️ ${who} edited ${name} after you decided, so your decision no longer counts. You are asked again when it is your turn.\n${showChanges(policy, event.changes)}`;
    case 'RiskSet':
    case 'Reclassified':
    case 'Reassigned':
      return deskWordsTo(to, event, change, name, policy);
    case 'RouteChecked':
      return `⚠️ ${name} cannot get to its end now: ${problemOf(event)} ${whatHelps(event, change, to)}`;
    case 'Reminded':
      return reminder(event.percent, event.people.includes(to), change, name, event.people);
    case 'Verified':
    case 'Finished':
    case 'RolledBack':
      return `${name}\n${executionWords(event, change) ?? ''}${pleaseLookBack(change, to)}`;
    case 'WindowNear':
    case 'StartOverdue':
    case 'Overran':
    case 'RetrospectiveHeld':
    case 'VerificationReminded':
    case 'VerifiersAsked':
    case 'RetrospectiveReminded':
    case 'EmergencyReviewed':
    case 'BoardReviewReminded':
    case 'BoardReviewEscalated':
    case 'ActionAdded':
    case 'ActionCompleted':
    case 'ActionChased':
      return aftermathNote(event, change, to, policy);
    case 'FindingLogged':
      return `${name}\n${findingWords(event)}`;
    case 'Scheduled':
    case 'Unscheduled':
    case 'Caught':
    case 'FreezeLifted':
    case 'Exempted':
      return schedulingNote(event, change, to, policy);
    case 'Started':
    case 'HandedOver':
    case 'Cancelled':
    case 'Expired':
      return `${name}\n${executionWords(event, change) ?? ''}`;
    case 'TestsRecorded':
    case 'Prepared':
    case 'StepsDone':
    case 'Noted':
    case 'ChangeClosed':
    case 'CriteriaChecked':
    case 'StageOpened':
    case 'Decided':
    case 'VotersCounted':
    case 'Advised':
    case 'QuorumWaived':
    case 'TakenUp':
    case 'StagePassed':
    case 'Resubmitted':
    case 'Rated':
    case 'Notified':
    case 'Refused':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** It may be held until its person works; by then it may have been resubmitted, or said again. */
function stillReturned(
  { due }: EventOf<'ReturnReminded'>,
  change: Change,
  to: PersonId,
  name: string,
): string | undefined {
  if (change.status !== 'returned' || (change.returned.reminded ?? 0) > due) return undefined;
  const { by, at, words } = change.returned;
  return to === change.requester
    ? `⏰ ${name} was returned to you by ${mention(by)} ${when(at)} and waits for your answer. Edit and resubmit it, or withdraw it.\n${said(words, 1500)}`
    : `⏰ ${name} was returned to ${mention(change.requester)} ${when(at)} and has not been resubmitted. Ask them about it, or withdraw it from its full record.`;
}

function reminder(
  percent: number,
  theirs: boolean,
  change: Change,
  name: string,
  people: PersonId[],
): string {
  const until = when(dueAt(change));
  if (!theirs) {
    const waits =
      people.length > 0 ? `it still waits for ${mentions(people)}` : 'nobody is left who can decide';
    return `⏰ The time for ${name} is up and ${waits}. Please see that somebody decides.`;
  }
  return percent >= 100
    ? `⏰ ${name} was due ${until} and still waits for you. The case is in the message above, or in its full record.`
    : `⏰ ${name} still waits for you, until ${until}.`;
}
