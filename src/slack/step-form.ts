import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Facts } from '../change/facts.ts';
import type { Change, Intent, PersonId } from '../change/types.ts';
import { namesOf } from '../db/people.ts';
import { loadFacts } from '../engine/facts.ts';
import { handle } from '../engine/handle.ts';
import type { World } from '../engine/world.ts';
import { LONGEST } from '../policy/fields.ts';
import { context, section } from './blocks.ts';
import { changeOf } from './find.ts';
import { cut, nameOf } from './format.ts';
import { readTarget } from './ids.ts';
import { label } from './inputs.ts';
import type { Caller, Listen } from './listen.ts';
import { parseWords, type StateValues } from './parse-form.ts';

/** What a form was opened with, given back with what was filled in. */
export interface Given {
  /** Hash of what was shown on the card that was pressed: the decision is on that. */
  seen: string;
  /** Slack's id of the view: the same when Slack delivers the same submission again. */
  viewId: string;
  /** What the form itself carried along. */
  carried?: string;
}

export type Names = ReadonlyMap<PersonId, string>;

/** A step that needs more than a click: the button that opens its form, the form, and the command it makes. */
export interface StepForm {
  action: string;
  title: string;
  submit: string;
  /**
   * @param facts what the rules know, for what is filled in already
   * @param names what those who hold a role are called, where Slack shows plain text only
   * @param by who opens it
   */
  blocks(change: Change, facts: Facts, names: Names, by: PersonId): KnownBlock[];
  /** Something to be given back with the submission, for instance which question is answered. */
  carry?(change: Change, by: PersonId): string | undefined;
  intent(values: StateValues, given: Given): Intent;
}

const WORDS = 'words';
const metadata = z.object({ target: z.string(), carried: z.string().max(100).optional() });

/** A form that asks for words only. */
export function wordsForm(
  form: Pick<StepForm, 'action' | 'title' | 'submit' | 'carry'> & {
    label: string;
    hint: string;
    lead?: (change: Change) => KnownBlock[];
  },
  intent: (words: string, given: Given) => Intent,
): StepForm {
  return {
    ...form,
    blocks: (change) => [...(form.lead?.(change) ?? []), wordsInput(WORDS, form.label), context(form.hint)],
    intent: (values, given) => intent(parseWords(values, WORDS), given),
  };
}

/** A field for words of any length that Slack takes. */
export function wordsInput(block: string, label: string, optional = false, said = ''): InputBlock {
  return {
    type: 'input',
    block_id: block,
    optional,
    label: { type: 'plain_text', text: label },
    element: {
      ...{ type: 'plain_text_input', action_id: block, multiline: true, max_length: LONGEST.text },
      ...(said && { initial_value: said }),
    },
  };
}

/** Hears the buttons and the submissions of these forms. */
export function listenToForms(world: World, { button, submit }: Listen, forms: readonly StepForm[]): void {
  for (const form of forms) {
    button(new RegExp(`^${form.action}(:\\d+)?$`), async ({ by, value, open }) => {
      await openStepForm(world, { by, open }, form, await changeOf(world, value), String(value));
    });
    submit(`${form.action}-form`, async ({ by, metadata: text, values, viewId }) => {
      const { target, carried } = metadata.parse(JSON.parse(text));
      const { id, seen } = readTarget(target);
      await handle(
        world,
        id,
        form.intent(values, { seen, viewId, ...(carried !== undefined && { carried }) }),
        by,
      );
      return undefined;
    });
  }
}

/**
 * Opens the form of a step.
 * @param target what the pressed button carried
 */
export async function openStepForm(
  world: World,
  { by, open }: Pick<Caller, 'by' | 'open'>,
  form: StepForm,
  change: Change,
  target: string,
  more: (facts: Facts) => More = () => ({}),
): Promise<void> {
  const facts = await loadFacts(world);
  const holders = [...facts.holders.values()].flat().map(({ person }) => person);
  const names = await namesOf(world.db, holders);
  await open(drawStepForm(form, change, { target, by }, facts, names, more(facts)));
}

/** What a form that was asked for by a word has besides: what a card would have shown, and words said already. */
export interface More {
  shown?: readonly KnownBlock[];
  said?: string;
}

/** @param target what the pressed button carried */
export function drawStepForm(
  form: StepForm,
  change: Change,
  { target, by }: { target: string; by: PersonId },
  facts: Facts,
  names: Names,
  { shown = [], said = '' }: More = {},
): ModalView {
  const carried = form.carry?.(change, by);
  return {
    type: 'modal',
    callback_id: `${form.action}-form`,
    private_metadata: JSON.stringify({ target, ...(carried !== undefined && { carried }) }),
    title: label(form.title),
    submit: label(form.submit),
    close: label('Back'),
    blocks: [
      section(`*${nameOf(change)}*`),
      ...shown,
      ...form.blocks(change, facts, names, by).map((block) => filledIn(block, said)),
    ],
  };
}

/** The field for words, with those that were said already. */
function filledIn(block: KnownBlock, said: string): KnownBlock {
  if (!said || block.type !== 'input' || block.block_id !== WORDS) return block;
  if (block.element.type !== 'plain_text_input') return block;
  return { ...block, element: { ...block.element, initial_value: cut(said, LONGEST.text) } };
}
