import { describe, expect, test } from 'vitest';
import {
  changesOf,
  copyOf,
  type Draft,
  draftFor,
  mayEdit,
  saysSomething,
  startedFrom,
  withScreen,
} from '../../src/change/draft.ts';
import { DANA, GUIDE, NADIA, SAM } from './company.ts';
import { given } from './given.ts';
import { normal } from './proposals.ts';
import { approvedStandard, filesNormal, reclassifies, withdraws } from './steps.ts';

const draft: Draft = {
  ...{ id: 'c-1', owner: DANA, category: 'normal', step: 1, updatedAt: 5 },
  proposal: { title: 'Move the cache', description: 'To the new host.' },
};
const ours = { id: 'c-1', by: DANA, category: 'standard' } as const;

describe('a draft', () => {
  test('is its owner’s alone', () => {
    expect(draftFor(ours, draft, undefined)).toBe(draft);
    expect(() => draftFor({ ...ours, by: SAM }, draft, undefined)).toThrow('somebody else’s');
  });

  test('begins empty, or as the change that is edited, which only its requester may', () => {
    expect(draftFor(ours, undefined, undefined)).toMatchObject({
      owner: DANA,
      category: 'standard',
      proposal: {},
    });
    const { change } = given(filesNormal);
    expect(draftFor(ours, undefined, change)).toMatchObject({ category: 'normal', proposal: normal() });
    expect(() => draftFor({ ...ours, by: SAM }, undefined, change)).toThrow('can edit it');
  });

  test('of an edit goes on in the category that the change has been put into meanwhile', () => {
    const { change } = given(filesNormal, reclassifies(NADIA, 'standard'));
    const going = draftFor(ours, draft, change);
    expect(going).toMatchObject({ category: 'standard', proposal: draft.proposal });
    expect(going.proposal.rollbackSteps).toBe(normal().rollbackSteps);
  });

  test('takes over what a screen holds and empties what it shows empty; all else stays', () => {
    const screen = { category: 'normal', step: 0, fields: ['title', 'justification'], proposal: {} } as const;
    expect(withScreen(draft, screen)).toMatchObject({
      step: 0,
      proposal: { description: 'To the new host.' },
    });
    const after = withScreen(draft, { ...screen, proposal: { title: 'Another' } });
    expect(after.proposal).toEqual({ title: 'Another', description: 'To the new host.' });
  });

  test('keeps the answer until a screen that asks for it shows another, or none', () => {
    const screen = { category: 'normal', step: 0, fields: [], proposal: {} } as const;
    const answered = withScreen(draft, { ...screen, words: 'Twenty minutes.' });
    expect(withScreen(answered, screen).words).toBe('Twenty minutes.');
    expect(withScreen(answered, { ...screen, words: '' })).not.toHaveProperty('words');
  });

  test('says something as soon as anything is filled in; of an edit, what differs or answers', () => {
    expect(saysSomething(GUIDE, draft, undefined)).toBe(true);
    expect(saysSomething(GUIDE, { ...draft, proposal: {} }, undefined)).toBe(false);
    const { change } = given(filesNormal);
    const same = draftFor(ours, undefined, change);
    expect(saysSomething(GUIDE, same, change)).toBe(false);
    expect(saysSomething(GUIDE, { ...same, words: 'Yes.' }, change)).toBe(true);
    const other = { ...same, proposal: normal({ risks: 'More.' }) };
    expect(changesOf(GUIDE, other, change).map(({ field }) => field)).toEqual(['risks']);
    // What the category does not ask for is no difference.
    expect(saysSomething(GUIDE, { ...same, proposal: { ...same.proposal, incident: 'x' } }, change)).toBe(
      false,
    );
  });
});

test('an edit is begun only by the requester, of a change that has not started or ended', () => {
  const { change } = given(...approvedStandard);
  expect(() => mayEdit(change, DANA)).not.toThrow();
  expect(() => mayEdit(change, SAM)).toThrow('can edit it');
  expect(() => mayEdit(given(filesNormal, withdraws(DANA)).change, DANA)).toThrow('withdrawn now');
});

describe('a template', () => {
  const upgrade = {
    id: 'upgrade',
    proposal: {
      description: 'Node by node.',
      risks: 'One is lost.',
      riskAnswers: { users: 'few', timing: 'quiet' },
    },
  };

  test('fills in what is empty, question by question, and leaves alone what is not', () => {
    const begun = { ...draft, proposal: { ...draft.proposal, riskAnswers: { users: 'many' } } };
    expect(startedFrom(begun, upgrade)).toMatchObject({
      template: 'upgrade',
      proposal: {
        title: 'Move the cache',
        description: 'To the new host.',
        risks: 'One is lost.',
        riskAnswers: { users: 'many', timing: 'quiet' },
      },
    });
  });

  test('takes the place of another one, except where somebody has altered what that had filled in', () => {
    const release = {
      id: 'release',
      proposal: { risks: 'It fails.', mitigations: 'A flag.', contingency: 'Off.' },
    };
    const once = startedFrom({ ...draft, proposal: {} }, release);
    const altered = { ...once, proposal: { ...once.proposal, mitigations: 'Two flags.' } };
    expect(startedFrom(altered, upgrade, release.proposal).proposal).toEqual({
      ...upgrade.proposal,
      mitigations: 'Two flags.',
    });
  });
});

test('a copy says all but when it is, who reviews it and what set it off', () => {
  const { startsAt: _, endsAt: __, ...rest } = normal();
  expect(copyOf(normal({ incident: 'https://x.example', reviewer: SAM }))).toEqual(rest);
});
