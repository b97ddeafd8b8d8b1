import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inForce, offerOf } from '../../src/catalogue/offer.ts';
import type { Template } from '../../src/catalogue/types.ts';
import { askedEachTime } from '../../src/change/from-template.ts';
import { differences } from '../../src/change/proposal.ts';
import type { Proposal } from '../../src/change/types.ts';
import type { FieldId } from '../../src/policy/fields.ts';
import { fieldsOf } from '../../src/policy/schema.ts';
import { AMIRA, DANA, GUIDE, JONAS, LUCIA, NADIA, OLGA, PRIYA, TOMAS } from '../change/company.ts';
import { given } from '../change/given.ts';
import { standard } from '../change/proposals.ts';
import type { Step } from '../change/steps.ts';
import { proposes, revises, tell, votes } from './templates.ts';

const all = [PRIYA, LUCIA, TOMAS, AMIRA].map((by) => votes(by));
const fields = fieldsOf(GUIDE, 'standard');

/** Some of the fields say something else than the template, or nothing. */
const altered: fc.Arbitrary<Proposal> = fc
  .record<Record<string, unknown>, string>(
    {
      ...{
        title: fc.string(),
        description: fc.string(),
        successCriteria: fc.string(),
        rollbackSteps: fc.string(),
      },
      ...{ justification: fc.string(), systems: fc.constantFrom(['database'], ['load_balancer'], []) },
      riskAnswers: fc.constantFrom({}, standard().riskAnswers, {
        ...standard().riskAnswers,
        tested: 'staging',
      }),
      riskAtLeast: fc.constantFrom(undefined, 'medium'),
      ...{ implementer: fc.constantFrom(DANA, undefined), reviewer: fc.constantFrom(JONAS, undefined) },
    },
    { requiredKeys: [] },
  )
  .chain((some) => fc.subarray(Object.entries(some), { maxLength: 2 }).map(Object.fromEntries))
  // Each holds what its field does.
  .map((some) => some as Proposal);

/** All but a few: of looser ones most are refused, as they should be. */
const locks: fc.Arbitrary<FieldId[]> = fc.subarray([...fields], { minLength: fields.length - 2 });

test('nobody ever files from a template, or makes of it by an edit, a change whose locked fields say something else', () => {
  let [submitted, edited] = [0, 0];
  fc.assert(
    fc.property(
      locks,
      altered,
      fc.array(altered, { maxLength: 4 }),
      fc.boolean(),
      (locked, first, edits, again) => {
        const more = again ? [revises(DANA, 'Again'), ...all] : [];
        const { template } = tell([proposes(DANA, locked), ...all, ...more]);
        const version = template && inForce(template);
        const offer = template && offerOf(template as Template);
        if (!version || !offer) return;
        const { content } = version;
        const holds = (proposal: Proposal) =>
          differences(content.proposal, proposal).filter(({ field }) => content.locked.includes(field));
        const files: Step = (_, at) => ({
          ...{ type: 'Submit', by: OLGA, at, id: 'c-1', category: 'standard' },
          ...{ proposal: standard({ ...content.proposal, ...first }), template: offer },
        });
        let story = given().with({ template: offer }).when(files);
        if (story.refusal) return;
        submitted++;
        expect(holds(story.change.proposal)).toEqual([]);
        for (const edit of edits) {
          const next = story.and().when((change, at) => ({
            ...{ type: 'Edit', by: OLGA, at },
            proposal: { ...(change && 'proposal' in change ? change.proposal : {}), ...edit },
          }));
          if (next.refusal || next.events.length === 0) continue;
          edited++;
          story = next;
          expect(holds(story.change.proposal)).toEqual([]);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(submitted).toBeGreaterThan(10);
  expect(edited).toBeGreaterThan(2);
});

test('whatever is locked, no template takes more than three fields to file from', () => {
  fc.assert(
    fc.property(locks, (locked) => {
      const version = tell([proposes(NADIA, locked)]).template?.versions[0];
      if (version) expect(askedEachTime(GUIDE, version.content).length).toBeLessThanOrEqual(3);
    }),
  );
});

test('the policy may spare what is filed from the catalogue its peer review, and nothing else', () => {
  const catalogue = GUIDE.catalogue && { ...GUIDE.catalogue, skips: ['peer_review'] };
  const { template } = tell([proposes(DANA), ...all]);
  const offer = template && offerOf(template);
  if (!offer) throw new Error('the board has approved it');
  const company = given().with({ policy: { ...GUIDE, catalogue }, template: offer });
  const files =
    (more: object): Step =>
    (_, at) => ({
      ...{ type: 'Submit', by: OLGA, at, id: 'c-1', category: 'standard', proposal: standard() },
      ...more,
    });
  company
    .when(files({ template: offer }))
    .gives('Submitted', 'CriteriaChecked', 'ChangeApproved', 'Scheduled');
  company.when(files({})).gives('Submitted', 'CriteriaChecked', 'StageOpened');
  company
    .when(files({ template: { id: 't-2', version: offer.version } }))
    .refused('unknown', /no such template/);
});
