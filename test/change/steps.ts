import type { WindowMoment } from '../../src/change/aftermath.ts';
import { isOf } from '../../src/change/decided.ts';
import { retrospectiveDue } from '../../src/change/duties.ts';
import type { Measured, TestResult } from '../../src/change/execution.ts';
import { testsNow, unproven, unprovenAfter } from '../../src/change/execution-plan.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Finding, Severity } from '../../src/change/feedback.ts';
import type { Notice } from '../../src/change/notices.ts';
import { shownHash } from '../../src/change/proposal.ts';
import type { FreezeNamed } from '../../src/change/scheduling.ts';
import { isUnderReview } from '../../src/change/states.ts';
import type {
  Change,
  Command,
  CommandOf,
  Intent,
  PersonId,
  Proposal,
  Verdict,
} from '../../src/change/types.ts';
import { heldSoftly } from '../../src/change/window-rules.ts';
import type { Category, RiskLevel } from '../../src/policy/schema.ts';
import { AMIRA, DANA, GRACE, JONAS, LUCIA, NADIA, PRIYA, TOMAS, WEI } from './company.ts';
import { DAY, emergency, normal, standard } from './proposals.ts';

/** Somebody does something to a change as it is at that moment. */
export type Step = (change: Change | undefined, at: number) => Command;

const does =
  (by: PersonId, intent: Intent): Step =>
  (_, at) => ({ ...intent, by, at });

/** What the people of the open stage are shown now. */
export function seenNow(change: Change | undefined): string {
  const waiting = change && isUnderReview(change);
  return waiting ? shownHash(change, change.open.stage) : 'nothing';
}

const decides =
  (verdict: Verdict) =>
  (by: PersonId, words?: string): Step =>
  (change, at) => ({
    ...{ type: 'Decide', by, at, verdict, seen: seenNow(change) },
    ...(words !== undefined && { words }),
  });

export const approves = decides('approve');
export const rejects = (by: PersonId, words = 'Too risky this week.') => decides('reject')(by, words);
export const recuses = (by: PersonId, words = 'My wife sells it.') => decides('recuse')(by, words);
/** Wants to see it again so many days later. */
export const defers =
  (by: PersonId, days = 7, words = 'After the rehearsal.'): Step =>
  (change, at) => ({
    ...{ type: 'Decide', by, at, verdict: 'defer', seen: seenNow(change), words, until: at + days * DAY },
  });
/** Votes otherwise than before. */
export const altersVote =
  (by: PersonId, verdict: Verdict, words = 'On second thoughts.'): Step =>
  (change, at) => {
    const given = change && 'decisions' in change ? change.decisions.findLast((d) => isOf(d, by)) : undefined;
    return {
      ...{ type: 'Decide', by, at, verdict, seen: seenNow(change), words, replaces: given?.at ?? 0 },
      ...(verdict === 'defer' && { until: at + 7 * DAY }),
    };
  };
export const waivesQuorum = (by: PersonId, words = 'It closes a hole.') =>
  does(by, { type: 'WaiveQuorum', words });
export const takesUp = (by: PersonId) => does(by, { type: 'TakeUp' });
/** The day has come on which a deferred change is back. */
export const comesBack: Step = (change, at) => ({
  ...{ type: 'TakeUp', by: 'docket', at },
  ...(change?.status === 'deferred' && { until: change.deferred.until }),
});
export const abstains = (by: PersonId, words = 'I wrote half of it.') => decides('abstain')(by, words);

/** Gives the very decision that they have given before, as a second click does. */
export const clicksAgain =
  (by: PersonId): Step =>
  (change, at) => {
    const given = change && 'decisions' in change ? change.decisions.findLast((d) => d.by === by) : undefined;
    if (!given) throw new Error(`${by} has not decided yet`);
    return { type: 'Decide', by, at, verdict: given.verdict, seen: given.seen, words: 'again' };
  };

/** Decides on a text that is not, or no longer, what the stage is about. */
export const approvesUnseen = (by: PersonId, seen = '0000000000000000') =>
  does(by, { type: 'Decide', verdict: 'approve', seen });

export const returns =
  (by: PersonId, words = 'Which replicas?'): Step =>
  (change, at) => ({ type: 'Return', by, at, words, seen: seenNow(change) });

export const remindsReturned =
  (due: number): Step =>
  (change, at) => ({
    ...{ type: 'RemindReturned', by: 'docket', at, due },
    returnedAt: change && 'returned' in change ? change.returned.at : 0,
  });

export const asks = (by: PersonId, words = 'Is there a backup?', question = 'q-1') =>
  does(by, { type: 'Ask', question, words });
export const answers = (by: PersonId, words = 'Yes, hourly.', question = 'q-1') =>
  does(by, { type: 'Answer', question, words });
export const withdraws = (by: PersonId, words?: string) =>
  does(by, { type: 'Withdraw', ...(words !== undefined && { words }) });
export const reminds = (stage: string, round: number, percent: number) =>
  does('docket', { type: 'Remind', stage, round, percent });

export const files = (category: Category, proposal: Proposal, by: PersonId = DANA): Step =>
  does(by, { type: 'Submit', id: 'c-1', category, proposal });
export const filesStandard = files('standard', standard());
export const filesNormal = files('normal', normal());
export const filesEmergency = files('emergency', emergency());

/** Records every test that can be recorded by now, all with one result, each where it counts. */
export const recordsTests =
  (by: PersonId, result: TestResult = 'pass', evidence?: string): Step =>
  (change, at) => {
    const tests = (change ? testsNow(change) : []).map(({ id, environments = [] }) => ({
      ...{ test: id, result, environment: environments.at(-1) ?? 'Staging' },
      ...(evidence && { evidence }),
    }));
    return { type: 'RecordTests', by, at, tests };
  };

/** Ticks the whole checklist before the start. */
export const prepares =
  (by: PersonId): Step =>
  (change, at) => {
    const items = change && 'execution' in change ? change.execution.preparation.map(({ id }) => id) : [];
    return { type: 'Prepare', by, at, items };
  };

/** Ticks what is not ticked, or takes all ticks back: an effect in any case, where there is something to tick. */
export const changesTicks =
  (by: PersonId, type: 'Prepare' | 'TickSteps'): Step =>
  (change, at) => {
    if (type === 'Prepare') {
      const none = change && 'prepared' in change && change.prepared.length > 0;
      return none ? { type, by, at, items: [] } : prepares(by)(change, at);
    }
    const none = change && 'steps' in change && change.steps.some(({ done }) => done);
    return { type, by, at, steps: none ? [] : [0] };
  };

export const starts = (by: PersonId, strategy = 'standard') => does(by, { type: 'Start', strategy });
export const ticks = (by: PersonId, ...steps: number[]) => does(by, { type: 'TickSteps', steps });
export const notes = (by: PersonId, words = 'The replica lagged; waited two minutes.') =>
  does(by, { type: 'Note', words });
/** Unless it failed, what comes afterwards has been tested by then. */
export const finishes =
  (by: PersonId, outcome: 'success' | 'partial' | 'failed' = 'success', words?: string): Step =>
  (change, at) => ({
    ...{ type: 'Finish', by, at, outcome },
    ...(change && outcome !== 'failed' && { passed: unprovenAfter(change).map(({ id }) => id) }),
    ...(words !== undefined && { words }),
  });
/** People have come or gone. */
export const asksAgain: Step = (_, at) => ({ type: 'AskAgain', by: 'docket', at });
export const handsOver = (by: PersonId, to: PersonId, words?: string) =>
  does(by, { type: 'HandOver', to, ...(words !== undefined && { words }) });
/** What comes afterwards is still to be tested. */
export const finishesUntested = (by: PersonId) => does(by, { type: 'Finish', outcome: 'success' });
export const rollsBack = (by: PersonId, words = 'Errors above two percent.') =>
  does(by, { type: 'RollBack', words });
/** Ticks every check of the verification, or only those named. */
export const verifies =
  (by: PersonId, met?: string[], words?: string, measured?: Measured): Step =>
  (change, at) => {
    const all = change && 'execution' in change ? change.execution.verification.map(({ id }) => id) : [];
    return {
      type: 'Verify',
      by,
      at,
      met: met ?? all,
      ...(words !== undefined && { words }),
      ...(measured && { measured }),
    };
  };
export const looksBack = (
  by: PersonId,
  more: Partial<Omit<CommandOf<'HoldRetrospective'>, 'type' | 'by' | 'at'>> = {},
) =>
  does(by, {
    type: 'HoldRetrospective',
    ...{ review: 'As planned.', evaluation: 'All met.', causes: 'The replica was too small.' },
    ...{ wentWell: 'The rehearsal.', toImprove: 'Tell support earlier.' },
    ...{ participants: [], actions: [], ...more },
  });

/** Somebody of the board records what it found. */
export const reviewsEmergency = (
  by: PersonId,
  more: Partial<Omit<CommandOf<'ReviewEmergency'>, 'type' | 'by' | 'at'>> = {},
) =>
  does(by, {
    ...{ type: 'ReviewEmergency', justified: true, findings: 'Payments were down; rightly done.' },
    ...{ actions: [], ...more },
  });

/** An action item for somebody, due so long after now. */
export const addsAction =
  (by: PersonId, owner: PersonId, wait = 7 * DAY, action = 'a-1', words = 'Alert on refused keys.'): Step =>
  (_, at) => ({ type: 'AddAction', by, at, action, item: { words, owner, due: at + wait } });
export const completesAction = (by: PersonId, action = 'a-1') => does(by, { type: 'CompleteAction', action });
/** Somebody logs a defect, or what an audit has found. */
export const finds = (
  by: PersonId,
  of: Finding['of'] = 'defect',
  finding = 'f-1',
  more: { words?: string; severity?: Severity; link?: string } = {},
) => does(by, { type: 'LogFinding', of, finding, severity: 'minor', words: 'Searches fail.', ...more });
export const rates = (by: PersonId, score = 4, words?: string) =>
  does(by, { type: 'Rate', score, ...(words !== undefined && { words }) });
export const cancels = (by: PersonId, words = 'No longer needed.') => does(by, { type: 'Cancel', words });
/** Moves its window. */
export const schedules = (by: PersonId, startsAt: number, endsAt: number) =>
  does(by, { type: 'Schedule', startsAt, endsAt });
/** Docket looks at its window anew, or at a freeze that was declared or ended. */
export const checksWindow = does('docket', { type: 'CheckWindow' });
export const meetsFreeze = (freeze: string) => does('docket', { type: 'MeetFreeze', freeze });
export const liftsFreeze = (freeze: FreezeNamed) => does('docket', { type: 'LiftFreeze', freeze });
/** A second person lets it into the soft freezes that hold it in this company. */
export const exempts =
  (by: PersonId, { facts }: { facts: Facts }, words = 'The old one ends before the freeze does.'): Step =>
  (change, at) => ({
    ...{ type: 'Exempt', by, at, words },
    seen: (change && heldSoftly(change, facts, at)?.seen) ?? '',
  });
export const expires: Step = (change, at) => ({
  ...{ type: 'Expire', by: 'docket', at },
  approvedAt: change && 'approvedAt' in change ? change.approvedAt : 0,
});

/** What has been delivered, or given up, as Docket puts it down. */
export const notifies = (...notices: Notice[]) => does('docket', { type: 'Notify', notices });

/** What the clock says, as the timers of the change's last approval and of its end do. */
export const clockTells =
  (moment: WindowMoment): Step =>
  (change, at) => ({
    ...{ type: 'KeepTime', by: 'docket', at, moment },
    approvedAt: change && 'approvedAt' in change ? change.approvedAt : 0,
    of: (moment === 'end' ? change?.proposal.endsAt : change?.proposal.startsAt) ?? 0,
  });
export const clockReminds =
  (of: 'retrospective' | 'boardReview'): Step =>
  (change, at) => {
    const deadline = change && 'duties' in change ? change.duties[of]?.deadline : undefined;
    const type = of === 'retrospective' ? 'RemindRetrospective' : 'RemindBoardReview';
    return { type, by: 'docket', at, due: deadline ?? at };
  };
/** Chases the first item, for the instant after the last for which it was. */
export const clockChases: Step = (change, at) => {
  const item = change && 'actions' in change ? change.actions[0] : undefined;
  const due = item ? (item.chasedFor ? item.chasedFor + DAY : item.due) : at;
  return { type: 'ChaseAction', by: 'docket', at, action: item?.id ?? '', due };
};
export const setsRisk =
  (by: PersonId, level: RiskLevel, words = 'Only our own team uses it.'): Step =>
  (change, at) => ({ type: 'SetRisk', by, at, level, words, seen: seenNow(change) });
export const reclassifies = (by: PersonId, category: Category, words = 'It touches the payments.') =>
  does(by, { type: 'Reclassify', category, words });
export const reassigns = (by: PersonId, seat: string, people: PersonId[], words?: string) =>
  does(by, { type: 'Reassign', seat, people, ...(words !== undefined && { words }) });

/** Moves its window to the same hours of a week that is still to come. */
const nextWeek =
  (by: PersonId): Step =>
  (change, at) => {
    const { startsAt = at, endsAt = at } = change?.proposal ?? {};
    const wait = Math.max(1, Math.ceil((at - startsAt) / (7 * DAY))) * 7 * DAY;
    return schedules(by, startsAt + wait, endsAt + wait)(change, at);
  };

/** What a sensible person would do next: decide, get ready, start, finish, verify, look back, review for the board. */
export const doesNext =
  (by: PersonId): Step =>
  (change, at) => {
    switch (change?.status) {
      case 'approved':
      case 'scheduled':
        if (change.status === 'approved' && change.against) return nextWeek(by)(change, at);
        if (unproven(change.execution.testsBefore, change.tests).length > 0)
          return recordsTests(by)(change, at);
        return (change.prepared.length > 0 ? starts(by) : prepares(by))(change, at);
      case 'implementing':
        return finishes(by)(change, at);
      case 'implemented':
        if (unproven(change.execution.testsAfter, change.tests).length > 0)
          return recordsTests(change.requester)(change, at);
        return verifies(by)(change, at);
      case 'verified':
        return (retrospectiveDue(change) === undefined ? reviewsEmergency(by) : looksBack(by))(change, at);
      default:
        return approves(by)(change, at);
    }
  };

/** The requester alters some fields; `undefined` empties one. */
export const edits =
  (more: { [F in keyof Proposal]?: Proposal[F] | undefined }, by: PersonId = DANA, words?: string): Step =>
  (change, at) => {
    const entries = Object.entries({ ...change?.proposal, ...more });
    const proposal: Proposal = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    return { type: 'Edit', by, at, proposal, ...(words !== undefined && { words }) };
  };

/** A normal change, step by step, to the point of each name. */
export const validated = [filesNormal, approves(NADIA)];
export const beforeBusiness = [...validated, approves(PRIYA)];
export const beforeBoard = [...beforeBusiness, approves(TOMAS)];
/** Three of six have said yes; the fourth decides. */
export const inVote = [...beforeBoard, approves(PRIYA), approves(WEI), approves(GRACE)];
export const approvedNormal = [...inVote, approves(LUCIA)];
export const approvedStandard = [filesStandard, approves(JONAS)];
/** With security ticked, up to the security review. */
export const beforeSecurity = [
  files('normal', normal({ reviews: ['security'] })),
  ...[approves(NADIA), approves(PRIYA), approves(TOMAS)],
];
export const approvedWithSecurity = [
  ...[...beforeSecurity, approves(AMIRA)],
  ...[approves(PRIYA), approves(WEI), approves(GRACE), approves(LUCIA)],
];
/** A standard change, step by step, to the point of each name; Dana carries out her own. */
export const readyToStart = [...approvedStandard, recordsTests(DANA), prepares(DANA)];
