import { askAgain } from './advance.ts';
import { checkRoute } from './check-route.ts';
import { addAction, chaseAction, completeAction } from './decide/action.ts';
import { advise } from './decide/advice.ts';
import { remindBoardReview, reviewEmergency } from './decide/board-review.ts';
import { edit } from './decide/edit.ts';
import { cancel, expire } from './decide/ending.ts';
import { logFinding, rate } from './decide/feedback.ts';
import { exempt, liftFreeze, meetFreeze } from './decide/freeze.ts';
import { handOver } from './decide/hand-over.ts';
import { finish, note, prepare, start, tickSteps } from './decide/implementation.ts';
import { notify } from './decide/notify.ts';
import { offerAsExample } from './decide/propose.ts';
import { answer, ask } from './decide/question.ts';
import { reassign } from './decide/reassign.ts';
import { reclassify } from './decide/reclassify.ts';
import { remind } from './decide/reminder.ts';
import { holdRetrospective, remindRetrospective } from './decide/retrospective.ts';
import { decideSeat, giveBack, remindReturned } from './decide/review.ts';
import { setRisk } from './decide/risk.ts';
import { checkWindow, schedule } from './decide/schedule.ts';
import { submit } from './decide/submit.ts';
import { recordTests } from './decide/tests.ts';
import { askVerifiersAgain, remindVerification, verify } from './decide/verification.ts';
import { takeUp, waiveQuorum } from './decide/vote.ts';
import { keepTime } from './decide/window.ts';
import { withdraw } from './decide/withdraw.ts';
import type { Facts } from './facts.ts';
import { Refusal } from './refusal.ts';
import type { Change, ChangeEvent, Command } from './types.ts';

/**
 * The rules. What happens to a change when somebody gives a command; an empty list when there is nothing
 * (left) to do, as for a repeated delivery or a reminder that came too late.
 * @param change as it is now, or `undefined` before its submission
 * @param facts what the rules need to know from outside this change
 * @throws {Refusal} with the reason and the next step, when the command may not be carried out
 */
export function decide(change: Change | undefined, command: Command, facts: Facts): ChangeEvent[] {
  if (command.type === 'Submit') return submit(change, command, facts);
  if (!change) throw new Refusal('unknown', 'There is no such change. Try `/change list`.');
  switch (command.type) {
    case 'Decide':
      return decideSeat(change, command, facts);
    case 'Return':
      return giveBack(change, command, facts);
    case 'Ask':
      return ask(change, command, facts);
    case 'Answer':
      return answer(change, command);
    case 'Edit':
      return edit(change, command, facts);
    case 'Withdraw':
      return withdraw(change, command, facts);
    case 'WaiveQuorum':
      return waiveQuorum(change, command, facts);
    case 'Advise':
      return advise(change, command);
    case 'TakeUp':
      return takeUp(change, command, facts);
    case 'AskAgain':
      return change.status === 'implemented'
        ? askVerifiersAgain(change, facts, command.at)
        : [...askAgain(change, facts, command.at), ...checkRoute(change, facts, command.at)];
    case 'Remind':
      return remind(change, command, facts);
    case 'RemindReturned':
      return remindReturned(change, command, facts);
    case 'SetRisk':
      return setRisk(change, command, facts);
    case 'Reclassify':
      return reclassify(change, command, facts);
    case 'Reassign':
      return reassign(change, command, facts);
    case 'RecordTests':
      return recordTests(change, command);
    case 'Prepare':
      return prepare(change, command);
    case 'Start':
      return start(change, command, facts);
    case 'TickSteps':
      return tickSteps(change, command);
    case 'Note':
      return note(change, command);
    case 'HandOver':
      return handOver(change, command, facts);
    case 'Finish':
    case 'RollBack':
      return finish(change, command, facts);
    case 'Verify':
      return verify(change, command, facts);
    case 'RemindVerification':
      return remindVerification(change, command, facts);
    case 'HoldRetrospective':
      return holdRetrospective(change, command, facts);
    case 'RemindRetrospective':
      return remindRetrospective(change, command, facts);
    case 'ReviewEmergency':
      return reviewEmergency(change, command, facts);
    case 'RemindBoardReview':
      return remindBoardReview(change, command, facts);
    case 'AddAction':
      return addAction(change, command, facts);
    case 'CompleteAction':
      return completeAction(change, command, facts);
    case 'ChaseAction':
      return chaseAction(change, command, facts);
    case 'LogFinding':
      return logFinding(change, command, facts);
    case 'Rate':
      return rate(change, command);
    case 'Notify':
      return notify(change, command);
    case 'KeepTime':
      return keepTime(change, command, facts);
    case 'Schedule':
      return schedule(change, command, facts);
    case 'CheckWindow':
      return checkWindow(change, command, facts);
    case 'MeetFreeze':
      return meetFreeze(change, command, facts);
    case 'LiftFreeze':
      return liftFreeze(change, command, facts);
    case 'Exempt':
      return exempt(change, command, facts);
    case 'Cancel':
      return cancel(change, command, facts);
    case 'Expire':
      return expire(change, command);
    case 'OfferAsExample':
      return offerAsExample(change, command, facts);
    default:
      return command satisfies never;
  }
}
