import { clocksAfter } from './clocks.ts';
import { openStageOf } from './decided.ts';
import { afterwards } from './evolve/aftermath.ts';
import { managed, without } from './evolve/desk.ts';
import { executed } from './evolve/execution.ts';
import { withFinding, withRating } from './evolve/feedback.ts';
import { placed, unplaced } from './evolve/scheduling.ts';
import { voted } from './evolve/vote.ts';
import { beforeFirstStage, filed } from './filed.ts';
import { missedAfter } from './missed.ts';
import { isUnderReview } from './states.ts';
import type { Change, ChangeEvent, EventOf, Filed, Question, UnderReview } from './types.ts';

/**
 * What a change is after one more event. `undefined` is a change that is not there yet.
 * @throws when the event cannot follow what came before: the record is broken
 */
export function evolve(change: Change | undefined, event: ChangeEvent, id: string): Change {
  if (event.type === 'Submitted') {
    if (change) throw new Error(`${id} was submitted twice`);
    return submitted(event, id);
  }
  if (!change) throw new Error(`${event.type} before Submitted in ${id}`);
  const missed = missedAfter(change, event);
  const next = {
    ...{ ...change, seq: change.seq + 1, clocks: clocksAfter(change, event) },
    ...(missed && { missed }),
  };
  switch (event.type) {
    case 'StageOpened':
      return opened(next, event);
    case 'Decided': {
      const { type: _, replaces, ...decision } = event;
      const others = replaces === undefined ? next : without(next, [event]);
      return { ...next, decisions: [...others.decisions, decision] };
    }
    case 'Advised': {
      const { advice: id, person: by, at, words } = event;
      return { ...next, advice: [...(next.advice ?? []), { id, by, at, words }] };
    }
    case 'VotersCounted':
    case 'QuorumLost':
    case 'QuorumWaived':
    case 'Deferred':
    case 'TakenUp':
      return voted(next, event);
    case 'Scheduled':
    case 'Unscheduled':
    case 'Caught':
    case 'FreezeLifted':
    case 'Exempted':
      return placed(next, event);
    case 'ChangeApproved':
      return {
        ...{ ...filed(next), status: 'approved', approvedAt: event.at, prepared: [], told: [] },
        ...(event.startBy !== undefined && { startBy: event.startBy }),
      };
    case 'ChangeRejected':
      return { ...filed(next), status: 'rejected', ended: ending(event) };
    case 'Withdrawn':
      return { ...filed(next), status: 'withdrawn', ended: ending(event) };
    case 'Returned':
      return {
        ...filed(next),
        status: 'returned',
        returned: { by: event.by, at: event.at, words: event.words },
      };
    case 'ReturnReminded':
      if (next.status !== 'returned')
        throw new Error(`${event.type} cannot follow ${next.status} in ${next.id}`);
      return { ...next, returned: { ...next.returned, reminded: event.due } };
    case 'QuestionAsked': {
      const { question: id, by, at, words, role, for: inStead } = event;
      const asked = { id, by, at, words, ...(role && { role }), ...(inStead && { for: inStead }) };
      return { ...next, questions: [...next.questions, asked] };
    }
    case 'QuestionAnswered': {
      const answer = { words: event.words, at: event.at };
      return {
        ...next,
        questions: next.questions.map((q) => (q.id === event.question ? { ...q, answer } : q)),
      };
    }
    case 'Edited':
      return unplaced(edited(next, event), change);
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
      return executed(next, event);
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
      return afterwards(next, event);
    case 'FindingLogged':
      return withFinding(next, event);
    case 'Rated':
      return withRating(next, event);
    case 'Notified':
      return { ...next, notices: [...(next.notices ?? []), ...event.notices] };
    case 'RiskSet':
    case 'Reclassified':
    case 'Reassigned':
      return managed(next, event);
    case 'Cancelled':
      return { ...filed(next), status: 'cancelled', ended: { ...ending(event), ...approval(change) } };
    case 'Expired':
      return { ...filed(next), status: 'expired', ended: { ...ending(event), ...approval(change) } };
    case 'Reminded':
      return isUnderReview(next) ? { ...next, open: { ...next.open, reminded: event.percent } } : next;
    case 'RouteChecked': {
      const { gone: _, ...rest } = next;
      const gone = event.gone === undefined ? {} : { gone: { person: event.gone, at: event.at } };
      return { ...rest, blocked: event.problem, ...gone };
    }
    case 'CriteriaChecked':
    case 'StagePassed':
    case 'Refused':
      return next;
    case 'Resubmitted':
      return { ...next, questions: [...next.questions, ...answeredReturn(next, event)] };
    default:
      return event satisfies never;
  }
}

/** What it was returned with, and the answer, stay together: whoever decides next reads both. */
function answeredReturn(change: Change, { at, words }: EventOf<'Resubmitted'>): Question[] {
  if (change.status !== 'returned' || !words) return [];
  const { reminded: _, ...asked } = change.returned;
  return [{ ...asked, id: `returned-${change.seq}`, answer: { words, at } }];
}

/** A change from its whole record, in order. */
export function fold(id: string, events: readonly ChangeEvent[]): Change | undefined {
  return events.reduce<Change | undefined>((change, event) => evolve(change, event, id), undefined);
}

function submitted(event: EventOf<'Submitted'>, id: string): Change {
  const { number, category, proposal, risk, route, policyVersion, dueAt, execution, template } = event;
  const filed = { id, number, category, proposal, risk, route, policyVersion, dueAt, execution };
  const base = { ...filed, ...(template && { template }) };
  const empty = {
    decisions: [],
    questions: [],
    edits: [],
    opened: {},
    tests: [],
    aside: {},
    reviewed: proposal,
    clocks: clocksAfter({ clocks: [], category, seq: 0 }, event),
    findings: [],
    ratings: [],
  };
  const open = beforeFirstStage(event, event.at);
  return { ...base, ...empty, requester: event.by, submittedAt: event.at, seq: 1, status: 'in review', open };
}

function opened(change: Filed, event: EventOf<'StageOpened'>): UnderReview {
  const { stage, round, deadline, asked, voters, chairless, at } = event;
  const waiting = {
    ...filed(change),
    opened: { ...change.opened, [stage]: { round, voters, ...(chairless && { chairless }) } },
    open: { stage, round, openedAt: at, deadline, asked },
  };
  const kind = openStageOf({ ...waiting, status: 'in review' }).kind;
  return { ...waiting, status: kind === 'validation' ? 'validating' : 'in review' };
}

function edited<C extends Filed>(change: C, event: EventOf<'Edited'>): C {
  const { proposal, risk, material, changes, at, exemptionsVoid } = event;
  const { exemptions = [] } = change;
  const reviewed = { ...change.reviewed };
  for (const field of material) {
    if (field in proposal) Object.assign(reviewed, { [field]: proposal[field] });
    else delete reviewed[field];
  }
  return {
    ...without(change, event.voided),
    proposal,
    risk,
    reviewed,
    edits: [...change.edits, { at, changes, material }],
    ...(exemptionsVoid && { exemptions: exemptions.map((each) => ({ voidSince: at, ...each })) }),
  };
}

const ending = (event: EventOf<'ChangeRejected' | 'Withdrawn' | 'Cancelled' | 'Expired'>) => ({
  by: event.by,
  at: event.at,
  ...('words' in event && event.words !== undefined && { words: event.words }),
});

const approval = (change: Change) => ('approvedAt' in change ? { approvedAt: change.approvedAt } : {});
