import { describe, expect, test } from 'vitest';
import type { Freeze } from '../../src/calendar/freezes.ts';
import { effects } from '../../src/change/effects.ts';
import type { Planned } from '../../src/change/planned.ts';
import { letInto } from '../../src/change/window-rules.ts';
import { DANA, facts, GUIDE, JONAS, KLAUS, LUCIA, MAYA, NADIA, OLGA, PRIYA, SAM } from './company.ts';
import { type Given, given, goesOn, type When } from './given.ts';
import { DAY, HOUR, MONDAY_10, normal, risky, standard, UNTIL_OPEN } from './proposals.ts';
import {
  approvedNormal,
  approves,
  checksWindow,
  edits,
  exempts,
  files,
  filesEmergency,
  filesStandard,
  finishes,
  handsOver,
  inVote,
  liftsFreeze,
  meetsFreeze,
  prepares,
  readyToStart,
  recordsTests,
  schedules,
  starts,
} from './steps.ts';

const { startsAt = 0, endsAt = 0 } = standard();
const noon = { startsAt: startsAt + 13 * HOUR + DAY, endsAt: startsAt + 14 * HOUR + DAY };
const EVERYTHING = { systems: [], environments: [], categories: [] };

const freeze = (kind: Freeze['kind'], more: Partial<Freeze> = {}): Freeze => ({
  ...{ id: 'freeze/1', kind, startsAt: startsAt - HOUR, endsAt: endsAt + HOUR },
  ...{ scope: EVERYTHING, reason: 'Black Friday', ...more },
});
const other: Planned = {
  ...{ id: 'c-2', number: 'CR-2026-002', title: 'Move the load balancers', status: 'scheduled' },
  ...{ category: 'normal', risk: 'medium', requester: SAM, implementer: SAM, startsAt, endsAt },
  ...{ systems: ['load_balancer'], environments: [] },
};

/** The same story where these freezes were declared and these changes hold their windows. */
const among = (story: Given, freezes: Freeze[], scheduled: Planned[] = [], policy = GUIDE) =>
  story.with({ policy, calendar: { freezes, scheduled } });
const told = ({ events, change }: When) =>
  events
    .flatMap((event) => effects(event, change))
    .flatMap((effect) => (effect.do === 'note' ? [effect.to] : []));

describe('the rules of time hold when a change is filed', () => {
  test('low risk outside production hours, high risk off hours; medium risk also in business hours', () => {
    const times = { startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + DAY + HOUR };
    const filed = (level: keyof typeof risky) =>
      given().when(files('normal', normal({ ...times, riskAnswers: risky[level] })));
    filed('low').refused('not then', /Low-risk changes .* outside the production hours/, 'startsAt');
    filed('high').refused('not then', /High-risk changes .* off hours/, 'startsAt');
    filed('medium').gives('Submitted', 'StageOpened');
    expect(filed('low').refusal?.wanted).toMatchObject({ ...times, risk: 'low', category: 'normal' });
  });

  test('a category that is carried out at any time is exempt', () => {
    const policy = { ...GUIDE, categories: { ...GUIDE.categories } };
    policy.categories.normal = { ...GUIDE.categories.normal, atAnyTime: true };
    const times = { startsAt: MONDAY_10 + DAY, endsAt: MONDAY_10 + DAY + HOUR };
    const proposal = normal({ ...times, riskAnswers: risky.high });
    given().with({ policy }).when(files('normal', proposal)).gives('Submitted', 'StageOpened');
  });

  test('not in a hard freeze, nor while the line is stopped; a soft one can wait for a second person', () => {
    for (const kind of ['hard', 'stop'] as const)
      among(given(), [freeze(kind)])
        .when(files('normal', normal()))
        .refused('not then', /./, 'startsAt');
    among(given(), [freeze('soft')])
      .when(files('normal', normal()))
      .gives('Submitted', 'StageOpened');
  });

  test('what is approved by rule may not touch any freeze, also one of every year', () => {
    among(given(), [freeze('soft')])
      .when(filesStandard)
      .refused('not qualified', /freeze/, 'category');
    const yearly = {
      id: 'spring',
      title: 'Spring sale',
      kind: 'soft',
      from: '03-01',
      to: '03-31',
      ...EVERYTHING,
    };
    const policy = { ...GUIDE, freezes: [yearly as (typeof GUIDE.freezes)[number]] };
    given()
      .with({ policy })
      .when(filesStandard)
      .refused('not qualified', /freeze/);
    const elsewhere = freeze('hard', { scope: { ...EVERYTHING, systems: ['payments'] } });
    among(given(), [elsewhere]).when(filesStandard).gives('Submitted', 'CriteriaChecked', 'StageOpened');
  });

  test('a clash is pointed out, or refused where the policy says so', () => {
    const story = among(given(), [], [other]);
    story.when(filesStandard).gives('Submitted', 'CriteriaChecked', 'StageOpened');
    const blocking = { policy: { ...GUIDE, clashes: 'block' as const } };
    story
      .with(blocking)
      .when(filesStandard)
      .refused('not then', /Another change/, 'startsAt');
  });

  test('an edit that leaves the window as it was is not blamed for what came over it', () => {
    const story = among(given(...inVote), [freeze('hard')]);
    story.when(edits({ risks: 'Replica lag.' })).gives('Edited', 'StageOpened');
    story.when(edits({ systems: ['cache'] })).refused('not then');
  });
});

describe('an approved change', () => {
  test('gets its place by itself when its window passes, and is told what else happens then', () => {
    const taken = among(given(filesStandard), [], [other]).when(approves(JONAS));
    taken.gives('Decided', 'StagePassed', 'ChangeApproved', { type: 'Scheduled', startsAt, endsAt });
    expect(taken.events.at(-1)).toMatchObject({ clashes: [{ kind: 'clash', weight: 'warning' }] });
    expect(taken.change).toMatchObject({ status: 'scheduled', startsAt, endsAt });
  });

  test('stays without one where something stands against it; its people hear once', () => {
    const taken = among(given(filesStandard), [freeze('hard')]).when(approves(JONAS));
    taken.gives('Decided', 'StagePassed', 'ChangeApproved', {
      ...{ type: 'Unscheduled', against: [{ kind: 'hard freeze' }], exempters: [] },
    });
    expect(taken.change).toMatchObject({ status: 'approved', against: [{ kind: 'hard freeze' }] });
    taken.and().when(checksWindow).doesNothing();
    among(taken.and(), []).when(checksWindow).gives('Scheduled');
  });

  test('keeps its place when its window is over: that it was not started is its clock’s to say', () => {
    given(...readyToStart)
      .later(UNTIL_OPEN + 3 * HOUR)
      .when(checksWindow)
      .doesNothing();
  });

  test('is moved by its requester, its implementer and the change manager, and by nobody else', () => {
    const story = given(files('standard', standard({ implementer: MAYA })), approves(JONAS));
    for (const who of [DANA, MAYA, NADIA])
      story.when(schedules(who, startsAt + DAY, endsAt + DAY)).gives('Edited', 'StageOpened');
    for (const who of [JONAS, SAM, PRIYA])
      story.when(schedules(who, startsAt + DAY, endsAt + DAY)).refused('not your role', /move the window/);
    story.when(schedules(DANA, startsAt, endsAt)).doesNothing();
  });

  test('keeps its approvals when it moves within what was approved, and else asks for them again', () => {
    const story = given(...approvedNormal);
    const within = story.when(schedules(DANA, startsAt + HOUR, endsAt));
    within.gives({ type: 'Edited', voided: [] }, { type: 'Scheduled', startsAt: startsAt + HOUR });
    const outside = story.when(schedules(DANA, startsAt + DAY, endsAt + DAY));
    outside.gives('Edited', 'StageOpened');
    outside
      .and()
      .when(schedules(DANA, startsAt + DAY, endsAt + DAY))
      .doesNothing();
    expect(outside.change).toMatchObject({ status: 'validating', decisions: [] });
    const productionHours = [{ from: '07:00', to: '22:00' }];
    const fromTen = story.with({ policy: { ...GUIDE, productionHours } });
    for (const [start, end] of [
      [startsAt - HOUR / 2, endsAt],
      [startsAt, endsAt + HOUR / 2],
    ] as const)
      expect(fromTen.when(schedules(DANA, start, end)).change.decisions).toEqual([]);
  });

  test('is not moved to where its risk would have been answered otherwise', () => {
    const quiet = { ...risky.medium, timing: 'quiet' };
    given(files('normal', normal({ riskAnswers: quiet })), ...approvedNormal.slice(1))
      .when(schedules(DANA, noon.startsAt, noon.endsAt))
      .refused('incomplete', /“Outside production hours”/, 'startsAt');
  });

  test('is not moved to a forbidden time, nor once it has been started', () => {
    const story = given(...readyToStart);
    story
      .when(schedules(DANA, noon.startsAt, noon.endsAt))
      .refused('not then', /production hours/, 'startsAt');
    story.when(schedules(DANA, endsAt, startsAt)).refused('not then');
    const running = goesOn(story.later(UNTIL_OPEN), starts(DANA));
    running.when(schedules(DANA, startsAt + DAY, endsAt + DAY)).refused('not now');
  });
});

describe('a start', () => {
  const open = given(...readyToStart).later(UNTIL_OPEN);

  test('comes within the window: not before it, not after it', () => {
    given(...readyToStart)
      .when(starts(DANA))
      .refused('not ready', /not opened/);
    open
      .later(endsAt - open.at)
      .when(starts(DANA))
      .refused('not ready', /over/);
    open.when(starts(DANA)).gives('Started');
  });

  test('not in a freeze that was declared meanwhile, and not over another that has overrun', () => {
    const late = freeze('stop', { startsAt: open.at, endsAt: open.at + HOUR });
    among(open, [late])
      .when(starts(DANA))
      .refused('not ready', /line is stopped/);
    const overrun = {
      ...other,
      status: 'implementing' as const,
      startsAt: startsAt - DAY,
      endsAt: open.at + 60_000,
    };
    among(open, [], [overrun], { ...GUIDE, clashes: 'block' })
      .when(starts(DANA))
      .refused('not ready', /Another/);
  });

  test('not without a place in the calendar', () => {
    const story = among(given(filesStandard), [freeze('hard')]);
    const held = goesOn(story, ...readyToStart.slice(1)).later(UNTIL_OPEN);
    among(held, [])
      .when(starts(DANA))
      .refused('not ready', /no place/);
  });
});

describe('a freeze is declared', () => {
  const scheduled = given(...readyToStart);

  test('what it catches loses its place, and its people hear of it once', () => {
    const caught = among(scheduled, [freeze('hard')]).when(meetsFreeze('freeze/1'));
    caught.gives({
      type: 'Caught',
      freeze: { kind: 'hard', reason: 'Black Friday' },
      lost: { startsAt, endsAt },
    });
    expect(caught.change).toMatchObject({ status: 'approved', caught: [{ id: 'freeze/1' }] });
    expect(told(caught)).toEqual(['thread', DANA]);
    caught.and().when(meetsFreeze('freeze/1')).doesNothing();
    caught.and().when(checksWindow).doesNothing();
  });

  test('they hear of it again where it becomes a harder one', () => {
    const soft = among(scheduled, [freeze('soft')])
      .when(meetsFreeze('freeze/1'))
      .and();
    const hard = among(soft, [freeze('hard')]).when(meetsFreeze('freeze/1'));
    hard.gives({ type: 'Caught', freeze: { kind: 'hard' } });
    hard.and().when(meetsFreeze('freeze/1')).doesNothing();
  });

  test('what it does not hold hears nothing', () => {
    for (const elsewhere of [
      freeze('hard', { startsAt: endsAt }),
      freeze('hard', { scope: { ...EVERYTHING, systems: ['payments'] } }),
      freeze('hard', { scope: { ...EVERYTHING, categories: ['normal'] } }),
    ])
      among(scheduled, [elsewhere]).when(meetsFreeze('freeze/1')).doesNothing();
  });

  test('what is still under review hears too, and goes on', () => {
    const caught = among(given(...inVote), [freeze('hard')]).when(meetsFreeze('freeze/1'));
    expect(caught.gives('Caught').change.status).toBe('in review');
  });

  test('who is carrying something out is told, and decides', () => {
    const running = goesOn(scheduled.later(UNTIL_OPEN), starts(DANA));
    const stop = freeze('stop', { startsAt: running.at });
    const caught = among(running, [stop]).when(meetsFreeze('freeze/1')).gives('Caught');
    expect(caught.change.status).toBe('implementing');
    caught.and().when(finishes(DANA)).gives('TestsRecorded', 'Finished');
  });

  test('ended early: whom it had caught hears, and has the place again where nothing else is in the way', () => {
    const caught = goesOn(among(scheduled, [freeze('hard')]), meetsFreeze('freeze/1'));
    const lifted = among(caught, []).when(liftsFreeze(freeze('hard')));
    lifted.gives('FreezeLifted', 'Scheduled');
    expect(lifted.change).toMatchObject({ status: 'scheduled', caught: [] });
    lifted
      .and()
      .when(liftsFreeze(freeze('hard')))
      .doesNothing();
    scheduled.when(liftsFreeze(freeze('hard'))).doesNothing();
  });
});

describe('a soft freeze', () => {
  const held = among(given(files('normal', normal({ implementer: MAYA }))), [freeze('soft')]);
  const waiting = goesOn(held, ...approvedNormal.slice(1));

  test('asks those who may let it in: the change manager and the department head', () => {
    expect(waiting.change).toMatchObject({ status: 'approved', against: [{ kind: 'soft freeze' }] });
    expect(waiting.history.at(-1)).toMatchObject({ type: 'Unscheduled', exempters: [NADIA, KLAUS] });
  });

  test('asks of those neither who filed it nor who carries it out', () => {
    const theirs = files('normal', normal({ implementer: KLAUS }));
    const story = goesOn(among(given(theirs), [freeze('soft')]), ...approvedNormal.slice(1));
    expect(story.history.at(-1)).toMatchObject({ type: 'Unscheduled', exempters: [NADIA] });
  });

  test('asks nobody while something else forbids the window as well', () => {
    among(given(...inVote), [freeze('soft'), freeze('hard', { id: 'freeze/2' })])
      .when(approves(LUCIA))
      .gives('Decided', 'StagePassed', 'ChangeApproved', { type: 'Unscheduled', exempters: [] });
  });

  test('does not keep what it holds from expiring, also where an edit has moved the window', () => {
    const moved = waiting.when(edits({ endsAt: endsAt - HOUR / 2 }));
    moved.gives({ type: 'Edited', material: [] }, { type: 'Unscheduled' });
    const event = moved.events.at(-1);
    const at = endsAt - HOUR / 2 + GUIDE.expiresAfterDays * DAY;
    expect(event && effects(event, moved.change)).toContainEqual(
      expect.objectContaining({ do: 'timer', at, intent: expect.objectContaining({ type: 'Expire' }) }),
    );
    const { approvedAt } = moved.change as { approvedAt: number }; // it is approved
    moved
      .and()
      .when(() => ({ type: 'Expire', by: 'docket', at, approvedAt, of: endsAt - HOUR / 2 }))
      .gives('Expired');
  });

  test('opens to a second person with a reason, for this window; the record says who and why', () => {
    const letIn = waiting.when(exempts(KLAUS, waiting));
    letIn.gives({ type: 'Exempted', role: 'department_head', freezes: [{ id: 'freeze/1' }] }, 'Scheduled');
    expect(letIn.change.exemptions).toMatchObject(
      [{ by: KLAUS, words: /old one/, startsAt, endsAt }].map(({ words: _, ...rest }) => rest),
    );
    letIn.and().when(exempts(KLAUS, waiting)).doesNothing(); // the same click, delivered twice
    const moved = letIn.and().when(schedules(DANA, startsAt - HOUR / 2, endsAt));
    moved.refused('not then'); // production hours; and elsewhere it has to be let in anew
  });

  test('once it has opened holds the change no more, until it is a hard one', () => {
    const letIn = waiting.when(exempts(KLAUS, waiting)).and();
    letIn.when(meetsFreeze('freeze/1')).doesNothing();
    among(letIn, [freeze('hard')])
      .when(meetsFreeze('freeze/1'))
      .gives({ type: 'Caught', against: [{ kind: 'hard freeze' }], lost: { startsAt, endsAt } });
  });

  test('opens for the window that was shown, and for nothing before or after it', () => {
    const [later, earlier] = [startsAt + HOUR / 2, endsAt - HOUR / 2];
    const shorter = goesOn(waiting, schedules(DANA, later, earlier));
    const letIn = goesOn(shorter, exempts(KLAUS, shorter));
    for (const [start, end] of [
      [startsAt, earlier],
      [later, endsAt],
    ] as const)
      letIn
        .when(schedules(DANA, start, end))
        .gives('Edited', { type: 'Unscheduled', against: [{ kind: 'soft freeze' }] });
    letIn.when(schedules(DANA, later, earlier - HOUR / 2)).gives('Edited', 'Scheduled');
  });

  test('opens for the text that was shown: an edit of more than words has to be let in anew', () => {
    const letIn = waiting.when(exempts(KLAUS, waiting)).and();
    const typo = letIn.when(edits({ communicationPlan: 'Post in #suport before and after.' }));
    typo.gives({ type: 'Edited', material: [] });
    expect(typo.change.status).toBe('scheduled');
    const edited = letIn.when(edits({ rollbackSteps: 'Something else entirely.' }));
    edited.gives({ type: 'Edited', exemptionsVoid: true }, 'StageOpened');
    expect(edited.change.exemptions).toMatchObject([{ by: KLAUS, voidSince: letIn.at }]);
    // The business review had not looked at how it is rolled back, so that it stands.
    const again = goesOn(edited.and(), ...approvedNormal.slice(1).filter((_, n) => n !== 2));
    expect(again.history.at(-1)).toMatchObject({ type: 'Unscheduled', exempters: [NADIA, KLAUS] });
    again.when(exempts(KLAUS, again)).gives('Exempted', 'Scheduled');
  });

  test('does not stay open where who let it in carries it out by then', () => {
    const letIn = waiting.when(exempts(KLAUS, waiting)).and();
    const theirs = letIn.when(edits({ implementer: KLAUS }));
    expect(theirs.change.status).not.toBe('scheduled');
    expect(letInto(theirs.change)).toEqual([]);
    expect(letInto(letIn.change)).toHaveLength(1);
    expect(letInto({ ...letIn.change, proposal: { ...letIn.change.proposal, implementer: KLAUS } })).toEqual(
      [],
    );
    const begun = goesOn(letIn, recordsTests(MAYA), prepares(MAYA)).later(startsAt - letIn.at);
    const running = goesOn(begun, starts(MAYA));
    running.when(handsOver(MAYA, KLAUS)).refused('incomplete', /has let it into a freeze/, 'people');
    running.when(handsOver(MAYA, OLGA)).gives('HandedOver');
  });

  test('not to its requester, its implementer, anybody else, or without words', () => {
    waiting.when(exempts(MAYA, waiting)).refused('own change', /second person/);
    waiting.when(exempts(DANA, waiting)).refused('own change');
    waiting.when(exempts(SAM, waiting)).refused('not your role', /department head/);
    waiting.when(exempts(KLAUS, waiting, ' ')).refused('incomplete', /why/, 'words');
    const another = among(waiting, [freeze('soft'), freeze('soft', { id: 'freeze/2' })]);
    another.when(exempts(KLAUS, waiting)).refused('stale');
    among(waiting, [freeze('hard')])
      .when(exempts(KLAUS, { facts: facts() }))
      .refused('not now', /No soft freeze/);
  });

  test('opens to an emergency as well, which has no window: now, and until it is over', () => {
    const soft = freeze('soft', { startsAt: MONDAY_10 - DAY, endsAt: MONDAY_10 + DAY });
    const urgent = [filesEmergency, approves(MAYA), approves(OLGA), approves(KLAUS)];
    const ready = among(given(...urgent, recordsTests(PRIYA), prepares(PRIYA)), [soft]);
    ready
      .when(starts(PRIYA))
      .refused('not ready', /department head may do that: `\/change exempt CR-2026-001`/);
    const letIn = ready.when(exempts(KLAUS, ready));
    const { startsAt, endsAt } = soft;
    letIn.gives({ type: 'Exempted', role: 'department_head', startsAt, endsAt });
    letIn.and().when(starts(PRIYA)).gives('Started');
    among(letIn.and(), [soft, { ...soft, id: 'freeze/2' }])
      .when(starts(PRIYA))
      .refused('not ready', /soft freeze/);
    ready
      .later(2 * DAY)
      .when(exempts(KLAUS, ready))
      .refused('not now', /holds CR-2026-001 now/);
  });
});
