import { type Placed, placedElements, textOf, VALUE_FIELD } from './elements.ts';
import { type Given, valueFor } from './hand-value.ts';
import { type Obj, obj, objs, str } from './json.ts';
import type { ActResult, Deed, OpenView, Snapshot } from './protocol.ts';
import { readable } from './readable.ts';

/** An open modal or home in somebody's hand. Every look sees it as it is now. */
export interface Form {
  id: string;
  title(): string;
  /** Everything there is to read. */
  text(): string;
  /** Labels of all fields, in order. */
  labels(): string[];
  /** What the field with that label holds. */
  value(label: string): unknown;
  /** Fills fields by their labels: options and people by name, date-times in seconds since 1970, null empties. */
  fill(values: Record<string, Given>): Promise<void>;
  /** Presses the button with those words; `near` chooses among several the first at or after that text. */
  press(button: string, near?: string): Promise<ActResult>;
  submit(): Promise<Submitted>;
  /** What its button to send it says; empty if it has none. */
  submitLabel(): string;
  close(): Promise<ActResult>;
  /** What is written beside fields, by label. */
  errors(): Record<string, string>;
}

/** How a form took its being sent. `errors` by label. */
export interface Submitted {
  outcome: 'closed' | 'updated' | 'pushed' | 'errors' | 'trouble';
  errors: Record<string, string>;
  trouble?: string;
}

/** What a form needs of the hand that holds it. */
interface Holder {
  snapshot(): Snapshot;
  act(deed: Deed): Promise<ActResult>;
}

/** The words by which a person finds a field: its label, else the text beside it, else what stands inside. */
function labelOf({ block, element }: Placed): string {
  if (block.type === 'input') return textOf(block.label);
  const beside = block.type === 'section' ? readable([{ type: 'section', text: block.text }]) : '';
  return beside || textOf(element.placeholder) || str(element.action_id);
}

export function placedIn(blocks: readonly unknown[]): Placed[] {
  return placedElements(objs([...blocks]));
}

/**
 * The button, or the entry of an overflow menu, with those words.
 * @throws when there is none
 */
export function findButton(
  blocks: readonly unknown[],
  words: string,
  near = '',
): Placed & { value?: Obj & { type: string } } {
  const all = objs([...blocks]);
  const start = Math.max(
    0,
    all.findIndex((block) => readable([block]).includes(near)),
  );
  const placed = placedElements(all.slice(start));
  const button = placed.find(({ element }) => element.type === 'button' && textOf(element.text) === words);
  if (button) return button;
  for (const one of placed.filter(({ element }) => element.type === 'overflow')) {
    const option = objs(one.element.options).find(({ text }) => textOf(text) === words);
    if (option) return { ...one, value: { type: 'overflow', selected_option: option } };
  }
  throw new Error(`There is no button "${words}" in:\n${readable(all)}`);
}

/** Takes hold of the view with that id. */
export function holdForm(holder: Holder, id: string): Form {
  const view = (): OpenView => {
    const { modals, home } = holder.snapshot();
    const found = [...modals, ...(home ? [home] : [])].find((one) => one.id === id);
    if (!found) throw new Error('That form is no longer open.');
    return found;
  };
  const fields = () => placedIn(view().blocks).filter(({ element }) => str(element.type) in VALUE_FIELD);
  const field = (label: string) => {
    const found = fields().find((one) => labelOf(one) === label);
    if (!found) throw new Error(`There is no field "${label}" among: ${fields().map(labelOf).join(', ')}`);
    return found;
  };
  const errors = () => {
    const byBlock = view().errors;
    const labelled = fields().map((one) => [labelOf(one), byBlock[one.blockId] ?? ''] as const);
    return Object.fromEntries(labelled.filter(([, error]) => error !== ''));
  };

  async function fillOne(label: string, given: Given): Promise<void> {
    const { block, blockId, actionId, element } = field(label);
    const value = valueFor(element, given, holder.snapshot());
    const where = { blockId, actionId, value };
    const result =
      block.type === 'input'
        ? await holder.act({ verb: 'input', viewId: id, ...where, enter: tellsOnEnter(element) })
        : await holder.act({ verb: 'press', place: { kind: 'view', viewId: id }, ...where });
    if (!result.ok) throw new Error(`"${label}" could not be filled: ${result.error}`);
  }

  async function submit(): Promise<Submitted> {
    const depth = holder.snapshot().modals.length;
    const result = await holder.act({ verb: 'submit', viewId: id });
    const { modals } = holder.snapshot();
    const still = modals.some((one) => one.id === id);
    if (!result.ok) return { outcome: 'trouble', errors: {}, trouble: result.error };
    if (!still) return { outcome: 'closed', errors: {} };
    const shown = errors();
    if (Object.keys(shown).length > 0) return { outcome: 'errors', errors: shown };
    return { outcome: modals.length > depth ? 'pushed' : 'updated', errors: {} };
  }

  return {
    id,
    title: () => view().title,
    text: () => {
      const { title, blocks, values, submit: send, close: leave, errors: said } = view();
      const buttons = [send, leave].flatMap((words) => (words ? [`[${words}]`] : []));
      const body = readable(blocks, { values, nameOf: namesIn(holder.snapshot()) });
      return [title, body, ...Object.values(said), ...buttons].filter((line) => line !== '').join('\n');
    },
    labels: () => fields().map(labelOf),
    value: (label) => {
      const { blockId, actionId, element } = field(label);
      return obj(view().values[blockId]?.[actionId])[VALUE_FIELD[str(element.type)] ?? ''];
    },
    fill: async (values) => {
      for (const [label, given] of Object.entries(values)) await fillOne(label, given);
    },
    press: async (words, near) => {
      const { blockId, actionId, value } = findButton(view().blocks, words, near);
      const place = { kind: 'view' as const, viewId: id };
      return holder.act({ verb: 'press', place, blockId, actionId, ...(value && { value }) });
    },
    submit,
    submitLabel: () => view().submit ?? '',
    close: () => holder.act({ verb: 'close', viewId: id }),
    errors,
  };
}

/** Whether a text field tells the app on Enter and not at each letter, so that filling it ends with Enter. */
function tellsOnEnter(element: Obj): boolean {
  const on = obj(element.dispatch_action_config).trigger_actions_on;
  return !Array.isArray(on) || !on.includes('on_character_entered');
}

/** Names of people and channels by id. */
export function namesIn(seen: Snapshot): (id: string) => string | undefined {
  const names = new Map([
    ...seen.conversations.map(({ id, name }) => [id, name] as const),
    ...seen.people.map(({ id, realName }) => [id, realName] as const),
  ]);
  return (id) => names.get(id);
}
