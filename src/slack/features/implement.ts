import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { TestRecord } from '../../change/execution.ts';
import { resultOf } from '../../change/execution-plan.ts';
import type { FiledChange, Intent } from '../../change/types.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import type { Policy } from '../../policy/schema.ts';
import { drawForPerson } from '../card.ts';
import type { Feature, Word } from '../feature.ts';
import { changeNamed } from '../find.ts';
import { cut } from '../format.ts';
import { readTarget } from '../ids.ts';
import type { Pressed, Spoken } from '../listen.ts';
import { parseChoice, parseLink, parseWords, type StateValues } from '../parse-form.ts';
import { ACTION } from '../step-buttons.ts';
import { listenToForms, type StepForm, wordsForm, wordsInput } from '../step-form.ts';
import { thisYear } from '../year.ts';

const RESULTS = { pass: 'Passed', fail: 'Failed', 'not applicable': 'Not applicable' } as const;
const OUTCOMES = {
  success: 'Success',
  partial: 'Partial: some of it had to be left',
  failed: 'Failed',
} as const;
const option = (value: string, title: string): PlainTextOption => ({
  value,
  text: { type: 'plain_text', text: cut(title, 75) },
});
const label = (text: string) => ({ type: 'plain_text' as const, text });

const START: StepForm = {
  ...{ action: ACTION.start, title: 'Start', submit: 'Start now' },
  blocks: ({ execution }) => [
    choiceInput(
      'strategy',
      'How is it carried out?',
      execution.strategies.map(({ id, title }) => option(id, title)),
    ),
  ],
  intent: (values) => ({ type: 'Start', strategy: parseChoice(values, 'strategy') ?? '' }),
};

const FINISH: StepForm = {
  ...{ action: ACTION.finish, title: 'Finish', submit: 'Finish' },
  blocks: () => [
    choiceInput(
      'outcome',
      'How did it go?',
      Object.entries(OUTCOMES).map(([id, title]) => option(id, title)),
    ),
    wordsInput('words', 'What happened?', true),
  ],
  intent(values) {
    const outcome = parseChoice(values, 'outcome');
    const words = parseWords(values, 'words');
    return {
      type: 'Finish',
      outcome: outcome === 'success' || outcome === 'partial' ? outcome : 'failed',
      ...(words && { words }),
    };
  },
};

/** Notes, rolling back and cancelling want words only. */
const WORDS_FORMS: readonly StepForm[] = [
  wordsForm(
    {
      ...{ action: ACTION.note, title: 'Note', submit: 'Note', label: 'What happened, and what did you do?' },
      hint: 'It goes into the thread in #changes and into the report, with the time.',
    },
    (words) => ({ type: 'Note', words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.rollBack, title: 'Roll back', submit: 'It is rolled back', label: 'Why?' },
      hint: 'Say it when the old state is back. Those who verify are asked.',
    },
    (words) => ({ type: 'RollBack', words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.cancel, title: 'Cancel the change', submit: 'Cancel the change', label: 'Why?' },
      hint: 'It ends here, and its number is not used again.',
    },
    (words) => ({ type: 'Cancel', words }),
  ),
];

/** Every form of the implementation. */
export function implementForms(policy: Policy): StepForm[] {
  const environments = Object.entries(policy.environments).map(([id, title]) => option(id, title));
  const tests: StepForm = {
    ...{ action: ACTION.recordTests, title: 'Record tests', submit: 'Record' },
    blocks: (change) => [environmentInput(environments), ...testInputs(change)],
    intent: (values) => readTests(values, policy),
  };
  return [tests, START, FINISH, ...WORDS_FORMS];
}

/** Carrying a change out: tests as evidence, the checklist, start, steps, notes, finish, roll back. */
export function implement(world: World): Feature {
  const show = async ({ by, words, reply }: Spoken) => {
    const change = await changeNamed(world, words, thisYear(world));
    await reply(drawForPerson(change, await loadFacts(world), by, world.clock.now()));
  };
  const word = (name: string, help: string): Word => ({
    name,
    usage: `${world.policy.prefix}-…`,
    help,
    run: show,
  });

  return {
    words: [
      word('start', 'Start carrying out a change of yours'),
      word('finish', 'Say how it went'),
      word('rollback', 'Say that it was rolled back'),
      word('verify', 'Check the result of a change'),
    ],
    listen(listen) {
      listenToForms(world, listen, implementForms(world.policy));
      listen.button(ACTION.prepare, (pressed) => tick(pressed, (items) => ({ type: 'Prepare', items })));
      listen.button(ACTION.tickSteps, (pressed) =>
        tick(pressed, (items) => ({ type: 'TickSteps', steps: items.map(Number) })),
      );
    },
  };

  /** Checkboxes say which of them are now ticked; the change is named by their block. */
  async function tick({ by, block, chosen }: Pressed, intent: (items: string[]) => Intent): Promise<void> {
    const { id } = readTarget(block.slice(block.indexOf('/') + 1));
    await handle(world, id, intent(chosen), by);
  }
}

function choiceInput(block: string, text: string, options: PlainTextOption[]): InputBlock {
  const [only] = options;
  const initial = options.length === 1 && only ? { initial_option: only } : {};
  return {
    type: 'input',
    block_id: block,
    label: label(text),
    element: { type: 'radio_buttons', action_id: block, options, ...initial },
  };
}

function environmentInput(options: PlainTextOption[]): InputBlock {
  return {
    ...{ type: 'input', block_id: 'environment', optional: true, label: label('Where were they run?') },
    element: { type: 'static_select', action_id: 'environment', options },
  };
}

/** For each test of the change its result and where it can be looked at, as they were recorded last. */
function testInputs({ execution, tests }: FiledChange): KnownBlock[] {
  const options = Object.entries(RESULTS).map(([id, title]) => option(id, title));
  return [...execution.testsBefore, ...execution.testsAfter].flatMap(({ id, title }): InputBlock[] => {
    const last = resultOf(tests, id);
    const initial = options.find(({ value }) => value === last?.result);
    return [
      {
        ...{ type: 'input', block_id: `result.${id}`, optional: true, label: label(title) },
        element: {
          type: 'static_select',
          action_id: `result.${id}`,
          options,
          ...(initial && { initial_option: initial }),
        },
      },
      {
        ...{ type: 'input', block_id: `evidence.${id}`, optional: true, label: label(`${title}: link`) },
        element: {
          type: 'url_text_input',
          action_id: `evidence.${id}`,
          ...(last?.evidence && { initial_value: last.evidence }),
        },
      },
    ];
  });
}

function readTests(values: StateValues, policy: Policy): Intent & { type: 'RecordTests' } {
  const where = parseChoice(values, 'environment');
  const environment = where && policy.environments[where];
  const tests = Object.keys(policy.tests).flatMap((test): Omit<TestRecord, 'by' | 'at'>[] => {
    const chosen = parseChoice(values, `result.${test}`);
    const result = chosen === 'pass' || chosen === 'fail' || chosen === 'not applicable' ? chosen : undefined;
    const evidence = parseLink(values, `evidence.${test}`);
    return result
      ? [{ test, result, ...(environment && { environment }), ...(evidence && { evidence }) }]
      : [];
  });
  return { type: 'RecordTests', tests };
}
