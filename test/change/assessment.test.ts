import { expect, test } from 'vitest';
import { guide, NADIA, PRIYA } from './company.ts';
import { given } from './given.ts';
import { normal, standard } from './proposals.ts';
import { approves, edits, files, filesNormal, validated } from './steps.ts';

const { assessment = {} } = normal();
const filing = (more: typeof assessment | undefined) =>
  given().when(files('normal', normal({ assessment: more && { ...assessment, ...more } })));

test('every group is ticked or said not to be affected', () => {
  filing({}).gives('Submitted', 'StageOpened');
  filing(undefined).refused('incomplete', /Impact assessment is needed/, 'assessment');
  const { finance: _, ...open } = assessment;
  given()
    .when(files('normal', normal({ assessment: open })))
    .refused('incomplete', /Finance: tick what is affected, or “Not affected”/, 'assessment.finance');
});

test('what is affected has a note beside it', () => {
  for (const note of [{}, { note: ' ' }])
    filing({ finance: { affected: ['cost'], ...note } }).refused(
      'incomplete',
      /Finance: say in a few words how/,
      'assessment.finance.note',
    );
});

test('nothing is affected and not affected at once', () => {
  filing({ finance: { affected: ['cost', 'not_affected'], note: 'Much.' } }).refused(
    'incomplete',
    /either what is affected or “Not affected”, not both/,
    'assessment.finance',
  );
});

test('another assessment is another change to its technical and business reviewers', () => {
  const worse = { ...assessment, users: { affected: ['availability'], note: 'Down for an hour.' } };
  given(...validated, approves(PRIYA))
    .when(edits({ assessment: worse }))
    .gives(
      {
        type: 'Edited',
        material: ['assessment'],
        voided: [
          { stage: 'validation', by: NADIA },
          { stage: 'technical', by: PRIYA },
        ],
      },
      'StageOpened',
    );
});

test('a category that does not ask for it does not miss it', () => {
  given().when(files('standard', standard())).gives('Submitted', 'CriteriaChecked', 'StageOpened');
});

test('a company without groups has no assessment', () => {
  const policy = guide((yaml) =>
    yaml
      .replace(/\nassessment:\n( {2}.*\n)+/, '\n')
      .replace(/\ntemplates:\n(( {2}.*)?\n)+/, '\n')
      .replace('      - assessment\n', ''),
  );
  expect(policy.assessment).toEqual({});
  given().with({ policy }).when(filesNormal).gives('Submitted', 'StageOpened');
});
