import { expect, test } from 'vitest';
import { ballWith } from '../../src/change/ball.ts';
import { type Effect, effects } from '../../src/change/effects.ts';
import { implementerOf } from '../../src/change/execution-plan.ts';
import {
  DANA,
  GRACE,
  holders,
  JONAS,
  KLAUS,
  LUCIA,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from './company.ts';
import { given, type When } from './given.ts';
import { complete, risky, standard, UNTIL_OPEN } from './proposals.ts';
import {
  answers,
  approvedNormal,
  approves,
  asks,
  edits,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  finishes,
  finishesUntested,
  inVote,
  looksBack,
  prepares,
  readyToStart,
  reassigns,
  reclassifies,
  recordsTests,
  rejects,
  reminds,
  returns,
  rollsBack,
  type Step,
  setsRisk,
  starts,
  ticks,
  validated,
  verifies,
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
    ...['note thread', `card ask ${NADIA}`, 'timer 50', 'redraw'],
  ]);
});

test('who oversees changes hears of an emergency when it is filed, in their hours, and when it has not helped, at once', () => {
  const company = { holders: holders({ designated_approver: [KLAUS] }) };
  const filing = given().with(company).when(filesEmergency);
  const told = (taken: When) =>
    taken.events
      .flatMap((event) => effects(event, taken.change))
      .filter((effect) => effect.do === 'note' && effect.to === NADIA);
  expect(told(filing)).toEqual([{ do: 'note', to: NADIA, calm: true }]);
  expect(told(given().when(filesNormal))).toEqual([]);
  // Where they are asked for its approval themselves, they know.
  expect(told(given().when(filesEmergency))).toEqual([]);
  const ready = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS)).change;
  const by = implementerOf(ready);
  const started = [recordsTests(by), prepares(by), starts(by)].reduce(
    (now, step) => now.when(step).and(),
    given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS)),
  );
  for (const step of [rollsBack(by, 'Errors.'), finishes(by, 'failed', 'Still broken.')])
    expect(told(started.when(step))).toEqual([{ do: 'note', to: NADIA, told: { of: 'ended' } }]);
  expect(told(started.when(finishes(by)))).toEqual([]);
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
    ...['note thread', `card ask ${TOMAS}`, 'timer 50', 'redraw'],
  ]);
});

test('that a stage has passed is said only where several had to decide', () => {
  const notes = (taken: When) => setOff(taken).filter((each) => each === 'note thread').length;
  expect(notes(given(filesStandard).when(approves(JONAS)))).toBe(3); // decided, approved, scheduled
  expect(notes(given(...inVote).when(approves(LUCIA)))).toBe(4); // decided, passed, approved, scheduled
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
  expect(setOff(given(...validated).when(reminds('technical', 1, 50)))).toEqual([
    `note ${PRIYA}`,
    'timer 80',
  ]);
  expect(setOff(given(...validated).when(reminds('technical', 1, 100)))).toEqual([
    'note thread',
    `note ${PRIYA}`,
    `note ${NADIA}`,
    'timer 125',
  ]);
});

test('an approval puts the change before its implementer and sets the time by which it expires', () => {
  const heard = setOff(given(...inVote).when(approves(LUCIA)));
  expect(heard).toEqual(expect.arrayContaining([`card implement ${DANA}`, 'timer Expire']));
});

/** At half and four fifths of its time, and when it is over. */

test('what happens while it is carried out is seen, and what matters is heard', () => {
  const approved = given(files('standard', standard({ implementer: SAM })), approves(JONAS));
  const tested = approved.when(recordsTests(SAM));
  expect(setOff(tested)).toEqual(['note thread', 'redraw']);
  const ready = tested.and().when(prepares(SAM));
  expect(setOff(ready)).toEqual(['redraw']);
  const started = ready.and().later(UNTIL_OPEN).when(starts(SAM));
  expect(setOff(started)).toEqual(['note thread', `note ${DANA}`, 'redraw']);
  expect(setOff(started.and().when(ticks(SAM, 0)))).toEqual(['redraw']);
  const finished = started.and().when(finishes(SAM));
  expect(setOff(finished)).toEqual([
    // Of its last tests, then of its end: one message, as one click brings both about.
    ...['note thread', 'redraw', 'note thread', `note ${DANA}`],
    // Who has approved it; the others only if that one does not come to it.
    `card verify ${JONAS}`,
    'timer RemindVerification',
    'redraw',
  ]);
  const verified = finished.and().when(verifies(WEI));
  expect(setOff(verified)).toEqual([
    ...['note thread', `note ${DANA}`, `note ${SAM}`, 'redraw'],
    ...['note thread', `card rate ${DANA}`, 'redraw'],
  ]);
});

test('the operator hears when nobody is left to verify', () => {
  const started = given(...readyToStart)
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .and();
  const nobody = { peer_reviewer: [], development_lead: [], devops_lead: [] };
  const finished = started.with({ holders: holders(nobody) }).when(finishesUntested(DANA));
  expect(setOff(finished)).toEqual(['note thread', 'operator', 'timer RemindVerification', 'redraw']);
});

test('the ball is with whoever has to act', () => {
  const ball = (...steps: Step[]) => ballWith(given(...steps).change, holders());
  expect(ball(...validated)).toEqual([PRIYA]);
  expect(ball(filesNormal, returns(NADIA))).toEqual([DANA]);
  expect(ball(...approvedNormal)).toEqual([DANA]);
  const started = given(...readyToStart)
    .later(UNTIL_OPEN)
    .when(starts(DANA))
    .and();
  const done = started.when(rollsBack(DANA)).and();
  const verified = done.when(verifies(WEI)).and();
  const closed = verified.when(looksBack(DANA)).and();
  const balls = [started, done, verified, closed].map(({ change }) => ballWith(change, holders()).toSorted());
  expect(balls).toEqual([[DANA], [JONAS], [DANA], []]);
});

test('what the change manager does is told to whom it concerns', () => {
  const high = files('normal', complete.normal({ riskAnswers: risky.high }));
  expect(setOff(given(high).when(setsRisk(NADIA, 'low')))).toEqual(['note thread', `note ${DANA}`, 'redraw']);
  const toStandard = setOff(given(...validated).when(reclassifies(NADIA, 'standard')));
  expect(toStandard.slice(0, 4)).toEqual(['note thread', `note ${NADIA}`, `note ${DANA}`, 'redraw']);
});

test('where something is missing, the requester is told once', () => {
  const notes = setOff(given(filesStandard).when(reclassifies(NADIA, 'normal')));
  expect(notes.filter((each) => each === `note ${DANA}`)).toHaveLength(1);
});

test('those who are asked now get the case', () => {
  const taken = given(filesStandard, reassigns(NADIA, 'peer', [OLGA])).when(
    reassigns(NADIA, 'peer', [OLGA, WEI]),
  );
  expect(setOff(taken)).toEqual(['note thread', `card ask ${WEI}`, 'redraw']);
});
