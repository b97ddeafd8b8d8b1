import type { Checkboxes, InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { TestResult } from '../../change/execution.ts';
import { resultOf } from '../../change/execution-plan.ts';
import type { Change } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { cut } from '../blocks/format.ts';
import { choiceInput, label, option } from '../blocks/inputs.ts';
import { parseChoice, parseChoices, parseLink, type StateValues } from '../blocks/parse-form.ts';
import { RESULTS } from '../change/evidence.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { StepForm } from '../step-form.ts';

/** Slack shows at most ten checkboxes together. */
const TOGETHER = 10;

/**
 * Test results as evidence (guide, "Testing Types Required"): the tests that went the same way are ticked and
 * recorded together, with where they ran and one link. Those with another result are recorded by a second turn.
 */
export function testsForm(policy: Policy): StepForm {
  return {
    ...{ action: ACTION.recordTests, title: 'Record tests', submit: 'Record' },
    blocks: (change) => [
      ...whichTests(change),
      choiceInput(
        'result',
        'How did they go?',
        Object.entries(RESULTS).map(([id, title]) => option(id, title)),
      ),
      ...environmentInput(policy.environments),
      {
        ...{ type: 'input', block_id: 'evidence', optional: true, label: label('Link to the results') },
        hint: label(
          'Of a run, a dashboard or a document; of a file too: share it in Slack and copy its link.',
        ),
        element: { type: 'url_text_input', action_id: 'evidence' },
      },
      context('Tests that went another way: record these first, then press *Record tests…* once more.'),
    ],
    intent: (values) => ({ type: 'RecordTests', tests: readTests(values, policy) }),
  };
}

/** All tests of the change, each with how it went so far. */
function whichTests({ execution, tests }: Change): KnownBlock[] {
  const options = [...execution.testsBefore, ...execution.testsAfter].map(
    ({ id, title }): PlainTextOption => {
      const last = resultOf(tests, id);
      const so = last
        ? `${RESULTS[last.result]}${last.environment ? `, ${last.environment}` : ''}`
        : 'Not recorded yet';
      return { ...option(id, title), description: label(cut(so, 75)) };
    },
  );
  return options.flatMap((_, i) =>
    i % TOGETHER === 0
      ? [someTests(i / TOGETHER, options.slice(i, i + TOGETHER), options.length <= TOGETHER)]
      : [],
  );
}

/** Where there are several groups, any of them may stay empty. */
function someTests(n: number, options: PlainTextOption[], only: boolean): InputBlock {
  const element: Checkboxes = { type: 'checkboxes', action_id: `tests.${n}`, options };
  const text = n === 0 ? 'Which tests?' : 'More tests';
  return { type: 'input', block_id: `tests.${n}`, optional: !only, label: label(text), element };
}

function environmentInput(environments: Policy['environments']): InputBlock[] {
  const options = Object.entries(environments).map(([id, title]) => option(id, title));
  if (options.length === 0) return [];
  return [
    {
      ...{ type: 'input', block_id: 'environment', optional: true, label: label('Where were they run?') },
      element: { type: 'static_select', action_id: 'environment', options },
    },
  ];
}

function readTests(values: StateValues, policy: Policy) {
  const chosen = parseChoice(values, 'result');
  const result: TestResult | undefined =
    chosen === 'pass' || chosen === 'fail' || chosen === 'not applicable' ? chosen : undefined;
  if (!result) return [];
  const where = parseChoice(values, 'environment');
  const environment = where === undefined ? undefined : policy.environments[where];
  const evidence = parseLink(values, 'evidence');
  const ticked = Object.keys(values)
    .filter((block) => block.startsWith('tests.'))
    .flatMap((block) => parseChoices(values, block));
  return ticked.map((test) => ({
    ...{ test, result },
    ...(environment && { environment }),
    ...(evidence && { evidence }),
  }));
}
