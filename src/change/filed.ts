import type { Filed, OpenStage } from './types.ts';

/** Only what every filed change has, so that nothing of an earlier state is carried into the next. */
export function filed(change: Filed): Filed {
  const { id, requester, category, proposal, seq, number, risk, route, policyVersion, submittedAt } = change;
  const { dueAt, reviewed, decisions, questions, edits, opened, execution, tests, aside } = change;
  const { clocks, findings, ratings } = change;
  return {
    ...{ id, requester, category, proposal, seq, number, risk, route, policyVersion, submittedAt },
    ...{ dueAt, reviewed, decisions, questions, edits, opened, execution, tests, aside },
    ...{ clocks, findings, ratings },
    ...(change.template && { template: change.template }),
    ...(change.blocked && { blocked: change.blocked }),
    ...(change.advice && { advice: change.advice }),
    ...(change.deferrals && { deferrals: change.deferrals }),
    ...(change.caught && { caught: change.caught }),
    ...(change.exemptions && { exemptions: change.exemptions }),
    ...(change.missed && { missed: change.missed }),
    ...(change.reclassified && { reclassified: change.reclassified }),
    ...(change.notices && { notices: change.notices }),
  };
}

/** Where a change is before its first stage opens, which is saved with the event that put it there: in none. */
export function beforeFirstStage({ dueAt }: Pick<Filed, 'dueAt'>, openedAt: number): OpenStage {
  return { stage: '', round: 0, openedAt, deadline: dueAt, asked: {} };
}
