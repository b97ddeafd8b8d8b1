import { makeActor } from './actor.ts';
import { NIGHT_OF_IT } from './normal.ts';
import { HOUR, type Stage, windTo } from './stage.ts';
import { CHECKS, SUCCESS } from './standard-afterwards.ts';

const NUMBER = 'CR-2026-002';
const TESTS = [
  ...['Unit tests (automated)', 'Integration tests (automated)', 'Basic functionality tests (manual)'],
  ...['Regression tests (automated)', 'Performance tests (automated)', 'User acceptance tests (manual)'],
  'Security tests (automated)',
];
const CHECKLIST = [
  ...['Implementation team assembled', 'Communication plan executed', 'Backup procedures verified'],
  ...['Monitoring alerts configured', 'Rollback procedures tested', 'Support team notified'],
];

/**
 * The normal change is carried out on Saturday night, step by step in everybody's sight, and on Monday it is in the
 * report.
 * @returns the types of the events that this adds to its record
 */
export async function normalAfterwards(stage: Stage): Promise<string[]> {
  const [dana, priya, nadia] = [
    makeActor(stage, 'dana'),
    makeActor(stage, 'priya'),
    makeActor(stage, 'nadia'),
  ];
  stage.tell.title('The normal change is carried out on Saturday night');

  const card = await dana.gets(`then start.\n${NUMBER}`);
  await windTo(stage, NIGHT_OF_IT - HOUR, 'Saturday, ten in the evening: the last tests are in.');
  await dana.presses(card, 'Record tests…');
  await dana.fillsIn('Record tests', { 'Which tests?': TESTS, 'How did they go?': 'Passed' });
  await dana.ticks(card, CHECKLIST);
  await windTo(stage, NIGHT_OF_IT, 'At eleven its window opens.');
  await dana.presses(card, 'Start…');
  await dana.fillsIn('Start', { 'How is it carried out?': 'Canary' });
  await dana.seesAnew(card, 'You are carrying this out', 3);
  const headline = await nadia.sees('changes', NUMBER, 1);
  await nadia.seesAnew(headline, 'Being implemented by');
  await dana.ticks(card, ['Canary deployed']);
  await nadia.seesAnew(headline, '✓ Canary deployed');
  await windTo(stage, NIGHT_OF_IT + HOUR, 'An hour later all of it is live.');
  await dana.presses(card, 'Finish…');
  await dana.fillsIn('Finish', SUCCESS);
  await windTo(stage, NIGHT_OF_IT + 9 * HOUR, 'On Sunday morning it is checked.');
  const check = await priya.gets('Please check the result', 3);
  await priya.presses(check, 'Verify…');
  await priya.fillsIn('Verify', {
    'Tick what you have checked and found right': CHECKS,
  });
  await dana.presses(await dana.gets('Verified by @Priya', 1), 'Retrospective…');
  await dana.fillsIn('Retrospective', {
    'How did the implementation go?': 'As planned.',
    'Were the success criteria met?': 'Yes.',
    'Issues and their root causes': 'None.',
    'What went well': 'The canary.',
    'What could be improved': 'Tell customer service a week ahead.',
  });
  await nadia.seesAnew(headline, 'Closed (success)', 3);
  return [
    ...['WindowNear', 'WindowNear', 'TestsRecorded', 'Prepared', 'Started', 'StepsDone', 'TestsRecorded'],
    ...['Finished', 'Verified', 'RetrospectiveHeld', 'ChangeClosed'],
  ];
}
