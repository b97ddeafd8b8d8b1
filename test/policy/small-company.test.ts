import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/load.ts';
import { DANA, PRIYA, TOMAS } from '../change/company.ts';
import { given } from '../change/given.ts';
import { approves, edits, files } from '../change/steps.ts';
import { SMALL } from './small.ts';

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
