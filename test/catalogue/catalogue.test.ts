import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideTemplate } from '../../src/catalogue/decide.ts';
import { standingOf } from '../../src/catalogue/decide-vote.ts';
import { templateEffects } from '../../src/catalogue/effects.ts';
import { inForce, offerOf } from '../../src/catalogue/offer.ts';
import type { Template } from '../../src/catalogue/types.ts';
import { askedEachTime } from '../../src/change/from-template.ts';
import {
  AMIRA,
  DANA,
  EVERYBODY,
  facts,
  GRACE,
  GUIDE,
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
import { given, goesOn } from '../change/given.ts';
import { DAY, HOUR, normal, standard } from '../change/proposals.ts';
import { approves, type Step as ChangeStep, edits, reclassifies, schedules } from '../change/steps.ts';
import {
  AT,
  asksAgain,
  closedChange,
  fails,
  gives,
  proposes,
  refused,
  reinstates,
  reminds,
  retires,
  revises,
  type Step,
  suspends,
  tell,
  votes,
  withdraws,
} from './templates.ts';

const approved = [proposes(DANA), votes(PRIYA), votes(LUCIA), votes(TOMAS), votes(AMIRA)];

describe('a template is proposed', () => {
  test('from a change that went well, by whoever had to do with it or keeps changes moving', () => {
    for (const by of [DANA, NADIA]) gives([proposes(by)], 'TemplateProposed');
    refused([proposes(SAM)], 'not your role', /Only those who asked/);
    refused([proposes(DANA)], 'not now', /went well/, { source: closedChange('partial') });
    gives([proposes(DANA), proposes(DANA)]);
  });
  test('never from one whose verification left something open, nor from one that was itself filed from a template', () => {
    const open = closedChange('success', ['as_designed']);
    refused([proposes(DANA)], 'not now', /left something open/, { source: open });
    const template = { id: 't-0', version: 1, title: 'TLS certificates', locked: [] };
    refused([proposes(DANA)], 'not now', /is there already/, { source: { ...closedChange(), template } });
  });
  test('so that filing from it takes three fields at most', () => {
    refused([proposes(DANA, ['systems'])], 'not qualified', /3 fields at most.*1 may vary as well/);
    const { template } = tell([proposes(DANA)]);
    const content = template?.versions[0]?.content ?? expect.fail();
    expect(askedEachTime(GUIDE, content)).toEqual(['title', 'description', 'startsAt']);
    expect(content.minutes).toBe(120);
  });
  test('without what differs each time, and with nothing locked that is empty', () => {
    const content = tell([proposes(DANA)]).template?.versions[0]?.content;
    expect(content?.proposal).toMatchObject({ systems: ['load_balancer'] });
    expect(content?.proposal).not.toHaveProperty('startsAt');
    expect(content?.locked).toEqual(['systems', 'riskAnswers', 'successCriteria', 'rollbackSteps']);
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
    refused([...approved, revises(DANA, 'TLS and SSH'), retires(DANA), votes(WEI)], 'not now');
  });
  test('nor a second one by who stands in for somebody who has voted', () => {
    const forPriya = holders({ infrastructure_architect: [{ person: SAM, for: PRIYA }] });
    expect(tell([proposes(DANA), votes(SAM)], { holders: forPriya }).events).toMatchObject([{ for: PRIYA }]);
    refused([proposes(DANA), votes(PRIYA), votes(SAM)], 'not your role', /is for/, { holders: forPriya });
  });
  test('and the version before stays in force until it has', () => {
    const second = [...approved, revises(DANA, 'TLS and SSH')];
    expect(inForce(gives(second, 'TemplateProposed').template as Template)?.version).toBe(1);
    const all = [PRIYA, LUCIA, TOMAS, AMIRA].map((by) => votes(by));
    expect(inForce(tell([...second, ...all]).template as Template)?.version).toBe(2);
    gives([...second, revises(DANA, 'TLS and SSH')]);
    refused([...second, revises(DANA, 'Another')], 'not now', /before the board/);
    refused([...approved, revises(JONAS, 'Mine')], 'not your role');
  });
});

describe('the board is given time', () => {
  test('and whoever has not voted is reminded, each part of it once', () => {
    const first = gives([proposes(DANA)], 'TemplateProposed').template?.versions[0];
    expect(first?.asked).toEqual([PRIYA, LUCIA, TOMAS, AMIRA, WEI, GRACE]);
    expect(first?.deadline).toBe(AT + 7 * DAY);
    const [event] = gives([proposes(DANA), votes(WEI), reminds(50)], 'TemplateReminded').events;
    expect(event).toMatchObject({ people: [PRIYA, LUCIA, TOMAS, AMIRA, GRACE], overseers: [] });
    gives([proposes(DANA), reminds(80), reminds(50)]);
    gives([...approved, revises(DANA, 'TLS and SSH'), retires(DANA), reminds(50, 2)]);
    gives([proposes(DANA), reminds(50, 2)]);
    gives([...approved, reminds(100)]);
    gives([proposes(DANA), retires(DANA), reminds(100)]);
  });
  test('and when it is over the overseer is told, and deputies may vote', () => {
    const deputies = holders({ business_representative: [GRACE, { person: SAM, deputy: true }] });
    refused([proposes(DANA), votes(SAM)], 'not your role', /./, { holders: deputies });
    const late = tell([proposes(DANA), reminds(100), votes(SAM)], { holders: deputies });
    expect(late.events).toMatchObject([{ type: 'TemplateVoted', by: SAM }]);
    expect(late.template?.versions[0]?.asked).toContain(SAM);
    const reminded = gives([proposes(DANA), reminds(100)], 'TemplateReminded');
    const [event] = reminded.events;
    expect(event).toMatchObject({ overseers: [NADIA] });
    // In their own working hours, as every reminder of what is no emergency.
    const told = event && reminded.template ? templateEffects(event, reminded.template) : [];
    const notes = told.filter((effect) => effect.do === 'note');
    expect(notes.length).toBeGreaterThan(1);
    for (const effect of notes) expect(effect).toMatchObject({ calm: true });
  });
  test('and who takes a seat on it meanwhile is asked, who loses theirs is let go', () => {
    gives([proposes(DANA), asksAgain]);
    gives([...approved, asksAgain]);
    const askedThen = (steps: Step[], seats: Parameters<typeof holders>[0]) => {
      const command = { type: 'AskAgain', by: 'docket', at: AT + DAY } as const;
      return decideTemplate(tell(steps).template, command, facts({ holders: holders(seats) }));
    };
    const asked = [LUCIA, TOMAS, AMIRA, WEI, SAM];
    expect(askedThen([proposes(DANA), votes(PRIYA)], { business_representative: [SAM] })).toMatchObject([
      { type: 'TemplateAskedAnew', by: 'docket', asked, voters: 6 },
    ]);
    const sides = [votes(TOMAS, 'abstain'), votes(WEI, 'reject')];
    const open = [proposes(DANA), votes(PRIYA), votes(LUCIA), ...sides];
    gives(open, 'TemplateVoted');
    const fewer = { business_representative: [], security_representative: [] };
    expect(askedThen(open, fewer)).toMatchObject([
      { type: 'TemplateAskedAnew', asked: [], voters: 4 },
      { type: 'TemplateApproved' },
    ]);
  });
  test('unless its proposer or an overseer takes it back', () => {
    for (const by of [DANA, NADIA]) gives([proposes(DANA), withdraws(by)], 'TemplateWithdrawn');
    gives([proposes(DANA), withdraws(DANA), withdraws(DANA)]);
    refused([proposes(DANA), withdraws(SAM)], 'not your role');
    refused([...approved, withdraws(DANA)], 'not now');
    refused([proposes(DANA), withdraws(DANA), votes(PRIYA)], 'not now');
    gives([proposes(DANA), withdraws(DANA), revises(DANA, 'Better')], 'TemplateProposed');
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
    gives([...approved, suspends, reinstates(PRIYA)], 'TemplateReinstated');
  });
  test('and the record keeps whom a vote was brought before, each once, as Docket puts it down', () => {
    const place = { channel: 'D1', ts: '1.1' };
    const notice = { of: 'asked', to: PRIYA, event: 1, at: AT, ...place } as const;
    const notifies: Step = () => ({ type: 'Notify', by: 'docket', notices: [notice] });
    expect(gives([...approved, notifies], 'TemplateNotified').template?.notices).toEqual([notice]);
    gives([...approved, notifies, notifies]);
    refused([...approved, (now) => ({ ...notifies(now), by: PRIYA })], 'not your role');
  });
  test('suspended once by each change, and only by outcomes that the policy names', () => {
    gives([...approved, suspends, reinstates(NADIA), suspends]);
    gives([...approved, suspends, reinstates(NADIA), fails('c-3', 'failed')], 'TemplateSuspended');
    gives([...approved, fails('c-3', 'partial')]);
    const open = tell([...approved, fails('c-3', 'left open')]).events;
    expect(open).toMatchObject([{ why: 'its verification has left something open' }]);
    const { catalogue } = GUIDE;
    const lenient = { ...GUIDE, ...(catalogue && { catalogue: { ...catalogue, suspendAfter: [] } }) };
    expect(tell([...approved, fails('c-3', 'left open')], { policy: lenient }).events).toEqual([]);
    const { events } = gives([...approved, suspends], 'TemplateSuspended');
    const board = [PRIYA, LUCIA, TOMAS, AMIRA, WEI, GRACE];
    expect(events).toMatchObject([{ why: 'it was rolled back', tell: [DANA, NADIA, ...board] }]);
  });
  test('never reinstated by those whose change failed', () => {
    const nadias = fails('c-2', 'failed', [NADIA]);
    refused([...approved, nadias, reinstates(NADIA)], 'own change');
    gives([...approved, nadias, reinstates(PRIYA)], 'TemplateReinstated');
    const away = { holders: holders({ change_manager: [NADIA, { person: SAM, for: NADIA }] }) };
    refused([...approved, nadias, reinstates(SAM)], 'own change', /whom you stand in for/, away);
  });
  test('and the record keeps in which role it was reinstated or retired, and for whom', () => {
    const away = { holders: holders({ change_manager: [NADIA, { person: SAM, for: NADIA }] }) };
    const asNadia = { by: SAM, role: 'change_manager', for: NADIA };
    expect(tell([...approved, suspends, reinstates(SAM)], away).events).toMatchObject([asNadia]);
    expect(tell([...approved, retires(SAM)], away).events).toMatchObject([asNadia]);
    expect(tell([...approved, retires(PRIYA)]).events).toMatchObject([{ role: 'devops_lead' }]);
    expect(tell([...approved, retires(DANA)]).events[0]).not.toHaveProperty('role');
  });
  test('no longer suspended when the board approves a version that was proposed after the failure', () => {
    const all = [PRIYA, LUCIA, TOMAS, AMIRA].map((by) => votes(by));
    const after = tell([...approved, suspends, revises(DANA, 'Safer'), ...all]).template as Template;
    expect(offerOf(after)).toMatchObject({ version: 2, title: 'Safer' });
    expect(after.suspended).toBeUndefined();
    const before = tell([...approved, revises(DANA, 'Other'), suspends, ...all]).template as Template;
    expect(before.suspended).toBeDefined();
  });
  test('retired for good by its owner or an overseer', () => {
    for (const by of [DANA, NADIA, PRIYA]) gives([...approved, retires(by)], 'TemplateRetired');
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
    from()
      .when(files())
      .and()
      .when(edits({ rollbackSteps: 'Hope.' }, OLGA))
      .refused('not qualified', /fixes/, 'rollbackSteps');
    from()
      .when(files())
      .and()
      .when(edits({ description: 'At the edge.' }, OLGA))
      .gives('Edited');
  });
  test('for as long as it was approved to take, and no longer', () => {
    const { startsAt = 0, endsAt = 0 } = standard();
    const longer = endsAt + HOUR;
    from()
      .when(files({ endsAt: longer }))
      .refused('not qualified', /to take 2 h at most/, 'endsAt');
    const filed = goesOn(from(), files());
    filed.when(edits({ endsAt: longer }, OLGA)).refused('not qualified', /at most/, 'endsAt');
    const agreed = goesOn(filed, approves(JONAS));
    agreed.when(schedules(OLGA, startsAt, longer)).refused('not qualified', /at most/);
    agreed.when(schedules(OLGA, startsAt, endsAt - HOUR)).gives('Edited', 'Scheduled');
  });
  test('until it is of another category: then it is judged for itself, and nothing of it is fixed', () => {
    const other = { ...normal(), rollbackSteps: 'Restore the snapshot.' };
    const filed = goesOn(from(), files());
    filed.when(edits({ rollbackSteps: other.rollbackSteps }, OLGA)).refused('not qualified', /fixes/);
    goesOn(filed, reclassifies(NADIA, 'normal'))
      .when(edits(other, OLGA))
      .gives('Edited', 'Resubmitted', 'StageOpened');
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
