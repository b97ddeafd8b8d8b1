import { describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../src/policy/schema.ts';
import {
  AMIRA,
  DANA,
  GRACE,
  GUIDE,
  guide,
  holders,
  JONAS,
  KLAUS,
  MAYA,
  NADIA,
  OLGA,
  PRIYA,
  WEI,
} from './company.ts';
import { given } from './given.ts';
import { complete, DAY, emergency, HOUR, MINUTE, MONDAY_10, normal, risky, standard } from './proposals.ts';
import { files, filesEmergency, filesNormal, filesStandard } from './steps.ts';

describe('a submission', () => {
  test('of a standard change is checked by machine and put before a peer', () => {
    given()
      .when(filesStandard)
      .gives(
        { type: 'Submitted', by: DANA, number: 'CR-2026-001', category: 'standard' },
        { type: 'CriteriaChecked', by: 'docket' },
        { type: 'StageOpened', stage: 'peer_review', round: 1 },
      );
  });

  test('of a normal change goes to the change manager first', () => {
    const { change } = given()
      .when(filesNormal)
      .gives('Submitted', { type: 'StageOpened', stage: 'validation', asked: { validator: [NADIA] } });
    expect(change.status).toBe('validating');
  });

  test('of an emergency asks all three seats at once', () => {
    given()
      .when(filesEmergency)
      .gives('Submitted', {
        type: 'StageOpened',
        asked: { senior: [OLGA, WEI], head: [KLAUS, NADIA] },
        deadline: MONDAY_10 + 120 * MINUTE,
      });
  });

  test('fixes the route: a later policy does not rewrite it', () => {
    const filed = given(filesNormal).with({
      policy: guide((yaml) => yaml.replace('quorum: 4', 'quorum: 6')),
    });
    expect(filed.change.route.find(({ id }) => id === 'cab')?.quorum).toBe(4);
    expect(filed.change.policyVersion).toBe(GUIDE.version);
  });

  test('given twice is one change', () => {
    given(filesNormal).when(filesNormal).doesNothing();
    given(filesNormal)
      .when(files('normal', normal(), JONAS))
      .doesNothing();
  });

  test('keeps only what its category asks for', () => {
    const { change } = given().when(files('standard', { ...standard(), risks: 'Some', justification: '  ' }));
    expect(change.proposal).toEqual(standard());
  });
});

describe('a submission is refused beside the field', () => {
  const missing = CATEGORIES.flatMap((category) =>
    GUIDE.categories[category].required.map((field) => [category, field] as const),
  );
  test.each(missing)('%s without %s', (category, field) => {
    const empty = files(category, complete[category]({ [field]: undefined }));
    given().when(empty).refused('incomplete', /./, field);
  });

  test('when it is only blanks', () => {
    given()
      .when(files('normal', normal({ risks: ' \n' })))
      .refused('incomplete', /Risks is needed/, 'risks');
    given()
      .when(files('normal', normal({ systems: [] })))
      .refused('incomplete', /./, 'systems');
  });

  test('in the words of its category', () => {
    const unsaid = files('emergency', emergency({ justification: undefined }));
    given()
      .when(unsaid)
      .refused('incomplete', /What is broken/, 'justification');
  });

  test('when its start is past, but not when it is this very minute', () => {
    const startsAt = MONDAY_10 - MINUTE;
    given()
      .when(files('normal', normal({ startsAt })))
      .refused('incomplete', /past/, 'startsAt');
    given()
      .when(files('normal', normal({ startsAt: MONDAY_10, riskAnswers: risky.medium })))
      .gives('Submitted', 'StageOpened');
  });

  test('when it ends before, or just as, it starts', () => {
    const { startsAt = 0 } = normal();
    for (const endsAt of [startsAt - MINUTE, startsAt])
      given()
        .when(files('normal', normal({ endsAt })))
        .refused('incomplete', /after the start/, 'endsAt');
  });

  test('when a question of the risk is open, or answered with no known answer', () => {
    const { users: _, ...open } = risky.low;
    for (const riskAnswers of [open, { ...open, users: 'martians' }, { ...open, users: 'constructor' }])
      given()
        .when(files('normal', normal({ riskAnswers })))
        .refused('incomplete', /every/, 'riskAnswers');
  });

  test('when an answer about the risk says less than the rest of the form', () => {
    const risk = (answers: Record<string, string>, more: Parameters<typeof normal>[0]) =>
      given().when(files('normal', normal({ ...more, riskAnswers: { ...risky.medium, ...answers } })));
    const byDay = { startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + DAY + HOUR };
    risk({ timing: 'quiet' }, byDay).refused('incomplete', /“Outside production hours”/, 'startsAt');
    risk({ timing: 'business' }, byDay).gives('Submitted', 'StageOpened');
    risk({ timing: 'quiet' }, {}).gives('Submitted', 'StageOpened');
    risk({ downtime: 'none' }, { downtimeMinutes: 5 }).refused(
      'incomplete',
      /“No downtime” .* 5 minutes/,
      'riskAnswers.downtime',
    );
    risk({ downtime: 'short' }, { downtimeMinutes: 15 }).gives('Submitted', 'StageOpened');
    risk({ downtime: 'short' }, { downtimeMinutes: 16 }).refused('incomplete', /./, 'riskAnswers.downtime');
    risk({ downtime: 'long' }, { downtimeMinutes: 0 }).gives('Submitted', 'StageOpened');
  });

  test('by its risk first, where its window would be wrong for it whatever was answered', () => {
    given()
      .when(files('normal', normal({ startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + DAY + HOUR })))
      .refused('not then', /Low-risk changes are only carried out/, 'startsAt');
  });

  test('when it names somebody to carry it out who cannot use Docket', () => {
    given()
      .with({ implementerIsOutside: true })
      .when(files('standard', standard({ implementer: MAYA })))
      .refused('not qualified', /guests, bots/, 'implementer');
  });

  test('when it names a reviewer who may not review', () => {
    const naming = (reviewer: string) => given().when(files('standard', standard({ reviewer })));
    naming(KLAUS).refused('not qualified', /Peer reviewer or Development lead/, 'reviewer');
    naming(DANA).refused('not qualified', /your own/, 'reviewer');
    given()
      .when(files('standard', standard({ reviewer: OLGA, implementer: OLGA })))
      .refused('not qualified', /carry it out/, 'reviewer');
  });

  test.each([
    'medium',
    'high',
  ] as const)('beside the category, when a standard change is of %s risk', (level) => {
    const filed = given().when(files('standard', standard({ riskAnswers: risky[level] })));
    filed.refused('not qualified', new RegExp(`this one is ${level}.*normal change instead`), 'category');
  });
});

test('a standard change whose risk is raised is refused like any other that is too high', () => {
  given()
    .when(files('standard', standard({ riskAtLeast: 'medium' })))
    .refused('not qualified', /this one is medium \(Raised by the requester\)/, 'category');
});

describe('an empty role is found at submission', () => {
  test('of those who verify too: it is nobody’s who filed it or carries it out', () => {
    const { normal: category } = GUIDE.categories;
    const categories = { ...GUIDE.categories, normal: { ...category, verifiers: ['peer_reviewer'] } };
    const filed = (...people: string[]) =>
      given()
        .with({ policy: { ...GUIDE, categories }, holders: holders({ peer_reviewer: people }) })
        .when(files('normal', normal({ implementer: OLGA })));
    filed(DANA, OLGA).refused('nobody to ask', /somebody else has to verify it/, 'category');
    filed(DANA, OLGA, JONAS).gives('Submitted', 'StageOpened');
  });

  const everyStage = [
    [
      'standard',
      standard(),
      { peer_reviewer: [], development_lead: [] },
      /Peer reviewer or Development lead/,
    ],
    ['normal', normal(), { change_manager: [] }, /Change manager/],
    ['normal', normal(), { devops_lead: [] }, /DevOps lead/],
    ['normal', normal(), { product_manager: [] }, /Product manager/],
    ['normal', normal({ reviews: ['security'] }), { security_lead: [] }, /Security team lead/],
    ['normal', normal({ reviews: ['compliance'] }), { compliance_lead: [] }, /Compliance lead/],
    ['emergency', emergency(), { on_call_engineer: [] }, /On-call engineer/],
    ['emergency', emergency(), { senior_engineer: [] }, /Senior engineer/],
    ['emergency', emergency(), { department_head: [], designated_approver: [] }, /Department head or/],
  ] as const;
  test.each(everyStage)('%s', (category, proposal, gone, words) => {
    const company = {
      holders: holders(Object.fromEntries(Object.entries(gone).map(([role]) => [role, []]))),
    };
    given().with(company).when(files(category, proposal)).refused('nobody to ask', words, 'category');
  });

  test('also when its only holder is the requester', () => {
    given()
      .when(files('normal', normal(), PRIYA))
      .refused('nobody to ask', /Nobody but you .* DevOps lead/);
  });

  test('but not when the review does not apply', () => {
    const company = { holders: holders({ security_lead: [], compliance_lead: [] }) };
    given().with(company).when(filesNormal).gives('Submitted', 'StageOpened');
  });

  test('nor when one person would have to fill two seats', () => {
    const company = { holders: holders({ on_call_engineer: [OLGA], senior_engineer: [OLGA] }) };
    given()
      .with(company)
      .when(filesEmergency)
      .refused('nobody to ask', /a person of its own/);
  });

  test('and a board that cannot reach its quorum', () => {
    const gone = { security_representative: [], infrastructure_architect: [], business_representative: [] };
    const company = { holders: holders(gone) };
    given()
      .with(company)
      .when(filesNormal)
      .refused('nobody to ask', /quorum of 4/);
    const four = { holders: holders({ security_representative: [], infrastructure_architect: [] }) };
    given().with(four).when(filesNormal).gives('Submitted', 'StageOpened');
    const twice = {
      ...four,
      holders: holders({ business_representative: [AMIRA], infrastructure_architect: [] }),
    };
    given()
      .with(twice)
      .when(files('normal', normal(), GRACE))
      .gives('Submitted', 'StageOpened');
  });
});
