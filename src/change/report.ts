import { MINUTE } from '../calendar/zone.ts';
import type { ActionItem, Learnt } from './aftermath.ts';
import { guidanceOf } from './decided.ts';
import type { Measured, Outcome, Step, TestResult } from './execution.ts';
import { resultOf } from './execution-plan.ts';
import { type SignOff, signOffOf } from './sign-off.ts';
import type { Change, ChangeIn, Instant, PersonId } from './types.ts';

type CarriedOut = ChangeIn<'implemented' | 'verified' | 'closed'>;

/** The implementation report of the guide ("Change Documentation"), from what is on record. */
export interface Report {
  number: string;
  title: string;
  startedAt: Instant;
  finishedAt: Instant;
  /** In minutes. Nothing is planned where the change has no window. */
  duration: { actual: number; planned?: number };
  /** Of all people together, in minutes, where it was written down. */
  effort: { actual?: number; planned?: number };
  outcome: Outcome;
  words?: string;
  /** The pull request, commit or pipeline run. */
  deployed?: string;
  /** What the board gave along with its approval. */
  guidance: { by: PersonId; words: string }[];
  steps: Step[];
  /** Issues and how they were resolved, as noted on the way. */
  issues: { by: PersonId; at: Instant; words: string }[];
  tests: { title: string; result?: TestResult }[];
  metrics: { title: string; before?: string; after?: string }[];
  impact: { what: string; expected?: string; actual?: string }[];
  /** Worked out from the plan, and what the implementer and the verifier added. */
  deviations: string[];
  remarks: string[];
  learnt?: Learnt;
  actions: ActionItem[];
  signOff: SignOff[];
}

/** The report of a change; nothing before it has been carried out. */
export function reportOf(change: Change): Report | undefined {
  if (!('finishedAt' in change)) return undefined;
  const { number, proposal, execution, tests } = change;
  const measured = 'measured' in change ? change.measured : undefined;
  return {
    ...{ number, title: proposal.title ?? '', startedAt: change.startedAt, finishedAt: change.finishedAt },
    ...{ duration: durationOf(change), effort: effortOf(change), outcome: change.outcome },
    ...(change.outcomeWords && { words: change.outcomeWords }),
    ...(change.deployed && { deployed: change.deployed }),
    guidance: guidanceOf(change).map(({ by, words }) => ({ by, words })),
    ...{ steps: change.steps, issues: change.notes },
    tests: [...execution.testsBefore, ...execution.testsAfter].map(({ id, title }) => {
      const result = resultOf(tests, id)?.result;
      return { title, ...(result && { result }) };
    }),
    metrics: execution.metrics.map(({ id, title }) => ({ title, ...measured?.metrics[id] })),
    impact: impactOf(change, measured),
    deviations: deviationsOf(change),
    remarks: [change.deviations, 'verificationWords' in change ? change.verificationWords : undefined].filter(
      (words) => words !== undefined,
    ),
    ...(change.retrospective && { learnt: change.retrospective }),
    ...{ actions: change.actions, signOff: signOffOf(change) },
  };
}

/** How the implementation differed from its plan, one plain sentence each. */
function deviationsOf(change: CarriedOut): string[] {
  const { startsAt, endsAt } = change.proposal;
  const { actual, planned } = durationOf(change);
  const open = change.steps.filter(({ done }) => !done).map(({ title }) => title);
  const failed = [...change.execution.testsBefore, ...change.execution.testsAfter].filter(
    ({ id }) => resultOf(change.tests, id)?.result === 'fail',
  );
  const unmet =
    'met' in change ? change.execution.verification.filter(({ id }) => !change.met.includes(id)) : [];
  const early = startsAt !== undefined && change.startedAt < startsAt;
  const late = endsAt === undefined ? 0 : minutes(change.finishedAt - endsAt);
  return [
    ...(early ? [`Started ${spell(minutes((startsAt ?? 0) - change.startedAt))} before its window.`] : []),
    ...(late > 0 ? [`Ended ${spell(late)} after its window.`] : []),
    ...(planned !== undefined && actual > planned
      ? [`Took ${spell(actual)} instead of ${spell(planned)}.`]
      : []),
    ...(open.length > 0 ? [`Steps left open: ${open.join(', ')}.`] : []),
    ...(failed.length > 0 ? [`Tests that failed: ${failed.map(({ title }) => title).join(', ')}.`] : []),
    ...(unmet.length > 0
      ? [`Left open at the verification: ${unmet.map(({ title }) => title).join(', ')}.`]
      : []),
  ];
}

function impactOf({ proposal }: CarriedOut, measured: Measured | undefined): Report['impact'] {
  const rows = [
    ['User impact', proposal.userImpact, measured?.impact.user],
    ['System impact', proposal.systemImpact, measured?.impact.system],
    ['Business impact', proposal.businessImpact, measured?.impact.business],
  ] as const;
  return rows.map(([what, expected, actual]) => ({
    what,
    ...(expected && { expected }),
    ...(actual && { actual }),
  }));
}

function durationOf({ proposal, startedAt, finishedAt }: CarriedOut): Report['duration'] {
  const { startsAt, endsAt } = proposal;
  const actual = minutes(finishedAt - startedAt);
  if (startsAt === undefined || endsAt === undefined) return { actual };
  return { actual, planned: minutes(endsAt - startsAt) };
}

function effortOf({ proposal, effortMinutes: actual }: CarriedOut): Report['effort'] {
  const { effortMinutes: planned } = proposal;
  return { ...(actual !== undefined && { actual }), ...(planned !== undefined && { planned }) };
}

function minutes(ms: number): number {
  return Math.round(ms / MINUTE);
}

/** "45 minutes", "1 h 30 min". */
export function spell(length: number): string {
  if (length < 60) return `${length} minute${length === 1 ? '' : 's'}`;
  const rest = length % 60;
  return `${Math.floor(length / 60)} h${rest > 0 ? ` ${rest} min` : ''}`;
}
