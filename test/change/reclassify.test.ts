import { describe, expect, test } from 'vitest';
import { executionOf } from '../../src/change/execution-plan.ts';
import { routeOf } from '../../src/change/route.ts';
import type { Proposal } from '../../src/change/types.ts';
import { DANA, GUIDE, guide, holders, JONAS, NADIA, PRIYA, SAM } from './company.ts';
import { given } from './given.ts';
import { complete, DAY, emergency, HOUR, normal, risky, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedStandard,
  approves,
  beforeBusiness,
  edits,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  reclassifies,
  recordsTests,
  reminds,
  returns,
  setsRisk,
  withdraws,
} from './steps.ts';

const toStandard = reclassifies(NADIA, 'standard', 'Done the same way every month.');
const toNormal = reclassifies(NADIA, 'normal');

describe('an emergency that was filed as something else', () => {
  const overseers = { holders: holders({ change_manager: [NADIA, SAM, PRIYA] }) };

  test('is told to all who oversee changes, but to whom it is news already', () => {
    const { events } = given(filesEmergency, toNormal)
      .with(overseers)
      .when(reclassifies(NADIA, 'emergency'))
      .gives({ type: 'Reclassified', complete: true, overseers: [SAM, PRIYA] }, 'StageOpened');
    expect(events).toHaveLength(2);
  });

  test('also while it waits for what an emergency has to say', () => {
    given(...beforeBusiness)
      .with(overseers)
      .when(reclassifies(NADIA, 'emergency'))
      // Priya hears that her decision no longer counts.
      .gives({ type: 'Reclassified', complete: false, overseers: [SAM] }, 'Returned');
  });

  test('is no news where the only one who oversees changes has done it, and nothing else is', () => {
    const alone = given(filesNormal).when(reclassifies(NADIA, 'emergency'));
    const other = given(filesNormal).with(overseers).when(reclassifies(NADIA, 'standard'));
    for (const { events } of [alone, other]) expect(events[0]).not.toHaveProperty('overseers');
  });
});

describe('the change manager reclassifies a change', () => {
  test('whose new road begins at once where nothing is missing', () => {
    const { change } = given(...beforeBusiness)
      .when(toStandard)
      .gives(
        {
          ...{ type: 'Reclassified', by: NADIA, before: 'normal', category: 'standard', complete: true },
          words: 'Done the same way every month.',
          voided: [
            { stage: 'validation', seat: 'validator', by: NADIA },
            { stage: 'technical', seat: 'technical', by: PRIYA },
          ],
        },
        'CriteriaChecked',
        { type: 'StageOpened', stage: 'peer_review' },
      );
    expect(change).toMatchObject({
      ...{ status: 'in review', category: 'standard', number: 'CR-2026-001', decisions: [] },
      reclassified: { by: NADIA, before: 'normal' },
    });
    expect(change.route).toEqual(routeOf(GUIDE, 'standard'));
    expect(change.execution).toEqual(executionOf(GUIDE, 'standard'));
  });

  test('with the clock of the new category, which runs from now', () => {
    const later = given(filesNormal).later(DAY);
    expect(later.when(toStandard).change.dueAt).toBe(later.at + 4 * HOUR);
  });

  test('under the present policy, not the one that it was filed by', () => {
    const present = guide((yaml) => yaml.replace('version: guide 1.0.0', 'version: guide 2.0.0'));
    const { change } = given(filesNormal).with({ policy: present }).when(toStandard);
    expect(change.policyVersion).toBe('guide 2.0.0');
  });

  test('and back; an old reminder of a stage that it is in once more does nothing', () => {
    const back = given(filesNormal, toStandard, toNormal);
    expect(back.change).toMatchObject({ status: 'validating', open: { stage: 'validation', round: 2 } });
    back.when(reminds('validation', 1, 100)).doesNothing();
    back.when(reminds('validation', 2, 100)).gives('Reminded');
  });

  test('with the risk that its new category assumes, whatever was set before', () => {
    const set = given(filesNormal, setsRisk(NADIA, 'high'));
    expect(set.change.risk).toMatchObject({ level: 'high', set: { by: NADIA } });
    const assuming = { ...GUIDE.categories.emergency, assumedRisk: 'medium' as const };
    const { change } = set
      .with({ policy: { ...GUIDE, categories: { ...GUIDE.categories, emergency: assuming } } })
      .when(reclassifies(NADIA, 'emergency'));
    expect(change.risk.level).toBe('medium');
    expect(change.risk).not.toHaveProperty('set');
  });

  test('once, however often it is sent', () => {
    given(filesNormal, toStandard).when(toStandard).doesNothing();
    given(filesStandard, toNormal).when(toNormal).doesNothing();
  });

  test('never without a reason', () => {
    given(filesNormal)
      .when(reclassifies(NADIA, 'standard', ' '))
      .refused('incomplete', /say why/, 'words');
  });

  test('and the tests that were recorded stay', () => {
    const { change } = given(filesNormal, recordsTests(DANA)).when(toStandard);
    expect(change.tests.map(({ test: id }) => id)).toContain('unit');
  });
});

describe('what the new category asks for as well', () => {
  const still = /^Reclassified as Normal: It.*\nStill needed: Business justification, .*On-call contact\.$/;

  test('goes back to the requester, who reads what is missing', () => {
    const { change } = given(filesStandard)
      .when(toNormal)
      .gives(
        { type: 'Reclassified', complete: false },
        { type: 'Returned', by: NADIA, stage: 'validation', words: expect.stringMatching(still) },
      );
    expect(change).toMatchObject({ status: 'returned', category: 'normal', proposal: standard() });
  });

  test('is added by the requester’s edit, which takes it to the first stage', () => {
    const back = given(filesStandard, toNormal);
    back.when(edits({}, DANA, 'Nothing to add.')).refused('incomplete', /still need you/);
    const { change } = back
      .when(edits(normal()))
      .gives('Edited', 'Resubmitted', { type: 'StageOpened', stage: 'validation', round: 1 });
    expect(change.status).toBe('validating');
  });

  test('names the assessment once, whatever is missing in it', () => {
    const { events } = given(filesEmergency).when(toNormal);
    const [returned] = events.filter(({ type }) => type === 'Returned');
    expect(JSON.stringify(returned).match(/assessment/gi)).toHaveLength(1);
  });

  test('leaves the risk as it was, until it can be worked out', () => {
    const { change } = given(filesEmergency).when(toNormal).gives('Reclassified', 'Returned');
    expect(change.risk.level).toBe('high');
    const resubmitted = given(filesEmergency, toNormal).when(edits(normal()));
    expect(resubmitted.change.risk.level).toBe('low');
  });

  test('and a start that has passed since it was filed is not asked again', () => {
    given(filesNormal)
      .later(UNTIL_OPEN)
      .when(toStandard)
      .gives('Reclassified', 'CriteriaChecked', 'StageOpened');
  });
});

describe('nothing that was typed is lost', () => {
  test('what the new category does not ask for is kept, not shown, and there again when it is asked for', () => {
    const there = given(filesNormal).when(toStandard).and();
    expect(there.change.proposal).not.toHaveProperty('contingency');
    expect(there.change.aside).toMatchObject({ contingency: normal().contingency, risks: normal().risks });
    const back = there.when(toNormal).and();
    expect(back.change.proposal).toEqual(normal());
    expect(back.change.aside).toEqual({});
  });

  test('through an edit in between', () => {
    const { change } = given(filesNormal, toStandard, edits({ title: 'Move it all by night' }), toNormal);
    expect(change.proposal).toEqual(normal({ title: 'Move it all by night' }));
  });
});

describe('the criteria of the new category', () => {
  const { startsAt = 0, endsAt = 0 } = normal();
  const scope = { systems: [], environments: [], categories: [] };
  const soft = { id: 'freeze/1', kind: 'soft' as const, startsAt, endsAt, scope, reason: 'Spring sale' };
  const frozen = { calendar: { freezes: [soft], scheduled: [] } };
  /** By a policy whose normal changes need no success criteria, which standard ones do. */
  const filedIncomplete = (() => {
    const { required, ...form } = GUIDE.categories.normal;
    const less = { ...form, required: required.filter((field) => field !== 'successCriteria') };
    const policy = { ...GUIDE, categories: { ...GUIDE.categories, normal: less } };
    const { successCriteria: _, ...rest } = normal();
    return given().with({ policy }).when(files('normal', rest)).and();
  })();

  test('are checked: what is too risky is refused, with the reason', () => {
    given(files('normal', normal({ riskAnswers: risky.medium })))
      .when(toStandard)
      .refused('not qualified', /Standard changes must be low risk; this one is medium/, 'category');
  });

  test('a freeze in its window as well, which a normal change may wait in', () => {
    given(filesNormal)
      .with(frozen)
      .when(toStandard)
      .refused('not qualified', /touch a freeze/, 'category');
    // Also where something else is missing: its edit would leave the window as it is.
    filedIncomplete
      .with(frozen)
      .when(toStandard)
      .refused('not qualified', /touch a freeze/, 'category');
  });

  test('are on record as checked once what was missing is there', () => {
    const returned = given(filesEmergency, reclassifies(NADIA, 'standard'));
    returned
      .when(edits(standard()))
      .gives('Edited', 'Resubmitted', 'CriteriaChecked', { type: 'StageOpened', stage: 'peer_review' });
  });

  test('hold when it is taken up again, whatever came over its window meanwhile', () => {
    const returned = filedIncomplete.when(toStandard).and().with(frozen);
    const adds = (more: Proposal) => edits(standard(more));
    returned.when(adds({})).refused('not qualified', /touch a freeze/, 'startsAt');
    const later = { startsAt: startsAt + 7 * DAY, endsAt: endsAt + 7 * DAY };
    returned.when(adds(later)).gives('Edited', 'Resubmitted', 'CriteriaChecked', 'StageOpened');
  });

  test('as the change manager has set the risk, if it was set', () => {
    given(files('normal', normal({ riskAnswers: risky.medium })), setsRisk(NADIA, 'low'))
      .when(toStandard)
      .gives(
        { type: 'Reclassified', risk: { level: 'low', set: { by: NADIA } } },
        'CriteriaChecked',
        'StageOpened',
      );
    given(filesNormal, setsRisk(NADIA, 'high'))
      .when(toStandard)
      .refused('not qualified', /set by <@U02NADIA013>/);
  });

  test('of an emergency are that it is complete', () => {
    given(filesNormal)
      .when(reclassifies(NADIA, 'emergency'))
      .gives({ type: 'Reclassified', risk: { level: 'high' } }, { type: 'Returned' });
    given(filesNormal, reclassifies(NADIA, 'emergency'), edits(emergency()))
      .when(approves(JONAS))
      .refused('not your role', /On-call engineer/);
  });

  test('and nobody is asked in vain: an empty role is found now', () => {
    given(filesNormal)
      .with({ holders: holders({ peer_reviewer: [DANA], development_lead: [] }) })
      .when(toStandard)
      .refused('nobody to ask', /Nobody but <@U02DANA0001> holds the role Peer reviewer/, 'category');
    given(filesStandard)
      .with({ holders: holders({ compliance_lead: [], product_manager: [] }) })
      .when(toNormal)
      .refused('nobody to ask', /Product manager/);
  });
});

describe('nobody else reclassifies, and nothing else is reclassified', () => {
  test('only who holds the overseer’s role, and never their own change', () => {
    for (const who of [DANA, PRIYA, JONAS, SAM])
      given(filesNormal)
        .when(reclassifies(who, 'standard'))
        .refused(who === DANA ? 'own change' : 'not your role');
    given(filesNormal)
      .with({ holders: holders({ change_manager: [DANA, NADIA] }) })
      .when(reclassifies(DANA, 'standard'))
      .refused('own change', /somebody else/);
  });

  test('a returned change is, and its road begins', () => {
    given(filesNormal, returns(NADIA))
      .when(toStandard)
      .gives('Reclassified', 'CriteriaChecked', 'StageOpened');
  });

  test('an approved or ended one is not', () => {
    given(...approvedStandard)
      .when(toNormal)
      .refused('not now', /is scheduled now/);
    given(filesStandard, withdraws(DANA))
      .when(toNormal)
      .refused('not now', /is withdrawn now/);
  });

  test('a peer whom the requester had named is asked again, and if they may not any more, all are', () => {
    const named = given(files('standard', complete.standard({ reviewer: JONAS })), toNormal, edits(normal()));
    named
      .when(toStandard)
      .gives('Reclassified', 'CriteriaChecked', { type: 'StageOpened', asked: { peer: [JONAS] } });
    const left = holders({ peer_reviewer: [SAM], development_lead: [] });
    named
      .with({ holders: left })
      .when(toStandard)
      .gives('Reclassified', 'CriteriaChecked', { type: 'StageOpened', asked: { peer: [SAM] } });
  });
});
