import { askedToRate } from './decide/feedback.ts';
import {
  aftermathEffects,
  boardCards,
  dutyTimers,
  expiry,
  toItsTemplate,
  windowTimers,
} from './effects/aftermath.ts';
import { type BoardNews, boardNews } from './effects/board.ts';
import { marked } from './effects/notices.ts';
import {
  asks,
  firstTimer,
  newlyAsked,
  reminders,
  returnReminders,
  returnTimer,
  unheard,
} from './effects/review.ts';
import { schedulingEffects } from './effects/scheduling.ts';
import { stakeholders } from './effects/stakeholders.ts';
import { implementerOf } from './execution-plan.ts';
import type { Export } from './export.ts';
import type { Failure } from './from-template.ts';
import type { Told } from './notices.ts';
import { calmNote, note, redraw, toThread, verifyCard } from './plain-effects.ts';
import type { Change, ChangeEvent, EventOf, Instant, Intent, PersonId } from './types.ts';

/** A message that is drawn from the change as it is now and redrawn whenever it moves. */
export type Card =
  | { card: 'headline' } // in the channel where changes are announced; its thread is the history
  | { card: 'requester'; to: PersonId }
  | { card: 'ask'; to: PersonId; stage: string; round: number }
  /** To the implementer, for one approval: what is left before the start, then the steps. */
  | { card: 'implement'; to: PersonId; approvedAt: Instant }
  | { card: 'verify'; to: PersonId }
  /** To everybody on the board that reviews an emergency afterwards. */
  | { card: 'board-review'; to: PersonId }
  /** To those who asked for it or live with it, once it has closed: how content they are. */
  | { card: 'rate'; to: PersonId };

/**
 * What must happen outside because of an event. Saved with the event, carried out after it.
 * `C`: the cards there are; `I`: the commands that a timer can give. What is `told` goes into the record as soon as it
 * is known whether it reached its reader.
 */
export type Effect<C = Card, I = Intent> =
  /** A calm one reaches its person in their own working hours only, one that is `by day` not while they sleep. */
  | ({ do: 'card'; calm?: true | 'by day'; told?: Told } & C)
  /**
   * Says once what the event was: in the headline's thread, or to one person. A calm one reaches its person in their
   * own working hours only; it need not be said where a digest comes to them before `fold`. One that says nothing any
   * more from `before` on reaches them by day where they do not work until then.
   */
  | { do: 'note'; to: 'thread' | PersonId; calm?: true; fold?: Instant; before?: Instant; told?: Told }
  /** Says to a channel what the event was; whoever sent it there hears when that cannot be done. */
  | { do: 'tell'; channel: string; sender: PersonId; told?: Told }
  /** Brings every card of the change up to date. */
  | { do: 'redraw' }
  /** A command with a due date. If the change has moved on by then, the rules let it pass without effect. */
  | { do: 'timer'; at: Instant; intent: I }
  /** A command to another stream than the event's, given at once. */
  | { do: 'command'; stream: string; intent: Failure | BoardNews | Extract<Intent, { type: 'Advise' }> }
  /** Writes a file and sends it to somebody, as things are when it is sent. */
  | { do: 'file'; to: PersonId; file: Export }
  /** For whoever runs Docket. */
  | { do: 'operator'; words: string };

/**
 * What an event sets off.
 * @param change as it is just after the event
 */
export function effects(event: ChangeEvent, change: Change): Effect[] {
  return [...marked(event, change, effectsOn(event, change)), ...boardNews(event, change)];
}

function effectsOn(event: ChangeEvent, change: Change): Effect[] {
  switch (event.type) {
    case 'Submitted':
      return [
        { do: 'card', card: 'headline' },
        { do: 'card', card: 'requester', to: change.requester },
        // Who is asked hears at any hour, and nobody need do anything besides.
        ...(event.overseers ?? []).map(calmNote),
      ];
    case 'StageOpened':
      return [toThread, ...asks(event), ...firstTimer(event), redraw];
    case 'CriteriaChecked':
      return [toThread];
    case 'StagePassed': {
      // After a single decision, that it passed goes without saying.
      const seats = change.route.find(({ id }) => id === event.stage)?.seats.length ?? 0;
      return seats > 1 ? [toThread] : [];
    }
    case 'VotersCounted':
      return [redraw];
    case 'QuorumLost':
      return [toThread, ...event.people.map(note), redraw];
    case 'Deferred':
      return [
        ...[toThread, note(change.requester)],
        { do: 'timer', at: event.until, intent: { type: 'TakeUp', until: event.until } },
        redraw,
      ];
    case 'Advised':
    case 'Decided':
    case 'QuorumWaived':
    case 'TakenUp':
    case 'Resubmitted':
      return [toThread, redraw];
    case 'Withdrawn':
      return [toThread, ...(event.by === change.requester ? [] : [note(change.requester)]), redraw];
    case 'ChangeApproved':
      return [
        toThread,
        note(change.requester),
        ...itsCard(change),
        ...expiry(change, event.expiresAt),
        ...(event.startBy === undefined ? [] : windowTimers(change, ['start'])),
        // With a window they hear when it has its place.
        ...(change.proposal.startsAt === undefined ? stakeholders(change) : []),
        redraw,
      ];
    case 'Returned':
      return [toThread, note(change.requester), ...returnTimer(event), redraw];
    case 'ReturnReminded':
      return returnReminders(event, change);
    case 'ChangeRejected':
    case 'QuestionAsked':
      return [toThread, note(change.requester), redraw];
    case 'QuestionAnswered': {
      const asker = change.questions.find(({ id }) => id === event.question)?.by;
      return [toThread, ...(asker ? [note(asker)] : []), redraw];
    }
    case 'Edited':
      return [
        ...[toThread, ...voidedNotes(event), ...newImplementer(event, change)],
        // They were told when it would be.
        ...(event.lost
          ? stakeholders(
              change,
              event.voided.map(({ by }) => by),
            )
          : []),
        redraw,
      ];
    case 'RiskSet':
      return [toThread, ...voidedNotes(event), note(change.requester), redraw];
    case 'Reclassified':
      // Where something is missing, the requester is told by what returns it.
      return [
        ...[toThread, ...voidedNotes(event), ...(event.complete ? [note(change.requester)] : [])],
        ...(event.overseers ?? []).map(calmNote),
        redraw,
      ];
    case 'Reassigned':
      return [toThread, ...newlyAsked(event, change), redraw];
    case 'RouteChecked':
      return [toThread, ...event.people.map(note), ...unheard(event, change), redraw];
    case 'Reminded':
      return reminders(event, change);
    case 'TestsRecorded':
    case 'Noted':
      return [toThread, redraw];
    case 'ChangeClosed':
      return [
        toThread,
        ...askedToRate(change).map((to): Effect => ({ do: 'card', card: 'rate', calm: 'by day', to })),
        redraw,
      ];
    case 'FindingLogged':
      return [toThread, ...toOthers(event, change), redraw];
    case 'Rated':
      return [redraw];
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
      return aftermathEffects(event, change);
    case 'Scheduled':
    case 'Unscheduled':
    case 'Caught':
    case 'FreezeLifted':
    case 'Exempted':
      return schedulingEffects(event, change);
    case 'HandedOver': {
      // Before the start it is given to somebody else because whoever was to carry it out has left.
      const from = change.status === 'implementing' ? [event.from] : [];
      const people = [...new Set([change.requester, ...from, event.to])];
      return [
        ...[toThread, ...itsCard(change)],
        ...people.filter((who) => who !== event.by).map(note),
        redraw,
      ];
    }
    case 'Prepared':
    case 'StepsDone':
      return [redraw];
    case 'Started':
    case 'Cancelled':
    case 'Expired':
      return [
        toThread,
        ...toOthers(event, change),
        ...(event.type === 'Started' || (event.type === 'Cancelled' && wasTold(event, change))
          ? stakeholders(change)
          : []),
        ...(event.type === 'Started' && event.endBy !== undefined ? windowTimers(change, ['end']) : []),
        redraw,
      ];
    case 'Verified':
      return [
        ...[toThread, ...heardBy(change).map(note), ...dutyTimers(event), ...toItsTemplate(event, change)],
        redraw,
      ];
    case 'Finished':
    case 'RolledBack':
      return [
        toThread,
        ...toOthers(event, change),
        ...event.verifiers.map(verifyCard),
        ...(event.verifiers.length > 0 ? [] : [nobodyVerifies(change)]),
        ...(event.overseers ?? []).map(note),
        ...stakeholders(change, [
          ...[...event.verifiers, ...(event.duties.boardReview?.people ?? [])],
          ...(event.overseers ?? []),
        ]),
        ...boardCards(event, change),
        ...dutyTimers(event),
        ...toItsTemplate(event, change),
        redraw,
      ];
    case 'Notified':
      return []; // no card shows it, and it is no news
    case 'Refused':
      return [redraw]; // whoever tried was looking at a card that let them
    default:
      return event satisfies never;
  }
}

/** Those whose decision no longer counts. */
function voidedNotes({ voided }: { voided: { by: PersonId }[] }): Effect[] {
  return [...new Set(voided.map(({ by }) => by))].map(note);
}

/** An edit that voids no approval can still hand an approved change to somebody else. */
function newImplementer({ changes }: EventOf<'Edited'>, change: Change): Effect[] {
  if (change.status !== 'approved' && change.status !== 'scheduled') return [];
  if (!changes.some(({ field }) => field === 'implementer')) return [];
  return itsCard(change);
}

/** From which it is carried out. */
function itsCard(change: Change): Effect[] {
  if (!('approvedAt' in change)) return [];
  return [{ do: 'card', card: 'implement', to: implementerOf(change), approvedAt: change.approvedAt }];
}

/** Those whom a change belongs to: who asked for it and who carries it out. */
function heardBy(change: Change): PersonId[] {
  return [...new Set([change.requester, implementerOf(change)])];
}

/** To those whom a change belongs to, but for whoever did it. */
function toOthers({ by }: ChangeEvent, change: Change): Effect[] {
  return heardBy(change)
    .filter((who) => who !== by)
    .map(note);
}

/** Whether those whom it names were told that it would be: when it had its place, or at once where it needs none. */
function wasTold({ lost }: EventOf<'Cancelled'>, { proposal }: Change): boolean {
  return lost !== undefined || proposal.startsAt === undefined;
}

function nobodyVerifies({ number }: Change): Effect {
  return { do: 'operator', words: `${number} waits to be verified and nobody else holds a verifying role` };
}
