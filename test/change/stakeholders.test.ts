import { expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import { DANA, GRACE, HENRIK, LUCIA, MAYA, OLGA, PRIYA, SAM, WEI } from './company.ts';
import { given, goesOn, type When } from './given.ts';
import { normal, UNTIL_OPEN } from './proposals.ts';
import {
  approves,
  beforeBoard,
  cancels,
  edits,
  files,
  finishesUntested,
  looksBack,
  notes,
  prepares,
  recordsTests,
  rollsBack,
  starts,
  verifies,
} from './steps.ts';

const SUPPORT = 'C02SUPPORT1';
const named = { stakeholders: [SAM, HENRIK, DANA, MAYA, WEI], stakeholderChannels: [SUPPORT, SUPPORT] };
const filed = given(files('normal', normal({ implementer: MAYA, ...named })), ...beforeBoard.slice(1));
const approved = goesOn(filed, approves(PRIYA), approves(WEI), approves(GRACE)).when(approves(LUCIA));
const ready = goesOn(approved.and(), recordsTests(MAYA), prepares(MAYA)).later(UNTIL_OPEN);
const started = ready.when(starts(MAYA));
const finished = started.and().when(finishesUntested(MAYA));

const heard = ({ events, change }: When) =>
  events
    .flatMap((event) => effects(event, change))
    .flatMap((each) => (each.do === 'note' ? [each.to] : each.do === 'tell' ? [each.channel] : []));

test('those whom the communication plan names hear once when it is scheduled, starts and ends', () => {
  expect(heard(approved)).toEqual(['thread', 'thread', 'thread', DANA, 'thread', SAM, HENRIK, WEI, SUPPORT]);
  expect(heard(started)).toEqual(['thread', DANA, SAM, HENRIK, WEI, SUPPORT]);
  // Wei is asked to verify it, so a card tells.
  expect(heard(finished)).toEqual(['thread', DANA, SAM, HENRIK, SUPPORT]);
  expect(heard(started.and().when(rollsBack(MAYA)))).toEqual(heard(finished));
});

test('what they were told will be, and then is not, they hear as well', () => {
  const theirs = [SAM, HENRIK, SUPPORT];
  expect(heard(approved.and().when(cancels(DANA)))).toEqual(['thread', MAYA, SAM, HENRIK, WEI, SUPPORT]);
  const { startsAt, endsAt } = approved.change.proposal;
  const anew = approved.and().when(edits({ rollbackSteps: 'Restore the backup.' }));
  expect(anew.events[0]).toMatchObject({ type: 'Edited', lost: { startsAt, endsAt } });
  // Wei hears that his vote no longer counts, which says it.
  expect(heard(anew)).toEqual(expect.arrayContaining(theirs));
  expect(heard(anew).filter((who) => who === WEI)).toHaveLength(1);
  // Corrected, it keeps its place, and what has none is taken from nobody.
  const corrected = approved.and().when(edits({ title: 'Split the bookings tabel by month' }));
  expect(heard(corrected)).not.toEqual(expect.arrayContaining(theirs));
  const inReview = filed.when(edits({ rollbackSteps: 'Restore the backup.' }));
  expect(heard(inReview)).not.toEqual(expect.arrayContaining(theirs));
});

test('and of nothing else', () => {
  for (const other of [
    ready.when(recordsTests(MAYA, 'fail')),
    started.and().when(notes(MAYA)),
    finished.and().when(verifies(OLGA)),
  ])
    expect(heard(other)).not.toEqual(expect.arrayContaining([SAM]));
});

test('who sent the news to a channel is named with it', () => {
  const tells = started.events
    .flatMap((event) => effects(event, started.change))
    .filter((each) => each.do === 'tell');
  expect(tells).toMatchObject([{ do: 'tell', channel: SUPPORT, sender: DANA }]);
});

test('they take part in the retrospective', () => {
  finished.and().when(looksBack(SAM)).gives({ type: 'RetrospectiveHeld' });
  const [held] = finished.and().when(looksBack(DANA)).events;
  expect(held).toMatchObject({ participants: expect.arrayContaining([SAM, HENRIK]) });
});
