import { makeActor } from './actor.ts';
import type { Scene } from './play.ts';
import { HOUR, START, windTo } from './stage.ts';
import { WINDOW } from './standard-afterwards.ts';

const NUMBER = 'CR-2026-001';
const start = WINDOW / 1000;

const ANSWERS = {
  Description: 'Replace the API keys of the payment gateway with new ones, as every quarter.',
  'Affected systems': ['Payments'],
  'Who is affected if it goes wrong?': 'Nobody outside the team',
  'How hard is it to roll back?': 'One step, minutes',
  'How well is it tested?': 'Done the same way many times',
  'When is it carried out?': 'Outside production hours',
  'What does it touch?': 'An internal or supporting system',
  'Does it need downtime?': 'No downtime',
  'Success criteria': 'Payments go through with the new key for ten minutes.',
  Start: start,
  End: start + 1800,
  'Rollback steps': 'Put the old key back.',
};

/** A standard change: one form, one reminder, one click. */
export const standard: Scene = async (stage) => {
  const [dana, jonas] = [makeActor(stage, 'dana'), makeActor(stage, 'jonas')];
  stage.tell.title('A standard change: pre-approved, one peer looks at it');

  await dana.types('/change new standard Rotate the API keys');
  const filled = await dana.fillsIn('New change', ANSWERS, `${NUMBER} Rotate the API keys is filed.`);
  const headline = await dana.sees('changes', 'Peer review: waiting for');
  const card = await jonas.gets('your decision is needed');

  await windTo(stage, START + 2 * HOUR, 'Two hours pass. Nobody has looked at it yet.');
  await jonas.gets('still waits for you');
  await jonas.presses(card, 'Approve');
  await jonas.seesAnew(card, 'nothing more is needed from you', 4);
  await dana.gets('is approved', 1);
  await dana.seesAnew(headline, 'Approved');
  await dana.readsThread(headline, `${NUMBER} is scheduled`);
  const events = ['Submitted', 'CriteriaChecked', 'StageOpened', 'Reminded', 'Decided', 'StagePassed'];
  return {
    ...filled,
    typed: filled.typed + 1,
    number: NUMBER,
    category: 'standard',
    events: [...events, 'ChangeApproved', 'Scheduled'],
  };
};
