import type { InputBlock, KnownBlock } from '@slack/types';
import { mayStart } from '../../change/decide/implementation.ts';
import { unprovenAfter } from '../../change/execution-plan.ts';
import type { Change, Intent } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { cut, escaped } from '../blocks/format.ts';
import {
  CHECKBOXES_TOGETHER,
  choiceInput,
  label,
  minutesInput,
  option,
  wordsInput,
} from '../blocks/inputs.ts';
import { parseChoice, parseChoices, parseMinutes, parsePerson, parseWords } from '../blocks/parse-form.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { readTarget } from '../ids.ts';
import type { Pressed } from '../listen.ts';
import { listenToForms, type StepForm, wordsForm } from '../step-form.ts';
import { testsForm } from './record-tests.ts';

/** So many characters Slack shows below an option. */
const LONGEST_OPTION = 75;

const OUTCOMES = {
  success: 'Success',
  partial: 'Partial: some of it is still to be done',
  failed: 'Failed',
} as const;
const START: StepForm = {
  ...{ action: ACTION.start, title: 'Start', submit: 'Start now' },
  check: mayStart,
  tried: () => ({ type: 'Start', strategy: '' }),
  blocks: ({ execution }) => [
    choiceInput(
      'strategy',
      'How is it carried out?',
      execution.strategies.map(({ id, title, steps }) => ({
        ...option(id, title),
        description: label(stepsInShort(steps)),
      })),
    ),
  ],
  intent: (values) => ({ type: 'Start', strategy: parseChoice(values, 'strategy') ?? '' }),
};

const FINISH: StepForm = {
  ...{ action: ACTION.finish, title: 'Finish', submit: 'Finish' },
  blocks: (change) => [
    ...leftOpen(change),
    choiceInput(
      'outcome',
      'How did it go?',
      Object.entries(OUTCOMES).map(([id, title]) => option(id, title)),
    ),
    ...testedAfterwards(change),
    wordsInput('words', 'What happened?', true),
    context('A success needs no words, anything else does.'),
    wordsInput('deviations', 'What was done differently than planned', true),
    {
      ...{ type: 'input', block_id: 'deployed', optional: true },
      label: label('What was deployed (pull request, commit or pipeline run)'),
      element: { type: 'plain_text_input', action_id: 'deployed', max_length: LONGEST.note },
    },
    minutesInput('effort', 'How many minutes of work it took, of all people together'),
  ],
  intent(values) {
    const outcome = parseChoice(values, 'outcome');
    const [words, deviations] = [parseWords(values, 'words'), parseWords(values, 'deviations')];
    const deployed = parseWords(values, 'deployed');
    const effortMinutes = parseMinutes(values, 'effort');
    const passed = parseChoices(values, 'passed');
    return {
      type: 'Finish',
      outcome: outcome === 'success' || outcome === 'partial' ? outcome : 'failed',
      ...(words && { words }),
      ...(deviations && { deviations }),
      ...(deployed && { deployed }),
      ...(effortMinutes !== undefined && { effortMinutes }),
      ...(passed.length > 0 && { passed }),
    };
  },
};

/** The first steps of a way to carry it out, whole: as many as Slack shows below an option. */
function stepsInShort(steps: readonly string[]): string {
  const all = steps.join(' → ');
  if (all.length <= LONGEST_OPTION) return all;
  const room = LONGEST_OPTION - ' → …'.length;
  const fit = steps.filter((_, n) => steps.slice(0, n + 1).join(' → ').length <= room);
  return fit.length > 0 ? `${fit.join(' → ')} → …` : cut(all, LONGEST_OPTION);
}

/** What is not ticked is said before it is finished: the report calls it left open. */
function leftOpen(change: Change): KnownBlock[] {
  const open = 'steps' in change ? change.steps.filter(({ done }) => !done) : [];
  if (open.length === 0) return [];
  return [
    context(
      `Not ticked, so the report will say that it was left open: ${open.map(({ title }) => escaped(title)).join(', ')}`,
    ),
  ];
}

/** The tests that come afterwards, to be said along with the rest; where one was run must be clear without asking. */
function testedAfterwards(change: Change): InputBlock[] {
  const options = unprovenAfter(change)
    .filter(({ environments = [] }) => environments.length < 2)
    .slice(0, CHECKBOXES_TOGETHER)
    .map(({ id, title }) => option(id, title));
  if (options.length === 0) return [];
  return [
    {
      ...{ type: 'input', block_id: 'passed', optional: true, label: label('Which of these have passed?') },
      hint: label('What is still to be tested is recorded later, with Record tests…, before it is verified.'),
      element: { type: 'checkboxes', action_id: 'passed', options },
    },
  ];
}

/** Somebody else goes on with it. */
const HAND_OVER: StepForm = {
  ...{ action: ACTION.handOver, title: 'Hand over', submit: 'Hand over' },
  blocks: ({ status }) => [
    {
      ...{ type: 'input', block_id: 'people' },
      label: label(status === 'implementing' ? 'Who goes on with it?' : 'Who carries it out?'),
      element: { type: 'users_select', action_id: 'people' },
    },
    wordsInput('words', 'What do they need to know, or why?', true),
    context('They get the card with its steps. Whoever has carried a part of it out does not verify it.'),
  ],
  intent(values) {
    const words = parseWords(values, 'words');
    return { type: 'HandOver', to: parsePerson(values, 'people') ?? '', ...(words && { words }) };
  },
};

/** Notes, rolling back and cancelling want words only. */
const WORDS_FORMS: readonly StepForm[] = [
  wordsForm(
    {
      ...{ action: ACTION.note, title: 'Note', submit: 'Note', label: 'What happened, and what did you do?' },
      hint: 'It goes into the history of the change, with the time.',
    },
    (words) => ({ type: 'Note', words }),
  ),
  wordsForm(
    {
      ...{ action: ACTION.rollBack, title: 'Roll back', submit: 'It is rolled back', label: 'Why?' },
      hint: 'Say so once the old state is back; then those who verify are asked.',
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
  return [testsForm(policy), START, FINISH, HAND_OVER, ...WORDS_FORMS];
}

/** Carrying a change out: tests as evidence, the checklist, start, steps, notes, finish, roll back. */
export function implement(world: World): Feature {
  return {
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
