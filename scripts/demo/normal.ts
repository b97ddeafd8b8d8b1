import { makeActor } from './actor.ts';
import { same } from './difference.ts';
import type { Scene } from './play.ts';
import { pause, START, type Stage } from './stage.ts';

const NUMBER = 'CR-2026-002';
const DAY = 24 * 3600;
const sunday = START / 1000 + 3 * DAY + 13 * 3600; // Saturday night, at eleven in Berlin
/** When its window opens. */
export const NIGHT_OF_IT = sunday * 1000;

/** What is particular to this one. The template says the rest, and people look it over. */
const ANSWERS = {
  'Start from': 'Major feature release',
  Description: 'Sign-in asks for a second factor. Existing sessions stay.',
  'Business justification': 'Three accounts of partners were taken over this month.',
  'Affected systems': ['Sign-in and identity', 'Booking web app'],
  'User impact': 'People sign in once more and register a second factor.',
  'Who is affected if it goes wrong?': 'All users or paying partners',
  'When is it carried out?': 'Outside production hours',
  'What does it touch?': 'Payments, identity or customer data',
  Risks: 'Codes do not arrive and people cannot sign in.',
  Start: sunday,
  End: sunday + 2 * 3600,
  'On-call contact': ['maya'],
  'Reviews that apply': ['Security review'],
};

/** A normal change: validated, reviewed three times, voted on; a question on the way. */
export const normal: Scene = async (stage) => {
  const [dana, nadia] = [makeActor(stage, 'dana'), makeActor(stage, 'nadia')];
  stage.tell.title('A normal change: security-related, judged by everybody whose business it is');

  await dana.types('/change new normal Ask for a second factor at sign-in');
  const filled = await dana.fillsIn(
    'New change 1/5',
    ANSWERS,
    `${NUMBER} Ask for a second factor at sign-in is filed.`,
  );
  const headline = await dana.sees('changes', NUMBER);
  const card = await nadia.gets('Validation: your decision is needed');

  await nadia.presses(card, 'Ask…');
  await nadia.fillsIn('Ask', { 'Your question': 'What do people do who have lost their phone?' });
  const question = await dana.gets('What do people do who have lost their phone?');
  await pause(stage, 10);
  await dana.presses(question, 'Answer…');
  await dana.fillsIn('Answer', { 'Your answer': 'They call; customer service lets them in for a day.' });
  await nadia.gets('answered your question');
  await approves(stage, 'nadia', 'Validation');

  await approves(stage, 'priya', 'Technical review');
  await approves(stage, 'tomas', 'Business review');
  await approves(stage, 'amira', 'Security review');
  const board = 'Change Advisory Board';
  await approves(stage, 'priya', board);
  await approves(stage, 'wei', board);
  const [lucia, amira] = [makeActor(stage, 'lucia'), makeActor(stage, 'amira')];
  await lucia.presses(await lucia.gets(`${board}: your decision is needed`, 1), 'Other vote…');
  await lucia.fillsIn('Vote', {
    'Your vote': 'Abstain: I am here and take no side',
    'Guidance, or why': 'I wrote half of it.',
  });
  const vote = await amira.gets(`${board}: your decision is needed`, 1);
  await approves(stage, 'grace', board);
  // Three for and none against: the two votes still to come could not turn it.
  await amira.seesAnew(vote, 'nothing more is needed', 1);

  await dana.gets(`${NUMBER} Ask for a second factor at sign-in is approved`, 1);
  await dana.seesAnew(headline, 'Approved');
  await dana.readsThread(headline, `${NUMBER} is scheduled`);
  // With the title, which stands in the command.
  const typed = filled.typed + 1;
  same('a normal change takes five typed fields', typed <= 5, true);
  return { ...filled, typed, number: NUMBER, category: 'normal', events: EVENTS };
};

/** Some minutes later somebody gets to the card, of which a few lines are told, and approves with one click. */
async function approves(stage: Stage, name: string, title: string): Promise<void> {
  const actor = makeActor(stage, name);
  await pause(stage, 20);
  const card = await actor.gets(`${title}: your decision is needed`, 4);
  await actor.presses(card, 'Approve');
  await actor.seesAnew(card, 'nothing more is needed', 1);
}

const PASSED = ['Decided', 'StagePassed'];
const EVENTS = [
  ...['Submitted', 'StageOpened', 'QuestionAsked', 'QuestionAnswered', ...PASSED],
  ...['StageOpened', ...PASSED, 'StageOpened', ...PASSED, 'StageOpened', ...PASSED],
  ...['StageOpened', 'Decided', 'Decided', 'Decided', ...PASSED, 'ChangeApproved', 'Scheduled'],
];
