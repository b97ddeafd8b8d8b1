import type { Step } from '../../change/allowed.ts';
import { openBeforeStart } from '../../change/execution-plan.ts';
import { isOver } from '../../change/states.ts';
import type { Change, PersonId } from '../../change/types.ts';
import type { ButtonSpec } from '../blocks/blocks.ts';
import { targetOf } from '../ids.ts';

/** Action ids, one for each thing that a button on a card does. */
export const ACTION = {
  approve: 'approve',
  reject: 'reject',
  vote: 'vote',
  changeVote: 'change-vote',
  /** Either of the two, whichever is to be done by who presses it. */
  ballot: 'ballot',
  waiveQuorum: 'waive-quorum',
  takeUp: 'take-up',
  return: 'return',
  ask: 'ask',
  setRisk: 'set-risk',
  reclassify: 'reclassify',
  reassign: 'reassign',
  answer: 'answer',
  edit: 'edit',
  withdraw: 'withdraw',
  cancel: 'cancel',
  schedule: 'schedule',
  scheduleAt: 'schedule-at',
  exempt: 'exempt',
  recordTests: 'record-tests',
  prepare: 'prepare',
  start: 'start',
  tickSteps: 'tick-steps',
  note: 'note',
  handOver: 'hand-over',
  finish: 'finish',
  rollBack: 'roll-back',
  verify: 'verify',
  retrospective: 'retrospective',
  reviewEmergency: 'review-emergency',
  addAction: 'add-action',
  actionDone: 'action-done',
  logDefect: 'log-defect',
  logAudit: 'log-audit',
  rate: 'rate',
  rateWords: 'rate-words',
  record: 'record',
  copy: 'copy',
  report: 'report',
  export: 'export',
} as const;

/** What anybody may do with a change: read all of it, and once it has been carried out its report, and log a defect. */
export function readButtons(change: Change): ButtonSpec[] {
  return [
    recordButton(change),
    ...('finishedAt' in change ? [reading(change, 'Report', ACTION.report), defectButton(change)] : []),
  ];
}

/** Opens all that a change says. */
export function recordButton(change: Change): ButtonSpec {
  return reading(change, 'Full record', ACTION.record);
}

function reading(change: Change, label: string, action: string): ButtonSpec {
  return { label, action, value: targetOf(change), spoken: `${label} of ${change.number}` };
}

function defectButton(change: Change): ButtonSpec {
  const spoken = `Log a defect of ${change.number}`;
  return { label: 'Log a defect…', action: ACTION.logDefect, value: targetOf(change), spoken };
}

export function copyButton(change: Change): ButtonSpec {
  return {
    label: 'Copy…',
    action: ACTION.copy,
    value: targetOf(change),
    spoken: `File another change like ${change.number}`,
  };
}

/** Chooses another window for what has had one. */
export function moveButton(change: Change): ButtonSpec {
  const spoken = `Move the window of ${change.number}`;
  return { label: 'Move its window…', action: ACTION.schedule, value: targetOf(change), spoken };
}

/** What this person could do to this change, as buttons. */
export function stepButtons(change: Change, person: PersonId, steps: Set<Step>): ButtonSpec[] {
  const value = targetOf(change);
  const spec = (label: string, action: string, style?: ButtonSpec['style']): ButtonSpec => ({
    ...{ label, action, value, spoken: `${label} ${change.number}` },
    ...(style && { style }),
  });
  const asked =
    change.requester === person &&
    !isOver(change.status) &&
    change.questions.some((question) => !question.answer);
  // While it still waits to be verified, looking back can wait.
  const isNext = change.status !== 'implemented';
  // A start is refused while a test is missing, so that one is what comes next.
  const isTested = !('prepared' in change) || openBeforeStart(change).tests.length === 0;
  const recordTests = (style?: 'primary') =>
    steps.has('recordTests') ? [spec('Record tests…', ACTION.recordTests, style)] : [];
  const testsFirst = steps.has('start') && !isTested;
  return [
    ...(steps.has('approve') ? [spec('Approve', ACTION.approve, 'primary')] : []),
    ...(steps.has('reject') ? [spec('Reject…', ACTION.reject, 'danger')] : []),
    ...(steps.has('vote') ? [spec('Other vote…', ACTION.vote)] : []),
    ...(steps.has('changeVote') ? [spec('Change my vote…', ACTION.changeVote)] : []),
    ...(steps.has('waiveQuorum') ? [spec('Decide without quorum…', ACTION.waiveQuorum)] : []),
    ...(steps.has('takeUp') ? [spec('Take up now', ACTION.takeUp)] : []),
    ...(steps.has('return') ? [spec('Return…', ACTION.return)] : []),
    ...(steps.has('ask') ? [spec('Ask…', ACTION.ask)] : []),
    ...(steps.has('setRisk') ? [spec('Set risk…', ACTION.setRisk)] : []),
    ...(steps.has('reassign') ? [spec('Reassign…', ACTION.reassign)] : []),
    ...(steps.has('reclassify') ? [spec('Reclassify…', ACTION.reclassify)] : []),
    ...(asked ? [spec('Answer…', ACTION.answer, 'primary')] : []),
    ...(testsFirst ? recordTests('primary') : []),
    ...(steps.has('start') ? [spec('Start…', ACTION.start, testsFirst ? undefined : 'primary')] : []),
    ...(steps.has('finish') ? [spec('Finish…', ACTION.finish, 'primary')] : []),
    ...(steps.has('rollBack') ? [spec('Roll back…', ACTION.rollBack, 'danger')] : []),
    ...(steps.has('note') ? [spec('Note…', ACTION.note)] : []),
    ...(steps.has('handOver') ? [spec('Hand over…', ACTION.handOver)] : []),
    ...(steps.has('verify') ? [spec('Verify…', ACTION.verify, 'primary')] : []),
    ...(steps.has('retrospective')
      ? [spec('Retrospective…', ACTION.retrospective, isNext ? 'primary' : undefined)]
      : []),
    ...(steps.has('reviewEmergency') ? [spec('Review…', ACTION.reviewEmergency, 'primary')] : []),
    ...(testsFirst ? [] : recordTests()),
    ...(steps.has('edit')
      ? [spec(change.status === 'returned' ? 'Edit and resubmit…' : 'Edit…', ACTION.edit)]
      : []),
    ...(steps.has('schedule')
      ? [change.status === 'scheduled' ? moveButton(change) : spec('Schedule…', ACTION.schedule)]
      : []),
    ...(steps.has('exempt') ? [spec('Let it into the freeze…', ACTION.exempt)] : []),
    ...(steps.has('cancel') ? [spec('Cancel the change…', ACTION.cancel)] : []),
    ...(steps.has('addAction') ? [spec('Action item…', ACTION.addAction)] : []),
    ...(steps.has('withdraw') ? [withdrawButton(change, value)] : []),
    ...readButtons(change),
  ];
}

function withdrawButton(change: Change, value: string): ButtonSpec {
  const text = `${change.number} ends here. Those who were asked are told; its number is not used again.`;
  const confirm = { title: `Withdraw ${change.number}?`, text, yes: 'Withdraw' };
  return { label: 'Withdraw', action: ACTION.withdraw, value, confirm, spoken: `Withdraw ${change.number}` };
}
