import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Facts } from '../change/facts.ts';
import type { Change, Instant, Intent, PersonId } from '../change/types.ts';
import { namesOf } from '../db/people.ts';
import { loadFacts } from '../engine/facts.ts';
import { handle } from '../engine/handle.ts';
import { factsAbout } from '../engine/windows.ts';
import type { World } from '../engine/world.ts';
import { LONGEST } from '../policy/fields.ts';
import { context, section } from './blocks/blocks.ts';
import { cut, nameOf } from './blocks/format.ts';
import { label, wordsInput } from './blocks/inputs.ts';
import { parseWords, type StateValues } from './blocks/parse-form.ts';
import { changeOf } from './find.ts';
import { readCarried, readTarget } from './ids.ts';
import type { Caller, Listen } from './listen.ts';
import { recordedAttempt } from './recorded-attempt.ts';

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

/**
 * A step that needs more than a click: the button that opens its form, the form, and the command it makes. `S` is
 * what it is about, `I` what can be commanded of that.
 */
export interface FormOf<S, I> {
  action: string;
  title: string;
  submit: string;
  /**
   * @param facts what the rules know, for what is filled in already
   * @param names what those who hold a role are called, where Slack shows plain text only
   * @param by who opens it
   */
  blocks(subject: S, facts: Facts, names: Names, by: PersonId): KnownBlock[];
  /** Something to be given back with the submission, for instance which question is answered. */
  carry?(subject: S, by: PersonId, facts: Facts): string | undefined;
  /** @throws {Refusal} where whatever is filled in would be refused: then no form is opened */
  check?(subject: S, by: PersonId, facts: Facts, at: Instant): void;
  /** What was tried where `check` forbids it: put to the rules, so that the attempt is in the record. */
  tried?(subject: S): I;
  /** @param subject as it is when the form is sent */
  intent(values: StateValues, given: Given, subject: S): I;
}
export type StepForm = FormOf<Change, Intent>;

/** How the thing is found that a form is about, what it is called, and how it is given a command. */
export interface About<S, I> {
  /** @throws {Refusal} when a button is on nothing */
  find(value: unknown): Promise<S>;
  nameOf(subject: S): string;
  /** What the rules know around it, where that is more than of everything. */
  facts?(subject: S): Promise<Facts>;
  /** @returns what takes the form's place; nothing closes it */
  give(id: string, intent: I, by: PersonId): Promise<ModalView | undefined>;
}

const WORDS = 'words';
const metadata = z.object({ target: z.string(), carried: z.string().max(100).optional() });

/** A form that asks for words only. */
export function wordsForm<S, I>(
  form: Pick<FormOf<S, I>, 'action' | 'title' | 'submit' | 'carry' | 'check' | 'tried'> & {
    label: string;
    hint: string;
    lead?: (subject: S) => KnownBlock[];
  },
  intent: (words: string, given: Given) => I,
): FormOf<S, I> {
  return {
    ...form,
    blocks: (subject) => [...(form.lead?.(subject) ?? []), wordsInput(WORDS, form.label), context(form.hint)],
    intent: (values, given) => intent(parseWords(values, WORDS), given),
  };
}

/** Hears the buttons and the submissions of these forms about changes. */
export function listenToForms(world: World, listen: Listen, forms: readonly StepForm[]): void {
  listenToFormsAbout(world, listen, forms, {
    find: (value) => changeOf(world, value),
    ...aboutChanges(world),
  });
}

/**
 * Hears the buttons and the submissions of these forms.
 * @param which whether a feature opens them in its own way
 */
export function listenToFormsAbout<S, I>(
  world: World,
  { button, submit }: Listen,
  forms: readonly FormOf<S, I>[],
  about: About<S, I>,
  which: 'all' | 'submissions only' = 'all',
): void {
  for (const form of forms) {
    if (which === 'all')
      button(form.action, async ({ by, value, open }) => {
        const [subject, target] = [await about.find(value), String(value)];
        const chosen = readTarget(target).part;
        await openForm(world, { by, open }, form, about, subject, target, () => ({
          ...(chosen && { chosen }),
        }));
      });
    submit(`${form.action}-form`, async ({ by, metadata: text, values, viewId }) => {
      const { target, carried } = readCarried(metadata, text);
      const { id, seen } = readTarget(target);
      const given = { seen, viewId, ...(carried !== undefined && { carried }) };
      return about.give(id, form.intent(values, given, await about.find(target)), by);
    });
  }
}

/**
 * Opens the form of a step of a change.
 * @param target what the pressed button carried
 */
export function openStepForm(
  world: World,
  caller: Pick<Caller, 'by' | 'open'>,
  form: StepForm,
  change: Change,
  target: string,
  more: (facts: Facts) => More = () => ({}),
): Promise<void> {
  return openForm(world, caller, form, aboutChanges(world), change, target, more);
}

/** Opens a form about anything. */
export async function openForm<S, I>(
  world: World,
  { by, open }: Pick<Caller, 'by' | 'open'>,
  form: FormOf<S, I>,
  about: Omit<About<S, I>, 'find'>,
  subject: S,
  target: string,
  more: (facts: Facts) => More = () => ({}),
): Promise<void> {
  const facts = about.facts ? await about.facts(subject) : await loadFacts(world);
  await recordedAttempt(
    () => form.check?.(subject, by, facts, world.clock.now()),
    async () => form.tried && about.give(readTarget(target).id, form.tried(subject), by),
  );
  const holders = [...facts.holders.values()].flat().map(({ person }) => person);
  const names = await namesOf(world.db, holders);
  await open(drawFormAbout(form, subject, about.nameOf(subject), { target, by }, facts, names, more(facts)));
}

/** Around a change, its window. */
function aboutChanges(world: World): Omit<About<Change, Intent>, 'find'> {
  return {
    nameOf: nameOfChange,
    facts: (change) => factsAbout(world, change),
    async give(id, intent, by) {
      await handle(world, id, intent, by);
      return undefined;
    },
  };
}

const nameOfChange = (change: Change) => `*${nameOf(change)}*`;

/** What a form that was asked for by a word has besides: what a card would have shown, and words said already. */
export interface More {
  shown?: readonly KnownBlock[];
  said?: string;
  /** The value of a choice that the word or the button has made already. */
  chosen?: string;
}

/** @param target what the pressed button carried */
export function drawStepForm(
  form: StepForm,
  change: Change,
  opened: { target: string; by: PersonId },
  facts: Facts,
  names: Names,
): ModalView {
  return drawFormAbout(form, change, nameOfChange(change), opened, facts, names);
}

/** @param name of what it is about; @param target what the pressed button carried */
export function drawFormAbout<S, I>(
  form: FormOf<S, I>,
  subject: S,
  name: string,
  { target, by }: { target: string; by: PersonId },
  facts: Facts,
  names: Names,
  { shown = [], said = '', chosen }: More = {},
): ModalView {
  const carried = form.carry?.(subject, by, facts);
  return {
    type: 'modal',
    callback_id: `${form.action}-form`,
    private_metadata: JSON.stringify({ target, ...(carried !== undefined && { carried }) }),
    title: label(form.title),
    submit: label(form.submit),
    close: label('Back'),
    blocks: [
      section(name),
      ...shown,
      ...form.blocks(subject, facts, names, by).map((block) => filledIn(block, said, chosen)),
    ],
  };
}

/** The field for words with those that were said already, or a choice that is made. */
function filledIn(block: KnownBlock, said: string, chosen: string | undefined): KnownBlock {
  if (block.type !== 'input') return block;
  const { element } = block;
  if (element.type === 'plain_text_input' && block.block_id === WORDS && said)
    return { ...block, element: { ...element, initial_value: cut(said, LONGEST.text) } };
  const option = element.type === 'radio_buttons' && element.options.find(({ value }) => value === chosen);
  return option ? { ...block, element: { ...element, initial_option: option } } : block;
}
