import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/load.ts';
import { DANA, PRIYA, TOMAS } from '../change/company.ts';
import { given } from '../change/given.ts';
import { approves, edits, files } from '../change/steps.ts';

/** Two roles, no board, no reviews, no questionnaire. */
const SMALL = `
version: small 1
company: Corner Shop
zone: Asia/Kolkata
prefix: SHOP
workingTime: { monday: 10:00-18:00, saturday: 10:00-14:00 }
announceIn: general
reminders: []
roles: { owner: Owner, engineer: Engineer }
overseer: owner
systems: { till: Till }
environments: {}
reviews: {}
risk: { medium: 1, high: 2, questions: {} }
edits: { wording: [title], typo: 1 }
strategies: { by_hand: { title: By hand, steps: [Done] } }
categories:
  standard: &one
    title: Small
    summary: Anything
    required: [title]
    assumedRisk: low
    clock: { workingHours: 6 }
    verifiers: [owner, engineer]
    stages:
      - { id: look, title: A look, seats: [{ id: any, title: Anybody, roles: [owner, engineer] }] }
  normal:
    title: Big
    summary: Anything big
    required: [title, systems]
    assumedRisk: medium
    clock: { workingDays: 2 }
    verifiers: [owner, engineer]
    stages:
      - id: both
        title: Both of us
        seats:
          - { id: owner, title: Owner, roles: [owner] }
          - { id: engineer, title: Engineer, roles: [engineer] }
  emergency: *one
`;

const shop = given().with({
  policy: parsePolicy(SMALL, 'small.yml'),
  holders: new Map([
    ['owner', [{ person: PRIYA }]],
    ['engineer', [{ person: TOMAS }, { person: PRIYA }]],
  ]),
});

test('a company with two roles and no board gets from a request to an approval', () => {
  const { change } = shop
    .when(files('normal', { title: 'New till', systems: ['till'] }))
    .gives('Submitted', { type: 'StageOpened', asked: { owner: [PRIYA], engineer: [TOMAS, PRIYA] } })
    .and()
    .when(approves(PRIYA))
    .gives({ type: 'Decided', seat: 'owner' })
    .and()
    .when(approves(TOMAS))
    .gives('Decided', 'StagePassed', { type: 'ChangeApproved', automatic: false });
  expect(change.status).toBe('approved');
});

test('one of its two cannot file what needs them both', () => {
  shop
    .when(files('normal', { title: 'New till', systems: ['till'] }, PRIYA))
    .refused('nobody to ask', /role Owner/);
});

test('its own rules of wording and time hold', () => {
  const filed = shop.when(files('standard', { title: 'Lamp' })).and();
  // Monday 14:30 in Kolkata: three and a half hours until closing, the rest on Saturday.
  expect(filed.change.dueAt).toBe(Date.parse('2026-03-07T12:30+05:30'));
  filed.when(edits({ title: 'Lamps' }, DANA)).gives({ type: 'Edited', material: [] });
  filed.when(edits({ title: 'Lamp A' }, DANA)).gives({ type: 'Edited', material: ['title'] });
});
