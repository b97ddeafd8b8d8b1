import { makeActor } from './actor.ts';
import { NIGHT } from './emergency.ts';
import { HOUR, type Stage, windTo } from './stage.ts';
import { CHECKS } from './standard-afterwards.ts';

const NUMBER = 'CR-2026-003';

/**
 * The emergency is carried out at once with its minimal tests, verified, looked back on, and reviewed by the board.
 * @returns the types of the events that this adds to its record
 */
export async function emergencyAfterwards(stage: Stage): Promise<string[]> {
  const [jonas, maya, olga, grace] = ['jonas', 'maya', 'olga', 'grace'].map((name) => makeActor(stage, name));
  if (!jonas || !maya || !olga || !grace) throw new Error('Somebody is missing.');
  stage.tell.title('The emergency is carried out, and answered for afterwards');

  const card = await maya.gets('Yours to carry out.');
  await maya.presses(card, 'Record tests…');
  await maya.fillsIn('Record tests', {
    'Which tests?': ['Critical functionality tests (manual)', 'Basic integration tests (automated)'],
    ...{ 'How did they go?': 'Passed', 'Where were they run?': 'Staging' },
  });
  await maya.ticks(card, [
    'Implementation team assembled',
    'Backup procedures verified',
    'Support team notified',
  ]);
  await maya.presses(card, 'Start…');
  await maya.fillsIn('Start', { 'How is it carried out?': 'Standard' });
  await maya.seesAnew(card, 'You are carrying this out', 3);
  await windTo(stage, NIGHT + 1.25 * HOUR, 'A quarter of an hour later payments are back.');
  await maya.presses(card, 'Finish…');
  await maya.fillsIn('Finish', { 'How did it go?': 'Success' });
  await maya.seesAnew(card, 'record the tests that come afterwards', 4);
  await maya.presses(card, 'Record tests…');
  await maya.fillsIn('Record tests', {
    'Which tests?': ['Post-implementation validation (manual)'],
    'How did they go?': 'Passed',
  });

  const check = await olga.gets('Please check the result', 3);
  await olga.presses(check, 'Verify…');
  await olga.fillsIn('Verify', {
    'Tick what you have checked and found right': CHECKS,
  });
  const mine = await jonas.gets('Verified by @Olga', 1);
  await jonas.presses(mine, 'Retrospective…');
  await jonas.fillsIn('Retrospective', {
    'How did the implementation go?': 'Quickly.',
    'Were the success criteria met?': 'Yes.',
    'Issues and their root causes': 'The workers ran out of memory.',
    'What went well': 'Three people agreed within the hour, at night.',
    'What could be improved': 'An alert on memory.',
    'Action item 1': 'Alert when a payment worker uses most of its memory.',
    'Action item 1: who does it': 'maya',
    'Action item 1: by which day': '2026-12-04',
  });
  const review = await grace.gets('please review this emergency by', 4);
  await grace.presses(review, 'Review…');
  await grace.fillsIn('Review', {
    'Was it right to carry it out as an emergency?': 'Yes, it was justified',
    'What the board found': 'Nobody could book. It could not wait.',
  });
  const headline = await jonas.sees('changes', NUMBER, 1);
  await jonas.seesAnew(headline, 'Closed (success)', 3);
  await jonas.readsThread(headline, `${NUMBER} is closed`);
  return [
    ...['TestsRecorded', 'Prepared', 'Started', 'Finished', 'TestsRecorded', 'Verified'],
    ...['RetrospectiveHeld', 'ActionAdded', 'EmergencyReviewed', 'ChangeClosed'],
  ];
}
