import { describe, expect, test } from 'vitest';
import { PolicyError, parsePolicy } from '../../src/policy/load.ts';
import { guide } from '../change/company.ts';

/** What is complained about when `written` stands in the shipped policy instead of `line`. */
function complaint(line: string, written: string): string {
  try {
    guide((yaml) => {
      expect(yaml, 'the shipped policy has changed').toContain(line);
      return yaml.replace(line, written);
    }, 'with examples');
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  return 'nothing';
}

/** Where `words` first stand in the shipped policy, `guide.yml:12`. */
function at(words: string): string {
  let line = 0;
  guide((yaml) => {
    line = yaml.split('\n').findIndex((each) => each.includes(words)) + 1;
    return yaml;
  });
  return `guide.yml:${line}: `;
}

test('a list that a form must choose from is not empty, a question has answers, and an id fits into Slack', () => {
  const empty = (yaml: string) => yaml.replace(/environments:\n( {2}\w+: .*\n)+/, 'environments: {}\n');
  expect(() => guide(empty)).toThrow(
    'environments: name at least one, because normal changes must choose from them',
  );
  const mute = (yaml: string) => yaml.replace(/(Does it need downtime\?\n {6}answers:)(\n {8}.*)+/, '$1 {}');
  expect(() => guide(mute)).toThrow(
    'risk.questions.downtime.answers: give 1 to 100 answers, Slack shows no more',
  );
  const long = (yaml: string) => yaml.replaceAll('booking_api', 'b'.repeat(80));
  expect(() => guide(long)).toThrow('at most 60 characters');
});

describe('a wrong policy stops the start with its line, its place and the reason:', () => {
  test.each([
    [
      'an unknown role',
      'roles: [on_call_engineer]',
      'roles: [fire_brigade]',
      'on_call, title',
      'categories.emergency.stages.0.seats.0.roles: there is no role fire_brigade',
    ],
    [
      'an unknown overseer',
      'overseer: change_manager',
      'overseer: nobody',
      'overseer:',
      'overseer: there is no role nobody',
    ],
    [
      'an unknown field',
      'optional: [justification, environments, riskAtLeast, implementer, reviewer]',
      'optional: [justification, colour]',
      'optional: [justification',
      'categories.standard.optional.1: Invalid option: expected one of "title"',
    ],
    [
      'an unknown field that is material',
      '- codeChanges\n',
      '- codeSmells\n',
      'material: &technical',
      'categories.normal.stages.1.material: list fields of the template, or write all',
    ],
    [
      'an unknown review',
      'when: security',
      'when: secrecy',
      'when: security',
      'categories.normal.stages.3.when: there is no review secrecy',
    ],
    [
      'an unknown test',
      'testsBefore: [unit, integration, basic]',
      'testsBefore: [unit, smells]',
      'testsBefore: [unit',
      'categories.standard.testsBefore: there is no test smells',
    ],
    [
      'a test in an unknown environment',
      'regression: { title: Regression tests (automated), in: [staging] }',
      'regression: { title: Regression tests (automated), in: [the cloud] }',
      'regression: { title: Reg',
      'tests.regression.in: there is no environment the cloud',
    ],
    [
      'a test that is needed before and after',
      'testsAfter: [post_implementation]',
      'testsAfter: [critical]',
      'testsAfter: [post',
      'categories.emergency.testsAfter: critical is there twice',
    ],
    [
      'an unknown preparation',
      'preparation: [backup, monitoring, rollback, support]',
      'preparation: [coffee]',
      'preparation: [',
      'categories.standard.preparation: there is no preparation coffee',
    ],
    [
      'an unknown verifier',
      'verifiers: [peer_reviewer, development_lead, devops_lead]',
      'verifiers: [janitor]',
      'verifiers: [peer_reviewer, d',
      'categories.standard.verifiers: there is no role janitor',
    ],
    [
      'a category that asks nobody unless something is ticked',
      'title: Peer review\n',
      'title: Peer review\n        when: security\n',
      '      - id: peer_review',
      'categories.standard.stages: at least one stage must be without when',
    ],
    [
      'hours that end before they start',
      'tuesday: 09:00-17:00',
      'tuesday: 17:00-09:00',
      'tuesday:',
      'workingTime.tuesday: the end must come after the start',
    ],
    [
      'hours in other words',
      'monday: 09:00-17:00',
      'monday: 9 to 5',
      'monday:',
      'workingTime.monday: write it as 09:00-17:00',
    ],
    [
      'a holiday that is no date',
      '"2026-12-25"',
      '"25 December"',
      'holidays:',
      'workingTime.holidays.0: Invalid ISO date',
    ],
    ['a zone that is none', 'zone: Europe/Berlin', 'zone: Berlin', 'zone:', 'zone: name an IANA zone'],
    [
      'a quorum above the seats',
      'quorum: 4',
      'quorum: 7',
      'quorum:',
      'categories.normal.stages.5.quorum: more than the board has seats',
    ],
    [
      'a chair without a seat',
      'chair: chair',
      'chair: sofa',
      'chair: chair',
      'categories.normal.stages.5.chair: there is no seat sofa',
    ],
    [
      'a clock that is none',
      'clock: { hours: 2 }',
      'clock: { moons: 2 }',
      'clock: { hours',
      'categories.emergency.clock: write it as { workingHours: 4 }',
    ],
    [
      'an unknown word',
      'overseer: change_manager',
      'overseer: change_manager\noverlord: me',
      'overseer:',
      'overlord: unknown word',
    ],
    [
      'an unknown word in a stage',
      'title: Technical review',
      'titel: Technical review',
      'title: Technical review',
      'categories.normal.stages.1.titel: unknown word',
    ],
    [
      'a title that may be left out',
      'required: [title, description, systems, r',
      'required: [description, systems, r',
      'required: [title, d',
      'categories.standard.required: title must be required',
    ],
    [
      'two stages of one name',
      'id: business\n',
      'id: technical\n',
      'id: business',
      'categories.normal.stages.2.id: technical is there twice',
    ],
    [
      'two seats of one name',
      'id: senior,',
      'id: on_call,',
      'id: senior',
      'categories.emergency.stages.0.seats.1.id: on_call is there twice',
    ],
    [
      'levels of risk in the wrong order',
      'medium: 4',
      'medium: 9',
      'medium: 4',
      'risk.medium: must be below high',
    ],
    [
      'a category whose risk nobody asks or assumes',
      'assumedRisk: high',
      '',
      'Emergency',
      'categories.emergency: ask for riskAnswers or name an assumedRisk',
    ],
    ...[
      [
        'a template of a category that does not ask for it',
        'category: normal\n    fields:',
        'category: emergency\n    fields:',
        'codeChanges: The new feature',
        'templates.feature_release.fields.codeChanges: emergency changes do not ask for it',
      ],
      [
        'a template with a field that is none',
        'codeChanges: The new feature',
        'codeSmells: The new feature',
        'codeChanges: The new feature',
        'templates.feature_release.fields.codeSmells: unknown word',
      ],
      [
        'a template with a date',
        'codeChanges: The new feature',
        'startsAt: 1780000000000\n      codeChanges: The new feature',
        'codeChanges: The new feature',
        'templates.feature_release.fields.startsAt: dates are chosen anew for every change',
      ],
      [
        'a template with an unknown answer',
        '{ users: few, rollback: easy',
        '{ users: none, rollback: easy',
        'riskAnswers: { users: few, rollback: easy',
        'templates.feature_release.fields.riskAnswers.users: there is no none',
      ],
      [
        'a template with an unknown environment',
        'testEnvironments: [development, staging]',
        'testEnvironments: [moon]',
        'testEnvironments: [development, staging]',
        'templates.feature_release.fields.testEnvironments: there is no moon',
      ],
      [
        'a template that says what is affected and not how',
        '{ affected: [application], note: Application servers run the new version. }',
        '{ affected: [application] }',
        'components: { affected: [application], note: Application',
        'templates.feature_release.fields.assessment.components: say in a note how it is affected',
      ],
      [
        'a template with an unknown part of the assessment',
        '{ affected: [response_time], note',
        '{ affected: [smell], note',
        'performance: { affected: [response_time], note: Watched',
        'templates.feature_release.fields.assessment.performance: there is no smell',
      ],
    ],
    [
      'more to tick than Slack shows',
      'cpu: CPU utilization\n',
      `cpu: CPU\n${['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `      ${id}: Another\n`).join('')}`,
      'cpu: CPU utilization',
      'assessment.performance.items: at most 9, Slack shows no more',
    ],
    [
      'an answer that is added by itself',
      'cpu: CPU utilization\n',
      'not_affected: Not affected\n',
      'cpu: CPU utilization',
      'assessment.performance.items: not_affected is added by itself',
    ],
    [
      'a system whose owner is no role',
      'identity: { title: Sign-in and identity, owner: security_lead',
      'identity: { title: Sign-in and identity, owner: the_cat',
      '  identity: {',
      'systems.identity.owner: there is no role the_cat',
    ],
    [
      'a system that depends on what is not there',
      'dependsOn: [booking_api] }',
      'dependsOn: [moon] }',
      'mobile_apps: {',
      'systems.mobile_apps.dependsOn: there is no system moon',
    ],
    [
      'a system that depends on itself',
      'dependsOn: [booking_api] }',
      'dependsOn: [mobile_apps] }',
      'mobile_apps: {',
      'systems.mobile_apps.dependsOn: a system does not depend on itself',
    ],
    [
      'hours at no time of the day',
      'from: 07:00, to: 23:00',
      'from: 07:00, to: 25:00',
      'from: 07:00',
      'productionHours.0.to: write it as 22:00',
    ],
    [
      'hours that are none',
      'from: 07:00, to: 23:00',
      'from: 07:00, to: 07:00',
      'from: 07:00',
      'productionHours.0: from and to are the same; a whole day is 00:00 to 24:00',
    ],
    [
      'a time to carry changes out that nobody has named',
      '  - { from: 07:00, to: 23:00 }',
      '  []',
      'low: outside',
      'executionTimes.low: say in productionHours when production is',
    ],
    [
      'an answer about a time that nobody has named',
      '  - { from: 07:00, to: 23:00 }',
      '  []',
      'quiet: {',
      'risk.questions.timing.answers.quiet.window: say in productionHours when production is',
    ],
    [
      'a freeze of a system that is not there',
      'freezes: []',
      'freezes: [{ id: x, title: X, kind: hard, from: 12-20, to: 01-06, systems: [moon] }]',
      'freezes: []',
      'freezes.0.systems: there is no system moon',
    ],
    [
      'a freeze on no day of the year',
      'freezes: []',
      'freezes: [{ id: x, title: X, kind: hard, from: 20.12., to: 01-06 }]',
      'freezes: []',
      'freezes.0.from: write it as month-day, for example 12-20',
    ],
    [
      'a key that is there twice',
      'company: TRIXTECH',
      'company: TRIXTECH\ncompany: Other',
      'zone:',
      'duplicated mapping key',
    ],
  ])('%s', (_, line, written, words, message) => {
    const said = complaint(line, written);
    expect(said).toContain(message);
    const where = said.split('\n').find((each) => each.includes(message)) ?? '';
    const [, file, number] = /^ +(.+?):(\d+): /.exec(where) ?? [];
    const [, , expected] = /^(.+?):(\d+)/.exec(at(words)) ?? [];
    expect([file, Math.abs(Number(number) - Number(expected)) <= 1]).toEqual(['guide.yml', true]);
  });

  test.each([
    [
      'stage: cab }\n  clock: { workingDays: 5 }',
      'stage: boad }\n  clock: { workingDays: 5 }',
      'normal has no stage boad',
    ],
    [
      'stage: cab }\n  clock: { workingDays: 5 }',
      'stage: business }\n  clock: { workingDays: 5 }',
      'business is not a vote',
    ],
    [
      'suspendAfter: [failed, rolled back, left open]',
      'skips: [technical]',
      'standard has no stage technical',
    ],
    ['suspendAfter: [failed, rolled back, left open]', 'suspendAfter: [success]', 'catalogue.suspendAfter.0'],
  ])('a catalogue that nobody could vote on, or that skips what is not there: %s', (line, written, message) => {
    expect(complaint(line, written)).toContain(message);
  });

  test('no working day at all', () => {
    const said = complaint(
      '  monday: 09:00-17:00\n  tuesday: 09:00-17:00\n  wednesday: 09:00-17:00\n  thursday: 09:00-17:00\n  friday: 09:00-17:00\n',
      '',
    );
    expect(said).toContain('workingTime: name the hours of at least one day');
  });

  test('a missing part', () => {
    expect(complaint('company: TRIXTECH', '')).toMatch(
      /guide\.yml:\d+: company: .*\(for example company: TRIXTECH\)/,
    );
  });

  test.each([
    ['a value', 'prefix: CR', 'prefix: cr', 'prefix: one to eight capital letters, for example CR'],
    ['a list', 'holidays: ["2026-12-25", "2027-01-01"]', 'holidays: none', '(for example holidays: '],
    ['an entry of a list', 'reminders: [50, 80, 100]', 'reminders: [half]', '(for example reminders: 50)'],
    [
      'a word',
      'company: TRIXTECH',
      'company: TRIXTECH\nannouceIn: ops',
      'unknown word (did you mean announceIn?)',
    ],
    [
      'a word inside',
      'title: Technical review',
      'titel: Technical review',
      'titel: unknown word (did you mean title?)',
    ],
  ])('with an example of how to say it: %s', (_, line, written, message) => {
    expect(complaint(line, written)).toContain(message);
  });

  test('broken YAML', () => {
    expect(complaint('zone: Europe/Berlin', 'zone: [Europe')).toMatch(/guide\.yml:\d+: /);
    expect(() => parsePolicy('', 'empty.yml')).toThrow(/empty\.yml:1: expected a document/);
  });

  test('all mistakes at once, each on a line of its own', () => {
    const said = complaint('zone: Europe/Berlin\nprefix: CR', 'zone: Mars\nprefix: cr');
    expect(said.split('\n')).toHaveLength(3);
  });
});

describe('a post that could not come as it is written', () => {
  const audit =
    '  success_rate_audit: { at: "0 10 1 * *", dayOff: next working day, owners: [change_manager, process_improvement], doneWithinDays: 7 }';
  test.each([
    [
      '  success_rate_audit: { at: "0 10 1" }',
      'posts.success_rate_audit.at: expected 5 or 6 fields but got 3; write it as "0 9 * * monday"',
    ],
    [
      '  success_rate_audit: { at: "0 9,17 * * 1" }',
      'posts.success_rate_audit.at: name one minute and one hour, as in "0 9 * * monday": a post comes once a day at most',
    ],
    [
      '  success_rate_audit: { at: "0 9 * * funday" }',
      'posts.success_rate_audit.at: funday is a invalid expression for week day; write it as "0 9 * * monday"',
    ],
    [
      '  success_rate_audit: { at: "0 9 1 * *", dayOff: sometime }',
      'posts.success_rate_audit.dayOff: Invalid option',
    ],
    [
      '  success_rate_audit: { at: "0 9 1 * *", owners: [king] }',
      'posts.success_rate_audit.owners: there is no role king',
    ],
    ['  daily_joke: { at: "0 9 * * *" }', 'posts.daily_joke: unknown word'],
  ])('%s', (written, why) => {
    expect(complaint(audit, written)).toContain(`${at(audit)}${why}`);
  });
});
