import { describe, expect, test } from 'vitest';
import { effects } from '../../src/change/effects.ts';
import {
  DANA,
  facts,
  GUIDE,
  guide,
  HENRIK,
  holders,
  JONAS,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
} from './company.ts';
import { Given, given, goesOn } from './given.ts';
import { MONDAY_10, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approves,
  files,
  finds,
  finishes,
  prepares,
  rates,
  readyToStart,
  recordsTests,
  starts,
  verifies,
} from './steps.ts';

const implemented = goesOn(given(...readyToStart).later(UNTIL_OPEN), starts(DANA), finishes(DANA));

/** Dana asked for it, Maya carried it out, and Sam is told about it. */
const policy = guide((yaml) =>
  yaml.replace('optional: [justification,', 'optional: [stakeholders, justification,'),
);
const filed = goesOn(
  new Given([], facts({ policy }), MONDAY_10),
  files('standard', standard({ implementer: MAYA, stakeholders: [SAM, MAYA] })),
);
const ready = goesOn(filed, approves(JONAS), recordsTests(MAYA), prepares(MAYA)).later(UNTIL_OPEN);
const closed = goesOn(ready, starts(MAYA), finishes(MAYA), verifies(OLGA));

describe('a defect', () => {
  test('is logged by anybody once the change has been carried out, with how bad it is and where more is known', () => {
    const link = 'https://tickets.example.com/9';
    const found = implemented.when(finds(SAM, 'defect', 'f-1', { severity: 'major', link }));
    found.gives({ type: 'FindingLogged', of: 'defect', severity: 'major', words: 'Searches fail.', link });
    expect(found.change.findings).toMatchObject([{ id: 'f-1', by: SAM, severity: 'major', link }]);
    closed.when(finds(SAM)).gives('FindingLogged');
  });

  test('is heard of by those whom the change belongs to, and not by who logged it', () => {
    const { events, change } = closed.when(finds(DANA));
    const notes = events.flatMap((event) => effects(event, change)).filter((each) => each.do === 'note');
    expect(notes.map(({ to }) => to)).toEqual(['thread', MAYA]);
  });

  test('is logged once, however often it is delivered', () => {
    goesOn(implemented, finds(SAM)).when(finds(SAM)).doesNothing();
    goesOn(implemented, finds(SAM))
      .when(finds(SAM, 'defect', 'f-2'))
      .gives('FindingLogged');
  });

  test('needs words, and a change that was carried out', () => {
    implemented
      .when(finds(SAM, 'defect', 'f-1', { words: ' ' }))
      .refused('incomplete', /what is wrong/, 'words');
    ready.when(finds(SAM)).refused('not now', /once it has been carried out/);
  });
});

describe('a finding of an audit', () => {
  test('is logged by the auditors or who oversees changes, of any change', () => {
    const audited = facts({ holders: holders({ auditor: [HENRIK] }) });
    filed.with(audited).when(finds(HENRIK, 'audit')).gives({ type: 'FindingLogged', of: 'audit' });
    closed.when(finds(NADIA, 'audit')).gives('FindingLogged');
  });

  test('is nobody else’s to log, and the refusal says whose', () => {
    closed.when(finds(PRIYA, 'audit')).refused('not your role', /by the change manager or the auditor/);
    const alone = facts({ policy: { ...GUIDE, auditors: undefined } });
    closed
      .with(alone)
      .when(finds(PRIYA, 'audit'))
      .refused('not your role', /by the change manager\./);
  });
});

describe('how content people are', () => {
  test('is asked once, as the change closes, of who wanted it and whom it names, and not of who carried it out', () => {
    const { events, change } = goesOn(ready, starts(MAYA), finishes(MAYA)).when(verifies(OLGA));
    const asked = events
      .flatMap((event) => effects(event, change))
      .flatMap((each) => (each.do === 'card' && each.card === 'rate' ? [each.to] : []));
    expect(asked).toEqual([DANA, SAM]);
  });

  test('is said with one click, and corrected with another, which keeps its time and its words', () => {
    const once = goesOn(closed, rates(DANA, 4, 'Quick.'));
    once.when(rates(DANA, 4)).doesNothing();
    const corrected = goesOn(once, rates(DANA, 2)).change;
    const [{ at = 0 } = {}] = once.change.ratings;
    expect(corrected.ratings).toEqual([{ by: DANA, at, score: 2, words: 'Quick.' }]);
  });

  test('is theirs alone to say, and only once it has closed', () => {
    closed.when(rates(MAYA)).refused('not your role');
    closed.when(rates(OLGA)).refused('not your role');
    implemented.when(rates(DANA)).refused('not now', /once it is closed/);
    for (const score of [0, 6, 2.5]) closed.when(rates(SAM, score)).refused('unknown', /1 to 5/);
  });
});
