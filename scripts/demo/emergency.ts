import { makeActor } from './actor.ts';
import type { Scene } from './play.ts';
import { HOUR, START, windTo } from './stage.ts';

const NUMBER = 'CR-2026-003';
/** Thursday, 03:00 in Berlin. */
export const NIGHT = START + 17 * HOUR;

const ANSWERS = {
  'What is broken': 'Payments time out since 02:40; nobody can book.',
  'The fix': 'Restart the payment workers with the memory limit doubled.',
  'Affected systems': ['Payments'],
  'Rollback steps': 'Put the old limit back and restart.',
  Implementer: 'maya',
  'Incident link': 'https://status.example.com/incidents/42',
};

/** An emergency: everybody at once, day and night. */
export const emergency: Scene = async (stage) => {
  const [jonas, maya, olga, klaus] = ['jonas', 'maya', 'olga', 'klaus'].map((name) => makeActor(stage, name));
  if (!jonas || !maya || !olga || !klaus) throw new Error('Somebody is missing.');
  stage.tell.title('An emergency: at three in the morning');

  await windTo(stage, NIGHT, 'The night goes by. At three, payments stop.');
  await jonas.types('/change emergency Restart the payment workers');
  const filled = await jonas.fillsIn(
    'New change',
    ANSWERS,
    `${NUMBER} Restart the payment workers is filed.`,
  );
  const headline = await jonas.sees('changes', NUMBER);
  const [forMaya, forOlga, forKlaus] = [
    await maya.gets(NUMBER),
    await olga.gets(NUMBER, 1),
    await klaus.gets(NUMBER, 1),
  ];
  await maya.presses(forMaya, 'Approve');
  await maya.seesAnew(forMaya, 'nothing more is needed', 1);
  await olga.presses(forOlga, 'Approve');
  await olga.seesAnew(forOlga, 'nothing more is needed', 1);

  await windTo(
    stage,
    NIGHT + HOUR,
    'An hour later the department head still sleeps. An emergency’s clock does not.',
  );
  await klaus.gets('still waits for you');
  await klaus.presses(forKlaus, 'Approve');
  await jonas.gets(`${NUMBER} Restart the payment workers is approved`, 1);
  await jonas.seesAnew(headline, 'Approved');
  await jonas.readsThread(headline, `${NUMBER} is approved`);
  const events = ['Submitted', 'StageOpened', 'Decided', 'Decided', 'Reminded', 'Decided', 'StagePassed'];
  return {
    ...filled,
    typed: filled.typed + 1,
    number: NUMBER,
    category: 'emergency',
    events: [...events, 'ChangeApproved'],
  };
};
