import { makeActor } from './actor.ts';
import { HOUR, START, type Stage, windTo } from './stage.ts';

/** When the window of the standard change opens: tomorrow at six. */
export const WINDOW = START + 20 * HOUR;
const NUMBER = 'CR-2026-001';

const TESTS = {
  'Which tests?': [
    'Unit tests (automated)',
    'Integration tests (automated)',
    'Basic functionality tests (manual)',
  ],
  'How did they go?': 'Passed',
  'Where were they run?': 'Staging',
  'Link to the results': 'https://ci.example.com/runs/4711',
};
const CHECKLIST = [
  ...['Backup procedures verified', 'Monitoring alerts configured'],
  ...['Rollback procedures tested', 'Support team notified'],
];
/** How it ended, and that what is live has been tested. */
export const SUCCESS = {
  'How did it go?': 'Success',
  'Which of these have passed?': ['Smoke tests after the deployment'],
};
/** What a verification ticks. */
export const CHECKS = [
  ...['Change implemented as designed', 'All success criteria met', 'No unexpected side effects'],
  ...['Monitoring systems functioning', 'Documentation updated', 'Stakeholders notified'],
];

/**
 * The standard change is carried out by the one who asked for it, and verified by somebody else.
 * @returns the types of the events that this adds to its record
 */
export async function standardAfterwards(stage: Stage): Promise<string[]> {
  const [dana, jonas] = [makeActor(stage, 'dana'), makeActor(stage, 'jonas')];
  stage.tell.title('The standard change is carried out, verified and closed');

  const card = await dana.gets(`then start.\n${NUMBER}`);
  await dana.presses(card, 'Record tests…');
  await dana.fillsIn('Record tests', TESTS);
  await dana.ticks(card, CHECKLIST);

  await windTo(stage, WINDOW, 'At six its window opens.');
  await dana.gets('Everything is ready for the start', 1);
  await dana.presses(card, 'Start…');
  await dana.fillsIn('Start', { 'How is it carried out?': 'Standard' });
  await dana.seesAnew(card, 'You are carrying this out', 3);
  await dana.ticks(card, [
    'Deployed to staging',
    'Validated in staging',
    'Deployed to production',
    'Final validation',
  ]);
  await windTo(stage, WINDOW + HOUR / 4, 'A quarter of an hour later.');
  await dana.presses(card, 'Finish…');
  await dana.fillsIn('Finish', SUCCESS);

  await windTo(stage, WINDOW + 1.25 * HOUR, 'Nobody is woken to check it; now the night is over.');
  const check = await jonas.gets('Please check the result');
  await jonas.presses(check, 'Verify…');
  await jonas.fillsIn('Verify', { 'Tick what you have checked and found right': CHECKS });
  const headline = await dana.sees('changes', NUMBER, 1);
  await dana.seesAnew(headline, 'Closed (success)');
  await dana.readsThread(headline, `${NUMBER} is closed`);
  return [
    'TestsRecorded',
    'Prepared',
    'WindowNear',
    'Started',
    'StepsDone',
    'TestsRecorded',
    'Finished',
    'Verified',
    'ChangeClosed',
  ];
}
