import { describe, expect, test } from 'vitest';
import { askedToRate } from '../../src/change/decide/feedback.ts';
import { exceptionsIn } from '../../src/change/export/exceptions.ts';
import { COLUMNS, exportRow } from '../../src/change/export/row.ts';
import type { Planned } from '../../src/change/planned.ts';
import { signOffOf } from '../../src/change/sign-off.ts';
import { stuck } from '../../src/change/stuck.ts';
import type { Change } from '../../src/change/types.ts';
import {
  AMIRA,
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
  WEI,
} from './company.ts';
import { effectsOf, Given, given, goesOn } from './given.ts';
import { MINUTE, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approves,
  asksAgain,
  beforeBoard,
  defers,
  edits,
  files,
  filesEmergency,
  finishes,
  handsOver,
  inVote,
  looksBack,
  prepares,
  recordsTests,
  reviewsEmergency,
  rollsBack,
  starts,
  ticks,
  verifies,
} from './steps.ts';

const approved = given(
  files('standard', standard({ implementer: MAYA })),
  approves(JONAS),
  recordsTests(MAYA),
);
const running = goesOn(approved.later(UNTIL_OPEN), prepares(MAYA), starts(MAYA), ticks(MAYA, 0));

describe('somebody else goes on with what has been started', () => {
  test('whoever carries it out says who; from then on only that one does', () => {
    const handed = running.when(handsOver(MAYA, SAM, ' My shift is over. '));
    handed.gives({ type: 'HandedOver', from: MAYA, to: SAM, words: 'My shift is over.' });
    expect(handed.change).toMatchObject({ implementer: SAM, handedOverBy: [MAYA] });
    const after = handed.and();
    after.when(ticks(MAYA, 1)).refused('not the implementer');
    after.when(recordsTests(MAYA)).refused('not the implementer');
    after.when(handsOver(MAYA, JONAS)).refused('not your role');
    const done = goesOn(after, ticks(SAM, 0, 1), finishes(SAM));
    expect(done.change).toMatchObject({ status: 'implemented', implementer: SAM });
  });

  test('the change manager says so where they cannot, and why', () => {
    running.when(handsOver(NADIA, SAM)).refused('incomplete', /say why/);
    running.when(handsOver(NADIA, SAM, 'Maya is ill.')).gives({
      ...{ type: 'HandedOver', by: NADIA, from: MAYA, role: 'change_manager' },
    });
  });

  test('nobody else may, not even who filed it', () => {
    for (const who of [JONAS, SAM, WEI]) running.when(handsOver(who, SAM, 'Mine.')).refused('not your role');
    running.when(handsOver(DANA, SAM, 'Mine.')).refused('own change');
  });

  test('twice is once, and to nobody is nothing', () => {
    running.when(handsOver(MAYA, MAYA)).doesNothing();
    running.when(handsOver(MAYA, '')).refused('incomplete', /Choose who/, 'people');
    goesOn(running, handsOver(MAYA, SAM)).when(handsOver(MAYA, SAM)).doesNothing();
  });

  test('not before the start, when an edit says who, and not after its end', () => {
    approved.when(handsOver(MAYA, SAM)).refused('not now', /has not been started/);
    goesOn(running, finishes(MAYA))
      .when(handsOver(MAYA, SAM))
      .refused('not now', /implemented now/);
  });

  test('who gets it has its card, and its people are told', () => {
    const { change } = running;
    const approvedAt = 'approvedAt' in change ? change.approvedAt : 0;
    expect(effectsOf(running, handsOver(NADIA, SAM, 'Maya is ill.'))).toEqual([
      { do: 'note', to: 'thread' },
      { do: 'card', card: 'implement', to: SAM, approvedAt },
      ...[DANA, MAYA, SAM].map((to) => ({ do: 'note', to })),
      { do: 'redraw' },
    ]);
  });
});

describe('before the start, where whoever was to carry it out has left', () => {
  const leaves = (story: Given) =>
    goesOn(story.with({ implementerIsOutside: true }), asksAgain).with({ implementerIsOutside: false });
  const forsaken = leaves(approved);

  test('the change manager says who, and why; approvals and what is recorded stand', () => {
    expect(stuck(forsaken.change, forsaken.facts, forsaken.at)).toMatchObject({
      ...{ why: 'nobody can start', people: [MAYA], step: 'handOver', since: forsaken.at - MINUTE },
    });
    forsaken.when(handsOver(NADIA, SAM)).refused('incomplete', /say why/);
    const handed = forsaken.when(handsOver(NADIA, SAM, 'Maya has left.'));
    handed.gives({ type: 'HandedOver', by: NADIA, from: MAYA, to: SAM, role: 'change_manager' });
    const { change } = handed;
    expect(change).toMatchObject({ status: 'scheduled', proposal: { implementer: SAM } });
    expect(change).not.toHaveProperty('handedOverBy');
    expect(change.decisions).toEqual(forsaken.change.decisions);
    const after = handed.and();
    expect(stuck(change, after.facts, after.at)).toBeUndefined();
    after.when(handsOver(NADIA, SAM, 'Maya has left.')).doesNothing();
    after.when(handsOver(NADIA, WEI, 'Sam is busy.')).refused('not now', /\*Edit…\* names/);
    // Who has not started it had no part in it.
    const done = goesOn(after.later(UNTIL_OPEN), prepares(SAM), starts(SAM), finishes(SAM));
    expect(exceptionsIn(done.history, done.facts.policy, done.at)).toEqual([]);
    done
      .with({ holders: holders({ peer_reviewer: [MAYA] }) })
      .when(verifies(MAYA))
      .gives('Verified', 'ChangeClosed');
    // To alter nothing that matters asks nobody anew; what is asked anew is asked with who carries it out now.
    expect(after.when(edits({ reviewer: OLGA })).gives('Edited').change.status).toBe('scheduled');
    const anew = after.when(edits({ description: 'Another way altogether.' })).gives('Edited', 'StageOpened');
    expect(anew.change.reviewed.implementer).toBe(SAM);
  });

  test('also where they filed it themselves; the new one has its card', () => {
    const own = leaves(given(files('standard', standard()), approves(JONAS)));
    const approvedAt = 'approvedAt' in own.change ? own.change.approvedAt : 0;
    expect(effectsOf(own, handsOver(NADIA, SAM, 'Dana has left.'))).toEqual([
      { do: 'note', to: 'thread' },
      { do: 'card', card: 'implement', to: SAM, approvedAt },
      ...[DANA, SAM].map((to) => ({ do: 'note', to })),
      { do: 'redraw' },
    ]);
  });

  test('nobody else does, and nobody while they are there, or are there again', () => {
    for (const who of [JONAS, SAM, WEI, MAYA])
      forsaken.when(handsOver(who, SAM, 'Mine.')).refused('not your role');
    // Its requester names another in its text.
    forsaken.when(handsOver(DANA, SAM, 'Mine.')).refused('not now', /\*Edit…\* names/);
    forsaken.when(edits({ implementer: SAM })).gives('Edited', 'StageOpened');
    approved.when(handsOver(NADIA, SAM, 'Sooner.')).refused('not now', /\*Edit…\* names/);
    goesOn(forsaken, asksAgain)
      .when(handsOver(NADIA, SAM, 'Sooner.'))
      .refused('not now');
    leaves(given(files('standard', standard({ implementer: MAYA }))))
      .when(handsOver(NADIA, SAM, 'Sooner.'))
      .refused('not now', /in review now/);
  });

  test('not to a guest, nor to whom the board has among those who decided, nor where nobody could verify it', () => {
    forsaken
      .with({ implementerIsOutside: true })
      .when(handsOver(NADIA, GRACE, 'Maya has left.'))
      .refused('incomplete', /cannot use Docket/, 'people');
    leaves(given(...approvedNormal))
      .when(handsOver(NADIA, LUCIA, 'Dana has left.'))
      .refused('incomplete', /had a say in Change Advisory Board/, 'people');
    forsaken
      .with({ holders: holders({ peer_reviewer: [OLGA], development_lead: [], devops_lead: [] }) })
      .when(handsOver(NADIA, OLGA, 'Maya has left.'))
      .refused('incomplete', /Nobody would be left to verify/, 'people');
  });

  test('its place in the calendar is looked at anew, with what else they have to do', () => {
    const { startsAt = 0, endsAt = 0 } = forsaken.change.proposal;
    const other: Planned = {
      ...{ id: 'c-2', number: 'CR-2026-002', title: 'Another', status: 'scheduled', category: 'normal' },
      ...{ risk: 'low', requester: SAM, implementer: SAM, startsAt, endsAt, systems: [], environments: [] },
    };
    const calendar = { freezes: [], scheduled: [other] };
    const strict = forsaken.with({ policy: { ...forsaken.facts.policy, clashes: 'block' }, calendar });
    strict
      .when(handsOver(NADIA, SAM, 'Maya has left.'))
      .gives('HandedOver', { type: 'Unscheduled', lost: { startsAt, endsAt } });
    strict.when(handsOver(NADIA, WEI, 'Maya has left.')).gives('HandedOver');
  });

  test('is found while the board has put it off, too, and said once more where an old record does not say who', () => {
    const putOff = [WEI, GRACE, LUCIA, AMIRA].map((who) => defers(who));
    const deferred = given(...beforeBoard, approves(PRIYA), ...putOff).with({ implementerIsOutside: true });
    deferred.when(asksAgain).gives({ type: 'RouteChecked', gone: DANA });
    const { gone: _, ...older } = forsaken.change;
    const facts = { ...forsaken.facts, implementerIsOutside: true };
    // As its state was saved before: all but that is as it is now.
    const old = new Given([], facts, forsaken.at, older as Change);
    old.when(asksAgain).gives({ type: 'RouteChecked', gone: MAYA });
    old.when(asksAgain).and().when(asksAgain).doesNothing();
  });
});

describe('whoever has had a part in it checks nothing of it', () => {
  test('also who has handed it over, and has it back', () => {
    const done = goesOn(running, handsOver(MAYA, OLGA), finishes(OLGA));
    const both = done.with({ holders: holders({ peer_reviewer: [MAYA, OLGA, WEI] }) });
    both.when(verifies(MAYA)).refused('own change', /a part of this change/);
    both.when(verifies(OLGA)).refused('own change', /carried this change out/);
    both.when(verifies(WEI)).gives('Verified', 'ChangeClosed');
    const back = goesOn(running, handsOver(MAYA, OLGA), handsOver(OLGA, MAYA)).change;
    expect(back).toMatchObject({ implementer: MAYA, handedOverBy: [MAYA, OLGA] });
  });

  test('so nobody gets it with whom nobody would be left to verify it', () => {
    const few = { peer_reviewer: [OLGA], development_lead: [], devops_lead: [] };
    running
      .with({ holders: holders(few) })
      .when(handsOver(MAYA, OLGA))
      .refused('incomplete', /Nobody would be left to verify/, 'people');
    const herself = { ...few, peer_reviewer: [MAYA] };
    running
      .with({ holders: holders(herself) })
      .when(handsOver(MAYA, SAM))
      .refused('incomplete', /Nobody would be left to verify/, 'people');
  });

  test('nor reviews the emergency for the board', () => {
    const urgent = given(filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS));
    const begun = goesOn(urgent, recordsTests(PRIYA), prepares(PRIYA), starts(PRIYA));
    const board = ['devops_lead', 'development_lead', 'product_manager', 'business_representative'];
    const nobody = Object.fromEntries([...board, 'security_representative'].map((role) => [role, []]));
    const few = begun.with({ holders: holders({ ...nobody, peer_reviewer: [JONAS] }) });
    few.when(handsOver(PRIYA, WEI)).refused('incomplete', /left of the board/, 'people');
    few.when(handsOver(PRIYA, SAM)).gives('HandedOver');
    const done = goesOn(begun, handsOver(PRIYA, SAM), finishes(SAM));
    done.when(reviewsEmergency(PRIYA)).refused('own change');
    done.when(reviewsEmergency(WEI)).gives('EmergencyReviewed');
  });

  test('and who has voted on it does not carry it out, where the board is not to', () => {
    const normal = goesOn(
      given(...approvedNormal, recordsTests(DANA), prepares(DANA)).later(UNTIL_OPEN),
      starts(DANA),
    );
    normal.when(handsOver(DANA, LUCIA)).refused('incomplete', /had a say in Change Advisory Board/, 'people');
    normal.when(handsOver(DANA, SAM)).gives('HandedOver');
  });

  test('nor by whose right somebody else has voted where whoever carries it out has no say', () => {
    const standIn = { holders: holders({ development_lead: [LUCIA, { person: SAM, for: LUCIA }] }) };
    const voted = goesOn(given(...inVote).with(standIn), approves(SAM));
    const normal = goesOn(goesOn(voted, recordsTests(DANA), prepares(DANA)).later(UNTIL_OPEN), starts(DANA));
    for (const one of [SAM, LUCIA])
      normal.when(handsOver(DANA, one)).refused('incomplete', /had a say in Change Advisory Board/, 'people');
    normal.when(handsOver(DANA, MAYA)).gives('HandedOver');
  });
});

describe('whoever has had a part in it belongs to it to the end', () => {
  const done = goesOn(running, handsOver(MAYA, SAM), rollsBack(SAM, 'Errors everywhere.'));

  test('signs for it, and takes part in looking back on it', () => {
    expect(signOffOf(done.change)[1]).toMatchObject({ what: 'Implemented', by: [MAYA, SAM] });
    const { change } = done.when(looksBack(MAYA)).gives('RetrospectiveHeld');
    expect('retrospective' in change && change.retrospective?.participants).toEqual(
      expect.arrayContaining([DANA, MAYA, SAM, JONAS]),
    );
  });

  test('is named in the table of changes, in the order in which they carried it out', () => {
    const names = { person: (id: string) => `<${id}>`, channel: (id: string) => id };
    const cells = ({ change, facts }: Given) => {
      const row = exportRow(change, facts.policy, names);
      return (['implementer', 'implementer_id'] as const).map((column) => row[COLUMNS.indexOf(column)]);
    };
    expect(cells(done)).toEqual([`<${MAYA}>; <${SAM}>`, `${MAYA}; ${SAM}`]);
    expect(cells(approved)).toEqual([`<${MAYA}>`, MAYA]);
    expect(cells(given(files('standard', standard({ implementer: MAYA }))))).toEqual(['', '']);
  });

  test('and is not asked how content they are with it', () => {
    const danas = goesOn(
      given(files('standard', standard()), approves(JONAS), recordsTests(DANA)).later(UNTIL_OPEN),
      ...[prepares(DANA), starts(DANA), handsOver(DANA, SAM), finishes(SAM)],
    );
    expect(askedToRate(danas.change)).toEqual([]);
  });
});

test('guests, and who has left, cannot go on with it', () => {
  running
    .with({ implementerIsOutside: true })
    .when(handsOver(MAYA, GRACE))
    .refused('incomplete', /cannot use Docket/, 'people');
});
