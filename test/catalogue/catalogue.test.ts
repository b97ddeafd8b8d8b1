import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standingOf } from '../../src/catalogue/decide-vote.ts';
import { inForce, offerOf } from '../../src/catalogue/offer.ts';
import type { Template } from '../../src/catalogue/types.ts';
import {
  AMIRA,
  DANA,
  EVERYBODY,
  facts,
  GRACE,
  holders,
  JONAS,
  LUCIA,
  NADIA,
  OLGA,
  PRIYA,
  SAM,
  TOMAS,
  WEI,
} from '../change/company.ts';
import { given } from '../change/given.ts';
import { standard } from '../change/proposals.ts';
import type { Step as ChangeStep } from '../change/steps.ts';
import {
  closedChange,
  gives,
  proposes,
  refused,
  reinstates,
  retires,
  revises,
  type Step,
  suspends,
  tell,
  votes,
} from './templates.ts';

const approved = [proposes(DANA), votes(PRIYA), votes(LUCIA), votes(TOMAS), votes(AMIRA)];

describe('a template is proposed', () => {
  test('from a change that went well, by whoever had to do with it or keeps changes moving', () => {
    for (const by of [DANA, NADIA]) gives([proposes(by)], 'TemplateProposed');
    refused([proposes(SAM)], 'not your role', /Only those who asked/);
    refused([proposes(DANA)], 'not now', /went well/, { source: closedChange('partial') });
    gives([proposes(DANA), proposes(DANA)]);
  });
  test('without what differs each time, and with nothing locked that is empty', () => {
    const content = tell([proposes(DANA)]).template?.versions[0]?.content;
    expect(content?.proposal).toMatchObject({ systems: ['load_balancer'] });
    expect(content?.proposal).not.toHaveProperty('startsAt');
    expect(content?.locked).toEqual(['systems', 'riskAnswers', 'rollbackSteps']);
  });
  test('only where the board can reach its quorum', () => {
    const empty = { devops_lead: [], development_lead: [], product_manager: [] };
    refused([proposes(DANA)], 'nobody to ask', /quorum/, { holders: holders(empty) });
  });
  test('only where its risk is that of a standard change', () => {
    const source = closedChange();
    const risky = { ...source, proposal: standard({ riskAtLeast: 'high' }) };
    refused([proposes(DANA)], 'not qualified', /must be low risk/, { source: risky });
  });
});

describe('the board decides', () => {
  test('by its majority, once nothing can turn it', () => {
    gives(approved, 'TemplateVoted', 'TemplateApproved');
    const no = [LUCIA, TOMAS, AMIRA].map((by) => votes(by, 'reject'));
    gives([proposes(DANA), votes(PRIYA, 'reject'), ...no], 'TemplateVoted', 'TemplateRejected');
  });
  test('one vote each, never the proposer, and only on what was shown', () => {
    gives([proposes(DANA), votes(GRACE), votes(GRACE)]);
    refused([proposes(DANA), votes(GRACE), votes(GRACE, 'reject')], 'seat taken');
    refused([proposes(DANA), votes(DANA)], 'own change');
    refused([proposes(DANA), votes(SAM)], 'not your role', /is for/);
    refused([proposes(DANA), (now) => ({ ...votes(WEI)(now), seen: '0' })], 'stale');
    refused([proposes(DANA), votes(WEI, 'reject', ' ')], 'incomplete');
    refused([...approved, votes(WEI)], 'not now');
  });
  test('and the version before stays in force until it has', () => {
    const second = [...approved, revises(DANA, 'TLS and SSH')];
    expect(inForce(gives(second, 'TemplateProposed').template as Template)?.version).toBe(1);
    const all = [PRIYA, LUCIA, TOMAS, AMIRA].map((by) => votes(by));
    expect(inForce(tell([...second, ...all]).template as Template)?.version).toBe(2);
    refused([...second, revises(DANA, 'Another')], 'not now', /before the board/);
    refused([...approved, revises(JONAS, 'Mine')], 'not your role');
  });
});

describe('a template ends', () => {
  test('suspended when it did not go well, until an overseer says why it may be used again', () => {
    gives([...approved, suspends], 'TemplateSuspended');
    gives([...approved, suspends, suspends]);
    refused([...approved, suspends, reinstates(DANA)], 'not your role');
    refused([...approved, suspends, reinstates(NADIA, ' ')], 'incomplete');
    gives([...approved, suspends, reinstates(NADIA)], 'TemplateReinstated');
    refused([...approved, (now) => ({ ...suspends(now), by: NADIA })], 'not your role');
  });
  test('retired for good by its owner or an overseer', () => {
    for (const by of [DANA, NADIA]) gives([...approved, retires(by)], 'TemplateRetired');
    refused([...approved, retires(OLGA)], 'not your role');
    refused([...approved, retires(DANA), reinstates(NADIA)], 'not now');
    refused([...approved, retires(DANA), revises(DANA, 'Again')], 'not now');
  });
});

describe('a change is filed from it', () => {
  const from = (...steps: Step[]) => {
    const offer = offerOf(tell([...approved, ...steps]).template as Template);
    return given().with(offer ? { template: offer } : {});
  };
  const files =
    (more = {}, version = 1): ChangeStep =>
    (_, at) => ({
      ...{ type: 'Submit', by: OLGA, at, id: 'c-1', category: 'standard', proposal: standard(more) },
      template: { id: 't-1', version },
    });
  test('and says so on its record', () => {
    const { change } = from().when(files());
    expect(change.template).toMatchObject({ id: 't-1', version: 1, title: 'TLS certificates' });
    expect(from().when(files()).and().change.template).toEqual(change.template);
  });
  test('with its locked fields as they were approved, then and at every edit', () => {
    from()
      .when(files({ systems: ['database'] }))
      .refused('not qualified', /fixes Affected systems/);
    from()
      .when(files({ description: 'This time at the edge.' }))
      .gives('Submitted', 'CriteriaChecked', 'StageOpened');
    const edits =
      (more: object): ChangeStep =>
      (_, at) => ({ type: 'Edit', by: OLGA, at, proposal: standard(more) });
    from()
      .when(files())
      .and()
      .when(edits({ rollbackSteps: 'Hope.' }))
      .refused('not qualified', /fixes/, 'rollbackSteps');
    from()
      .when(files())
      .and()
      .when(edits({ description: 'At the edge.' }))
      .gives('Edited');
  });
  test('not while it is suspended, retired, superseded or not there', () => {
    from(suspends)
      .when(files())
      .refused('not now', /suspended since CR-2026-002/);
    from(retires(DANA))
      .when(files())
      .refused('not now', /retired: Automated now/);
    from()
      .when(files({}, 2))
      .refused('stale', /version 1 is/);
    given().when(files()).refused('unknown');
  });
});

test('nothing is ever offered whose version the board has not approved by its rules', () => {
  const person = fc.constantFrom(...EVERYBODY);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(person, fc.constantFrom('approve', 'approve', 'reject', 'abstain'))
        .map(([by, verdict]) => votes(by, verdict)),
    },
    fc.tuple(person, fc.string({ minLength: 1 })).map(([by, title]) => revises(by, title)),
    person.map((by) => retires(by)),
    person.map((by) => reinstates(by)),
    fc.constant(suspends),
  );
  const source = closedChange();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { template } = tell([proposes(DANA), ...steps], { source });
      const offer = template && offerOf(template);
      const version = template?.versions.find((each) => each.version === offer?.version);
      if (!offer || !version) return;
      expect(standingOf(version)).toBe('passed');
      const voters = version.votes.map(({ by }) => by);
      expect(new Set(voters).size).toBe(voters.length);
      expect(voters).not.toContain(version.proposer);
      for (const { role, by } of version.votes)
        expect(
          facts()
            .holders.get(role)
            ?.map(({ person }) => person),
        ).toContain(by);
      if (template.retired || template.suspended) expect(offer.closed).toBeDefined();
    }),
    { numRuns: 300 },
  );
});
