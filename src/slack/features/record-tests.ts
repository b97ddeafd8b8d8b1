import type { Checkboxes, InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { TestResult } from '../../change/execution.ts';
import { resultOf, testsNow, unproven } from '../../change/execution-plan.ts';
import type { Change } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { cut } from '../blocks/format.ts';
import { CHECKBOXES_TOGETHER, choiceInput, label, option } from '../blocks/inputs.ts';
import { parseChoice, parseChoices, parseLink, type StateValues } from '../blocks/parse-form.ts';
import { RESULTS } from '../change/evidence.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { StepForm } from '../step-form.ts';

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
      ...environmentInput(policy.environments, onlyPlace(change)),
      {
        ...{ type: 'input', block_id: 'evidence', optional: true, label: label('Link to the results') },
        hint: label('To a run, a dashboard or a document. For a file: share it in Slack and copy its link.'),
        element: { type: 'url_text_input', action_id: 'evidence' },
      },
      context('Tests with another result? Record these first, then press *Record tests…* again.'),
    ],
    intent: (values) => ({ type: 'RecordTests', tests: readTests(values, policy) }),
  };
}

/** The tests that can be recorded by now, each with how it went so far, or where it counts. */
function whichTests(change: Change): KnownBlock[] {
  const options = testsNow(change).map(({ id, title, environments }): PlainTextOption => {
    const last = resultOf(change.tests, id);
    const so = last
      ? `${RESULTS[last.result]}${last.environment ? `, ${last.environment}` : ''}`
      : `Not recorded yet${environments ? `; counts in ${environments.join(' or ')}` : ''}`;
    return { ...option(id, title), description: label(cut(so, 75)) };
  });
  return options.flatMap((_, i) =>
    i % CHECKBOXES_TOGETHER === 0
      ? [
          someTests(
            i / CHECKBOXES_TOGETHER,
            options.slice(i, i + CHECKBOXES_TOGETHER),
            options.length <= CHECKBOXES_TOGETHER,
          ),
        ]
      : [],
  );
}

/** Where there are several groups, any of them may stay empty. */
function someTests(n: number, options: PlainTextOption[], only: boolean): InputBlock {
  const element: Checkboxes = { type: 'checkboxes', action_id: `tests.${n}`, options };
  const text = n === 0 ? 'Which tests?' : 'More tests';
  return { type: 'input', block_id: `tests.${n}`, optional: !only, label: label(text), element };
}

/** The one environment in which all that is still to be recorded counts, if there is just one. */
function onlyPlace(change: Change): string | undefined {
  const open = unproven(testsNow(change), change.tests).map(({ environments }) => environments);
  const [first = []] = open;
  const [only, ...others] = first.filter((place) => open.every((places) => places?.includes(place)));
  return others.length === 0 ? only : undefined;
}

/** @param chosen the title of the one that is chosen already */
function environmentInput(environments: Policy['environments'], chosen: string | undefined): InputBlock[] {
  const options = Object.entries(environments).map(([id, title]) => option(id, title));
  if (options.length === 0) return [];
  const initial = options.find(({ value }) => value !== undefined && environments[value] === chosen);
  return [
    {
      ...{ type: 'input', block_id: 'environment', optional: true, label: label('Where were they run?') },
      element: {
        ...{ type: 'static_select', action_id: 'environment', options },
        ...(initial && { initial_option: initial }),
      },
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
