import type { Filed, OpenStage } from './types.ts';

/** What stays with a change through all that becomes of it: every field of `Filed`, or this does not compile. */
const STAYS: Record<keyof Filed, true> = {
  ...{ id: true, requester: true, category: true, proposal: true, seq: true, number: true, risk: true },
  ...{ route: true, policyVersion: true, submittedAt: true, dueAt: true, reviewed: true, decisions: true },
  ...{ questions: true, edits: true, opened: true, execution: true, tests: true, aside: true, clocks: true },
  ...{
    findings: true,
    ratings: true,
    template: true,
    blocked: true,
    gone: true,
    advice: true,
    deferrals: true,
  },
  ...{ caught: true, exemptions: true, missed: true, reclassified: true, notices: true },
};

/** Only what every filed change has, so that nothing of an earlier state is carried into the next. */
export function filed(change: Filed): Filed {
  const kept = Object.entries(change).filter(([key]) => Object.hasOwn(STAYS, key));
  // All fields that it has of those that `Filed` has.
  return Object.fromEntries(kept) as unknown as Filed;
}

/** Where a change is before its first stage opens, which is saved with the event that put it there: in none. */
export function beforeFirstStage({ dueAt }: Pick<Filed, 'dueAt'>, openedAt: number): OpenStage {
  return { stage: '', round: 0, openedAt, deadline: dueAt, asked: {} };
}
