import { describe, expect, test } from 'vitest';
import { allowed } from '../../src/change/allowed.ts';
import { judgedAt } from '../../src/change/decide/edit.ts';
import { textHash } from '../../src/change/proposal.ts';
import { FIELD_IDS, type FieldId } from '../../src/policy/fields.ts';
import { AMIRA, DANA, GUIDE, holders, JONAS, LUCIA, NADIA, OLGA, PRIYA, SAM, TOMAS, WEI } from './company.ts';
import { given, goesOn } from './given.ts';
import { DAY, emergency, MINUTE, normal, risky, standard } from './proposals.ts';
import {
  approvedNormal,
  approvedStandard,
  approvedWithSecurity,
  approves,
  beforeSecurity,
  edits,
  files,
  filesEmergency,
  filesNormal,
  filesStandard,
  inVote,
  rejects,
  returns,
  validated,
  withdraws,
} from './steps.ts';

const stagesOf = (voided: unknown) => (Array.isArray(voided) ? [...new Set(voided.map((v) => v.stage))] : []);

describe('a material edit', () => {
  const approved = given(...approvedWithSecurity);

  const touching: [FieldId, unknown, string[]][] = [
    ['userImpact', 'Agents wait.', ['validation', 'business', 'cab']],
    ['codeChanges', 'A new index.', ['validation', 'technical', 'security', 'cab']],
    ['risks', 'Data loss.', ['validation', 'technical', 'business', 'security', 'cab']],
    ['executionWindow', 'Any night.', ['validation', 'cab']],
    ['environments', ['staging'], ['validation', 'technical', 'security', 'cab']],
    // Another review is asked as well; what the others judged is as it was.
    ['reviews', ['security', 'compliance'], ['validation', 'cab']],
  ];
  test.each(touching)('of %s voids exactly the stages it touches', (field, value, stages) => {
    const { events, change } = approved.when(edits({ [field]: value }));
    const [edited, opened] = events;
    expect(edited?.type === 'Edited' && stagesOf(edited.voided)).toEqual(stages);
    expect(opened).toMatchObject({ type: 'StageOpened', stage: 'validation', round: 2 });
    expect(change.status).toBe('validating');
  });

  test('then asks only the stages whose approval is gone', () => {
    approved
      .when(edits({ userImpact: 'Agents wait.' }))
      .and()
      .when(approves(NADIA))
      .gives(
        'Decided',
        { type: 'StagePassed', stage: 'validation' },
        { type: 'StageOpened', stage: 'business' },
      )
      .and()
      .when(approves(TOMAS))
      .gives('Decided', 'StagePassed', { type: 'StageOpened', stage: 'cab', round: 2 });
  });

  test('records what was and what is, and works the risk out again', () => {
    approved.when(edits({ riskAnswers: risky.high })).gives(
      {
        type: 'Edited',
        changes: [{ field: 'riskAnswers', before: risky.low, after: risky.high }],
        risk: { level: 'high' },
      },
      'StageOpened',
    );
  });

  test('that alters the risk voids what was decided on it, whichever field it was', () => {
    const { normal: category } = GUIDE.categories;
    const stages = category.stages.map((stage) => ({ ...stage, material: ['riskAnswers' as const] }));
    const policy = { ...GUIDE, categories: { ...GUIDE.categories, normal: { ...category, stages } } };
    const story = goesOn(given().with({ policy }), ...validated);
    story
      .when(edits({ riskAtLeast: 'medium' }))
      .gives({ type: 'Edited', material: ['riskAtLeast'], voided: [{ stage: 'validation' }] }, 'StageOpened');
    story.when(edits({ userImpact: 'Agents wait.' })).gives({ type: 'Edited', voided: [] });
  });

  test('in the middle of a vote voids the votes', () => {
    const { change } = given(...inVote).when(edits({ endsAt: (normal().endsAt ?? 0) + MINUTE }));
    expect(change.decisions).toEqual([]);
    expect(change.status).toBe('validating');
  });

  test('of an emergency asks those again who had decided', () => {
    given(filesEmergency, approves(OLGA))
      .when(edits({ rollbackSteps: 'Restart the worker.' }))
      .gives(
        { type: 'Edited', voided: [{ seat: 'senior', by: OLGA }] },
        { type: 'StageOpened', round: 2, asked: { senior: [OLGA, WEI] } },
      );
  });

  test('before anybody has decided only alters the text', () => {
    given(filesNormal)
      .when(edits({ risks: 'Data loss.' }))
      .gives({ type: 'Edited', voided: [] });
  });
});

describe('what a decision is bound to', () => {
  const { reviewed, risk, route } = given(filesNormal).change;
  const otherwise = { ...reviewed, ...Object.fromEntries(FIELD_IDS.map((field) => [field, 'otherwise'])) };

  test.each(route)('is every field that is material to $id, the risk, and no other', (stage) => {
    const shown = textHash(stage, { reviewed, risk });
    const bound = FIELD_IDS.filter((field) => {
      const altered = { ...reviewed, [field]: otherwise[field] };
      return textHash(stage, { reviewed: altered, risk }) !== shown;
    });
    expect(bound).toEqual(FIELD_IDS.filter((field) => stage.material.includes(field)));
    const other = textHash(stage, { reviewed, risk: { ...risk, level: 'high' } }) !== shown;
    expect(other).toBe(stage.material.includes('riskAnswers'));
  });

  test('is the stage itself too', () => {
    const hashes = route.map((stage) => textHash({ ...stage, material: ['title'] }, { reviewed, risk }));
    expect(new Set(hashes).size).toBe(route.length);
  });
});

describe('a correction of a few letters', () => {
  const approved = given(...approvedNormal);
  const { title = '', description = '' } = normal();

  test('voids nothing, and an approved change stays approved', () => {
    const { change, events } = approved
      .when(edits({ title: title.replace('Split', 'Splits') }))
      .gives({ type: 'Edited', material: [], voided: [] });
    expect(change.status).toBe('scheduled');
    const [edited] = events;
    expect(edited, 'its place in the calendar stays').not.toHaveProperty('lost');
  });

  test('in the middle of a vote keeps the votes', () => {
    given(...inVote)
      .when(edits({ description: `${description}.` }))
      .and()
      .when(approves(LUCIA))
      .gives('Decided', 'StagePassed', 'ChangeApproved', 'Scheduled');
  });

  test('cannot add up: the measure is the text that was reviewed', () => {
    approved
      .when(edits({ title: title.replace('bookings', 'bookigs') }))
      .gives({ type: 'Edited', material: [] })
      .and()
      .when(edits({ title: title.replace('bookings', 'bokigs') }))
      .gives({ type: 'Edited', material: ['title'] }, 'StageOpened');
  });

  test('of a digit is none', () => {
    const dated = given(files('normal', normal({ title: 'Keep 30 days of logs' })));
    dated.when(edits({ title: 'Keep 31 days of logs' })).gives({ type: 'Edited', material: ['title'] });
    dated.when(edits({ title: 'Keep 3 0 days of logs' })).gives({ type: 'Edited', material: ['title'] });
    dated.when(edits({ title: 'Keep 30 days of logs.' })).gives({ type: 'Edited', material: [] });
  });

  test('is only one in the fields of wording', () => {
    approved
      .when(edits({ risks: `${normal().risks}.` }))
      .gives({ type: 'Edited', material: ['risks'] }, 'StageOpened');
  });

  test('that names the same in another order is none', () => {
    const { systems = [] } = approved.change.proposal;
    expect(systems.length).toBeGreaterThan(1);
    approved.when(edits({ systems: systems.toReversed() })).doesNothing();
  });

  test('of nothing at all does nothing', () => {
    approved.when(edits({})).doesNothing();
    approved.when(edits({ title: `${title} ` })).gives({ type: 'Edited', material: [] });
  });
});

describe('the reviews that apply', () => {
  test('newly ticked security adds its stage', () => {
    given(...approvedNormal, edits({ reviews: ['security'] }), approves(NADIA))
      .when(approves(AMIRA))
      .gives('Decided', { type: 'StagePassed', stage: 'security' }, { type: 'StageOpened', stage: 'cab' });
  });

  test('unticking it is for the validation to judge', () => {
    given(...beforeSecurity)
      .when(edits({ reviews: undefined }))
      .gives(
        { type: 'Edited', voided: [{ stage: 'validation' }] },
        { type: 'StageOpened', stage: 'validation' },
      )
      .and()
      .when(approves(NADIA))
      .gives('Decided', 'StagePassed', { type: 'StageOpened', stage: 'cab' });
  });

  test('are refused where nobody holds the role', () => {
    const company = { holders: holders({ security_lead: [] }) };
    given(...validated)
      .with(company)
      .when(edits({ reviews: ['security'] }))
      .refused('nobody to ask', /Security team lead/, 'category');
  });

  test.each([
    ['in their own right', AMIRA],
    ['for somebody else', { person: AMIRA, for: PRIYA }],
  ])('or where the only holder has filled another seat already, %s', (_, amira) => {
    const company = { holders: holders({ devops_lead: [amira, PRIYA] }) };
    given(...validated)
      .with(company)
      .when(approves(AMIRA))
      .and()
      .when(edits({ reviews: ['security'] }))
      .refused('nobody to ask', /Security team lead/, 'category');
  });
});

describe('a returned change', () => {
  const returned = given(filesNormal, returns(NADIA));

  test('resumes at its stage when it is edited', () => {
    returned
      .when(edits({ risks: 'Replica lag.' }))
      .gives(
        'Edited',
        { type: 'Resubmitted', by: DANA },
        { type: 'StageOpened', stage: 'validation', round: 2 },
      );
  });

  test('or when the question is only answered', () => {
    returned
      .when(edits({}, DANA, 'All three.'))
      .gives({ type: 'Resubmitted', words: 'All three.' }, 'StageOpened');
  });

  test('but not when nothing is said or changed', () => {
    returned.when(edits({}, DANA, '  ')).refused('nothing changed', /Change something/);
  });

  test('is held against the present as a new one is: a window that has passed is its requester’s to move', () => {
    const { startsAt = 0, endsAt = 0 } = returned.change.proposal;
    const late = returned.later(startsAt - returned.at + 1);
    const past = /This start is in the past/;
    late.when(edits({}, DANA, 'All three.')).refused('incomplete', past, 'startsAt');
    late.when(edits({ risks: 'Replica lag.' })).refused('incomplete', past, 'startsAt');
    expect(judgedAt(late.change, late.change.proposal, late.at)).toBe(late.at);
    expect(allowed(late.change, DANA, late.facts, late.at)).toContain('edit');
    const week = { startsAt: startsAt + 7 * DAY, endsAt: endsAt + 7 * DAY };
    late.when(edits(week)).gives('Edited', 'Resubmitted', 'StageOpened');
    // What is under review keeps the window that it was submitted with.
    given(filesNormal)
      .later(30 * DAY)
      .when(edits({ risks: 'Replica lag.' }))
      .gives('Edited');
  });

  test('nor does it go on with a window that a hard freeze has come to hold', () => {
    const { startsAt = 0, endsAt = 0 } = returned.change.proposal;
    const scope = { systems: [], environments: [], categories: [] };
    const freeze = { id: 'freeze/1', kind: 'hard' as const, startsAt, endsAt, scope, reason: 'Peak season' };
    const frozen = returned.with({ calendar: { freezes: [freeze], scheduled: [] } });
    frozen.when(edits({}, DANA, 'All three.')).refused('not then', /freeze/, 'startsAt');
    expect(allowed(frozen.change, DANA, frozen.facts, frozen.at)).toContain('edit');
    const week = { startsAt: startsAt + 7 * DAY, endsAt: endsAt + 7 * DAY };
    frozen.when(edits(week)).gives('Edited', 'Resubmitted', 'StageOpened');
  });

  test('resubmitted twice is resubmitted once', () => {
    returned
      .when(edits({ risks: 'Lag.' }))
      .and()
      .when(edits({ risks: 'Lag.' }))
      .doesNothing();
  });
});

describe('the named reviewer', () => {
  const naming = given(files('standard', standard({ reviewer: JONAS })));

  test('is replaced by the next one, who is asked', () => {
    naming
      .when(edits({ reviewer: WEI }))
      .gives('Edited', { type: 'StageOpened', stage: 'peer_review', round: 2, asked: { peer: [WEI] } });
  });

  test('left empty, everybody is asked', () => {
    naming
      .when(edits({ reviewer: undefined }))
      .gives('Edited', { type: 'StageOpened', asked: { peer: [JONAS, OLGA, WEI, LUCIA] } });
  });

  test('is not part of what was approved', () => {
    const { change } = given(...approvedStandard)
      .when(edits({ reviewer: WEI }))
      .gives('Edited');
    expect(change.status).toBe('scheduled');
  });
});

describe('an edit is refused', () => {
  test.each([SAM, NADIA, PRIYA])('by anybody but the requester: %s', (who) => {
    given(...validated)
      .when(edits({ title: 'Mine' }, who))
      .refused('not the requester', /Only <@U02DANA0001>/);
  });

  test('when the change has ended', () => {
    given(filesNormal, withdraws(DANA))
      .when(edits({ title: 'New' }))
      .refused('not now', /withdrawn now/);
    given(...validated, rejects(PRIYA))
      .when(edits({ title: 'New' }))
      .refused('not now', /rejected now/);
  });

  test('when it makes the text incomplete', () => {
    given(...approvedNormal)
      .when(edits({ contingency: '' }))
      .refused('incomplete', /./, 'contingency');
  });

  test('when a standard change would no longer be of low risk', () => {
    given(filesStandard)
      .when(edits({ riskAnswers: risky.medium }))
      .refused('not qualified', /normal change instead/, 'category');
  });

  test('when it moves the start into the past, but not because an old start has passed', () => {
    const { startsAt = 0, endsAt = 0 } = normal();
    const late = given(...validated).later(6 * DAY);
    late.when(edits({ startsAt: startsAt - 1 })).refused('incomplete', /past/, 'startsAt');
    late.when(edits({ risks: 'Replica lag.' })).gives('Edited', 'StageOpened');
    late
      .when(edits({ startsAt: startsAt + 7 * DAY, endsAt: endsAt + 7 * DAY }))
      .gives('Edited', 'StageOpened');
  });
});

test('an edit follows the labels and fields of its category', () => {
  const filed = given(filesEmergency);
  expect(GUIDE.categories.emergency.required).not.toContain('risks');
  filed.when(edits({ ...emergency(), risks: 'None' })).doesNothing();
});
