import type { Change, ChangeEvent, EventOf } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import {
  cutMarkup,
  escaped,
  inStead,
  mention,
  mentions,
  noLongerCount,
  said,
  when,
} from '../blocks/format.ts';
import { aftermathWords } from './aftermath-notes.ts';
import { deskWords } from './desk-notes.ts';
import { executionWords } from './execution-notes.ts';
import { findingWords } from './feedback-notes.ts';
import { problemOf } from './route-notes.ts';
import { schedulingWords } from './scheduling-notes.ts';
import { showChanges, showRisk } from './show-field.ts';
import { decidedWords, voteWords } from './vote-notes.ts';

/** Slack may break a longer text into several messages. */
export const LONGEST_NOTE = 4000;

/** What an event is called in the history of a change, in the thread under its headline; nothing if it is no news. */
export function historyNote(event: ChangeEvent, change: Change, policy: Policy): string | undefined {
  const words = historyWords(event, change, policy);
  return words && cutMarkup(words, LONGEST_NOTE);
}

function historyWords(event: ChangeEvent, change: Change, policy: Policy): string | undefined {
  const who = mention(event.by);
  // It may have another category by now, and so other stages.
  const stages = [...change.route, ...Object.values(policy.categories).flatMap((each) => each.stages)];
  const stage = (id: string) => escaped(stages.find((each) => each.id === id)?.title ?? id);
  switch (event.type) {
    case 'Submitted':
      return `${who} filed ${change.number}.`;
    case 'CriteriaChecked':
      return `Automatic check passed: ${escaped(event.checks.join('; '))}.`;
    case 'StageOpened':
      return `*${stage(event.stage)}*: asked ${mentions([...new Set(Object.values(event.asked).flat())])}, until ${when(event.deadline)}.`;
    case 'Decided':
      return decidedWords(event, policy.roles[event.role] ?? event.role, stage(event.stage));
    case 'QuorumLost':
    case 'QuorumWaived':
    case 'Deferred':
    case 'TakenUp':
      return voteWords(event, stage);
    case 'Advised':
      return `🧭 Guidance from ${mention(event.person)}, in a meeting of the board:\n${said(event.words, 1000)}`;
    case 'VotersCounted':
      return undefined;
    case 'StagePassed':
      return `*${stage(event.stage)}* passed.`;
    case 'ChangeApproved':
      return `✅ *${change.number} is approved*${event.automatic ? ', automatically, because it meets the criteria of its category' : ''}.`;
    case 'ChangeRejected':
      return `⛔ *${change.number} is rejected* at ${stage(event.stage)}.`;
    case 'Returned':
      return `${who} returned it with questions:\n${said(event.words, 1000)}`;
    case 'Resubmitted':
      return `${who} resubmitted it${event.words ? `:\n${said(event.words, 1000)}` : '.'}`;
    case 'QuestionAsked':
      return `${who}${inStead(event.for)} asked:\n${said(event.words, 1000)}`;
    case 'QuestionAnswered':
      return `${who} answered:\n${said(event.words, 1000)}`;
    case 'Edited':
      return editWords(event, policy);
    case 'RiskSet':
    case 'Reclassified':
    case 'Reassigned':
      return deskWords(event, change, policy);
    case 'Withdrawn':
      return `${who}${inStead(event.for)} withdrew it${event.words ? `:\n${said(event.words, 1000)}` : '.'}`;
    case 'RouteChecked':
      return event.problem
        ? `⚠️ It cannot get to its end now: ${problemOf(event)}`
        : 'Everybody whom it still needs is there again.';
    case 'Reminded':
      return `⏰ The time for *${stage(event.stage)}* is up. Still to decide: ${mentions(event.people) || 'nobody is left who can'}.${event.overseers.length > 0 ? ` ${mentions(event.overseers)} ${event.overseers.length > 1 ? 'have' : 'has'} been told.` : ''}`;
    case 'TestsRecorded':
    case 'Prepared':
    case 'Started':
    case 'StepsDone':
    case 'Noted':
    case 'HandedOver':
    case 'Finished':
    case 'RolledBack':
    case 'Verified':
    case 'ChangeClosed':
    case 'Cancelled':
    case 'Expired':
      return executionWords(event, change);
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
      return aftermathWords(event, change, policy);
    case 'FindingLogged':
      return findingWords(event);
    case 'Scheduled':
    case 'Unscheduled':
    case 'Caught':
    case 'FreezeLifted':
    case 'Exempted':
      return schedulingWords(event, change, policy);
    case 'ReturnReminded':
    case 'Rated':
    case 'Notified':
    case 'Refused':
      return undefined;
    default:
      return event satisfies never;
  }
}

function editWords(event: EventOf<'Edited'>, policy: Policy): string {
  const { voided, unset, risk, changes, exemptionsVoid } = event;
  const touched = noLongerCount(voided);
  const anew = unset
    ? `\nThe risk is worked out anew: ${showRisk(risk)}. That ${mention(unset.by)} had set it to ${unset.level} no longer holds.`
    : '';
  const frozen = exemptionsVoid ? '\nIt has to be let into the freeze anew.' : '';
  return `${mention(event.by)} edited it${touched ? `.${touched}` : '; no approval is touched.'}${frozen}${anew}\n${showChanges(policy, changes, 120)}`;
}
