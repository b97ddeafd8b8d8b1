import { expect, test } from 'vitest';
import { ballWith, type Effect, effects } from '../../src/change/effects.ts';
import { DANA, GRACE, holders, JONAS, LUCIA, NADIA, OLGA, PRIYA, TOMAS, WEI } from './company.ts';
import { given, type When } from './given.ts';
import {
  answers,
  approvedNormal,
  approves,
  asks,
  edits,
  filesEmergency,
  filesNormal,
  filesStandard,
  inVote,
  rejects,
  reminds,
  returns,
  type Step,
  validated,
} from './steps.ts';

/** What the events of a step set off, in short: `note U…`, `card ask U…`, `timer 50`, `redraw`. */
function setOff({ events, change }: When): string[] {
  return events.flatMap((event) => effects(event, change)).map(short);
}

function short(effect: Effect): string {
  switch (effect.do) {
    case 'card':
      return ['card', effect.card, ...('to' in effect ? [effect.to] : [])].join(' ');
    case 'note':
      return `note ${effect.to}`;
    case 'timer':
      return `timer ${effect.intent.type === 'Remind' ? effect.intent.percent : effect.intent.type}`;
    default:
      return effect.do;
  }
}

test('a submission is announced, shown to its requester and put before the first stage', () => {
  expect(setOff(given().when(filesNormal))).toEqual([
    ...['card headline', `card requester ${DANA}`],
    ...['note thread', `card ask ${NADIA}`, 'timer 50', 'timer 80', 'timer 100', 'redraw'],
  ]);
});

test('whoever could fill two seats is asked once', () => {
  const company = { holders: holders({ on_call_engineer: [OLGA, WEI] }) };
  const asked = setOff(given().with(company).when(filesEmergency)).filter(
    (each) => each === `card ask ${WEI}`,
  );
  expect(asked).toHaveLength(1);
});

test('a decision redraws; the next stage is asked', () => {
  expect(setOff(given(...validated).when(approves(PRIYA)))).toEqual([
    ...['note thread', 'redraw'],
    ...['note thread', `card ask ${TOMAS}`, 'timer 50', 'timer 80', 'timer 100', 'redraw'],
  ]);
});

test('that a stage has passed is said only where several had to decide', () => {
  const notes = (taken: When) => setOff(taken).filter((each) => each === 'note thread').length;
  expect(notes(given(filesStandard).when(approves(JONAS)))).toBe(2); // decided, approved
  expect(notes(given(...inVote).when(approves(LUCIA)))).toBe(3); // decided, passed, approved
});

test('after a refusal the cards are redrawn: whoever tried was looking at one that let them', () => {
  const { change } = given(filesNormal);
  const refused = {
    type: 'Refused',
    by: PRIYA,
    at: 0,
    command: 'Decide',
    code: 'stale',
    sentence: '',
  } as const;
  expect(effects(refused, change).map(short)).toEqual(['redraw']);
});

test('the requester hears of an approval, a rejection, a return and a question', () => {
  for (const heard of [
    given(...inVote).when(approves(LUCIA)),
    given(...validated).when(rejects(PRIYA)),
    given(filesNormal).when(returns(NADIA)),
    given(...validated).when(asks(PRIYA)),
  ])
    expect(setOff(heard)).toContain(`note ${DANA}`);
});

test('who asked hears the answer', () => {
  expect(setOff(given(...validated, asks(PRIYA)).when(answers(DANA)))).toEqual([
    'note thread',
    `note ${PRIYA}`,
    'redraw',
  ]);
});

test('who loses an approval by an edit hears of it, once', () => {
  const heard = setOff(given(...approvedNormal).when(edits({ risks: 'Data loss.' })));
  expect(heard.filter((each) => each === `note ${PRIYA}`)).toHaveLength(1);
  expect(heard).toEqual(expect.arrayContaining([`note ${NADIA}`, `note ${GRACE}`, `card ask ${NADIA}`]));
});

test('a reminder goes to those who are waited for, and at the end to the thread and the overseer', () => {
  expect(setOff(given(...validated).when(reminds('technical', 1, 50)))).toEqual([`note ${PRIYA}`]);
  expect(setOff(given(...validated).when(reminds('technical', 1, 100)))).toEqual([
    'note thread',
    `note ${PRIYA}`,
    `note ${NADIA}`,
  ]);
});

test('the ball is with whoever has to act', () => {
  const ball = (...steps: Step[]) => ballWith(given(...steps).change, holders());
  expect(ball(...validated)).toEqual([PRIYA]);
  expect(ball(filesNormal, returns(NADIA))).toEqual([DANA]);
  expect(ball(...approvedNormal)).toEqual([]);
});
