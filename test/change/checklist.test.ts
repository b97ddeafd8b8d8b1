import { expect, test } from 'vitest';
import { checklist } from '../../src/change/checklist.ts';
import type { Proposal } from '../../src/change/types.ts';
import { GUIDE } from './company.ts';
import { emergency, MONDAY_10, normal } from './proposals.ts';

const missing = (proposal: Proposal, category: 'normal' | 'emergency' = 'normal') =>
  Object.fromEntries(
    checklist(GUIDE, category, proposal, MONDAY_10)
      .filter(({ lacks }) => lacks.length > 0)
      .map(({ title, lacks }) => [title, lacks.map(({ label }) => label)]),
  );

test('has the seven items of the guide, all met by a complete change', () => {
  expect(checklist(GUIDE, 'normal', normal(), MONDAY_10)).toEqual(
    [
      'All required fields completed',
      'Impact assessment performed',
      'Risk mitigation plan included',
      'Testing plan documented',
      'Rollback procedures defined',
      'Business justification provided',
      'Timeline and resources specified',
    ].map((title) => ({ title, lacks: [] })),
  );
});

test.each([
  ['assessment', 'Impact assessment performed', 'Impact assessment'],
  ['mitigations', 'Risk mitigation plan included', 'Mitigations'],
  ['testCases', 'Testing plan documented', 'Test cases'],
  ['rollbackContacts', 'Rollback procedures defined', 'On-call contact'],
  ['justification', 'Business justification provided', 'Business justification'],
  ['resources', 'Timeline and resources specified', 'Required resources'],
] as const)('without %s: %s lacks %s', (field, title, label) => {
  const lacks = missing(normal({ [field]: undefined }));
  expect(Object.keys(lacks)).toEqual(['All required fields completed', title]);
  expect(new Set(lacks[title])).toEqual(new Set([label]));
});

test('a required field of no other item still counts among all fields', () => {
  expect(missing(normal({ communicationPlan: undefined }))).toEqual({
    'All required fields completed': ['Communication plan'],
  });
});

test('a start in the past, or an end before it, is a timeline that is not specified', () => {
  const startsAt = MONDAY_10 - 1;
  expect(Object.keys(missing(normal({ startsAt })))).toContain('Timeline and resources specified');
});

test('items about which a category asks nothing are left out', () => {
  expect(checklist(GUIDE, 'emergency', emergency(), MONDAY_10).map(({ title }) => title)).toEqual([
    'All required fields completed',
    'Rollback procedures defined',
    'Business justification provided',
  ]);
});
