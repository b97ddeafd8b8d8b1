import { DAY } from '../../calendar/zone.ts';
import { actionTimer, chaseAgain } from '../action-timers.ts';
import type { AftermathEvent, Duties, WindowMoment } from '../aftermath.ts';
import { toldAt, windowSide } from '../decide/window.ts';
import {
  boardReviewDue,
  nextStep,
  owed,
  remindedNext,
  retrospectiveDue,
  verificationDue,
} from '../duties.ts';
import type { Effect } from '../effects.ts';
import { implementerOf, team } from '../execution-plan.ts';
import { type Failure, templateOf } from '../from-template.ts';
import {
  calmNote,
  calmNoteBefore,
  lateNote,
  nag,
  nagBefore,
  note,
  redraw,
  toThread,
  verifyCard,
} from '../plain-effects.ts';
import type { Change, ChangeEvent, EventOf, Instant } from '../types.ts';
import { wentWell } from '../went-well.ts';

/** What happens around and after the implementation, and what that sets off. */
export function aftermathEffects(event: Extract<ChangeEvent, AftermathEvent>, change: Change): Effect[] {
  const implementer = implementerOf(change);
  switch (event.type) {
    case 'WindowNear': {
      const opens = windowSide(change, event.moment);
      // An hour ahead is about tonight's work, whatever the hour; by then there is nothing more to be said of the day.
      return event.moment === 'hour before' || opens === undefined
        ? [note(implementer)]
        : [calmNoteBefore(implementer, toldAt('hour before', opens))];
    }
    case 'StartOverdue': {
      const { due, overseers = [] } = event;
      const people = [...new Set([implementer, change.requester, ...overseers])];
      const told = people.map((to) => (due === undefined ? note(to) : nag(to, due + DAY)));
      // With a window, its end says the rest.
      return change.proposal.startsAt === undefined ? [...told, ...sayAgain('start', event, change)] : told;
    }
    case 'Overran': {
      const people = [...new Set([implementer, change.requester, ...event.overseers])];
      const { due } = event;
      return due === undefined
        ? [toThread, ...people.map(note), ...sayAgain('end', event, change), redraw]
        : [...people.map((to) => nag(to, due + DAY)), ...sayAgain('end', event, change)];
    }
    case 'RetrospectiveHeld':
      return [toThread, redraw];
    case 'VerificationReminded':
      return verificationNudges(event, change);
    case 'VerifiersAsked':
      return [...event.added.map(verifyCard), ...event.overseers.map(note), redraw];
    case 'RetrospectiveReminded':
      return [
        ...event.people.map((to) => lateNote(to, retrospectiveDue(change) ?? event.due, event.due)),
        ...event.overseers.filter((to) => !event.people.includes(to)).map(calmNote),
        ...nextTimer('retrospective', event, change),
      ];
    case 'EmergencyReviewed':
      return [toThread, ...[...new Set([change.requester, implementer])].map(note), redraw];
    case 'BoardReviewReminded':
      return [
        // A day counts on days off as well, so it may be over before anybody works again.
        ...event.people.map((to) => nagBefore(to, boardReviewDue(change) ?? event.due)),
        ...nextTimer('boardReview', event, change),
      ];
    case 'BoardReviewEscalated':
      return [
        toThread,
        ...event.people.map((to) => lateNote(to, boardReviewDue(change) ?? event.due, event.due)),
        ...event.overseers.filter((to) => !event.people.includes(to)).map(calmNote),
        ...nextTimer('boardReview', event, change),
      ];
    case 'ActionAdded':
      return [toThread, note(event.owner), actionTimer(event.action, event.due), redraw];
    case 'ActionCompleted':
      return [toThread, redraw];
    case 'ActionChased': {
      const items = 'actions' in change ? change.actions : [];
      return [...event.people.map((to) => nag(to, event.due + 2 * DAY)), ...chaseAgain(event, items)];
    }
    default:
      return event satisfies never;
  }
}

/** Before its time, and once it has been said that it is late, a digest can say it as well. */
function verificationNudges(event: EventOf<'VerificationReminded'>, change: Change): Effect[] {
  const { due, people, overseers } = event;
  const deadline = verificationDue(change) ?? due;
  const late = due >= deadline;
  return [
    ...people.map((to) => (late ? lateNote(to, deadline, due) : nag(to, deadline))),
    ...overseers.filter((to) => !people.includes(to)).map(calmNote),
    ...nextTimer('verification', event, change),
  ];
}

const REMIND = {
  verification: 'RemindVerification',
  retrospective: 'RemindRetrospective',
  boardReview: 'RemindBoardReview',
} as const;

function dutyTimer(duty: keyof Duties, due: Instant): Effect {
  return { do: 'timer', at: due, intent: { type: REMIND[duty], due } };
}

/** One reminder sets the time of the next: most of what is owed is done before the first. */
function nextTimer(duty: keyof Duties, { due, at }: { due: Instant; at: Instant }, change: Change): Effect[] {
  const open = owed(change, duty);
  return open ? [dutyTimer(duty, remindedNext(open, due, at))] : [];
}

/** The board is asked; that nobody sits on it any more is the operator's to hear. */
export function boardCards({ duties }: EventOf<'Finished' | 'RolledBack'>, { number }: Change): Effect[] {
  if (!duties.boardReview) return [];
  const { people } = duties.boardReview;
  const words = `${number} waits to be reviewed by the board and nobody else sits on it`;
  return people.length > 0
    ? people.map((to) => ({ do: 'card', card: 'board-review', to }))
    : [{ do: 'operator', words }];
}

/**
 * The timers of an approved change's window, or of its end once it has been started.
 * @param change as approved; what of its window is not ahead of `after` any more is not told
 */
export function windowTimers(
  change: Change,
  moments: readonly WindowMoment[],
  after: number = Number.NEGATIVE_INFINITY,
): Effect[] {
  if (!('approvedAt' in change)) return [];
  const { approvedAt } = change;
  return moments.flatMap((moment): Effect[] => {
    const of = windowSide(change, moment);
    if (of === undefined || toldAt(moment, of) <= after) return [];
    return [{ do: 'timer', at: toldAt(moment, of), intent: { type: 'KeepTime', moment, approvedAt, of } }];
  });
}

/** That a start or an end is late is said the day after, and every day after that: nothing else is owed before. */
function sayAgain(moment: 'start' | 'end', { at }: { at: Instant }, change: Change): Effect[] {
  const of = windowSide(change, moment);
  if (of === undefined || !('approvedAt' in change)) return [];
  const due = nextStep(of, DAY, at);
  const intent = { type: 'KeepTime', moment, approvedAt: change.approvedAt, of, due } as const;
  return [{ do: 'timer', at: due, intent }];
}

/** When an approved change expires, unless its window is moved. */
export function expiry(change: Change, at: Instant): Effect[] {
  if (!('approvedAt' in change)) return [];
  const { approvedAt, proposal } = change;
  const of = proposal.endsAt === undefined ? {} : { of: proposal.endsAt };
  return [{ do: 'timer', at, intent: { type: 'Expire', approvedAt, ...of } }];
}

/** The first timers of what is owed once it has been carried out, or since it was verified. */
export function dutyTimers({ duties = {} }: { duties?: Duties }): Effect[] {
  return (['verification', 'retrospective', 'boardReview'] as const).flatMap((name) => {
    const duty = duties[name];
    return duty ? [dutyTimer(name, duty.remindAt[0] ?? duty.deadline)] : [];
  });
}

/**
 * What did not go well is said to the template that it was filed from, which may then be suspended: how it ended, or
 * that its verification has left open something of what ended as a success.
 */
export function toItsTemplate(
  event: EventOf<'Finished' | 'RolledBack' | 'Verified'>,
  change: Change,
): Effect[] {
  const template = templateOf(change);
  const outcome = endOf(event, change);
  if (!template || !outcome || !('implementer' in change)) return [];
  const { id, number, requester } = change;
  const people = [...new Set([requester, ...team(change)])];
  const { words } = event;
  const intent: Failure = { type: 'Suspend', change: id, number, outcome, people, ...(words && { words }) };
  return [{ do: 'command', stream: template.id, intent }];
}

function endOf(
  event: EventOf<'Finished' | 'RolledBack' | 'Verified'>,
  change: Change,
): Failure['outcome'] | undefined {
  switch (event.type) {
    case 'RolledBack':
      return 'rolled back';
    case 'Finished':
      return event.outcome === 'success' ? undefined : event.outcome;
    case 'Verified':
      return 'outcome' in change && change.outcome === 'success' && wentWell(change) === false
        ? 'left open'
        : undefined;
    default:
      return event satisfies never;
  }
}
