import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Proposal } from '../change/types.ts';
import { CATEGORIES, type Category, fieldsOf, type Policy } from '../policy/schema.ts';
import { fieldBlocks } from './field-blocks.ts';
import { fits } from './fit.ts';
import { cut } from './format.ts';
import { label, option } from './inputs.ts';

/** Matches what is picked in a form to have it redrawn. */
export const redrawOf = (callback: string) => new RegExp(`^${callback}:`);

/** The inputs whose answer changes what the form shows: other fields, the risk, a note to write. */
const REDRAWS = /^(category|riskAtLeast|riskAnswers\..+|assessment\.[^.]+)$/;

/** Slack refuses an option with more. */
const LONGEST_OPTION = 75;

export interface FormOptions {
  callback: string;
  title: string;
  submit: string;
  category: Category;
  /** What the fields hold when the form opens. */
  proposal: Proposal;
  /** Carried through the form and back; believed for nothing but which change it is about. */
  metadata: string;
  /** Whether the category can be chosen here. */
  choosable: boolean;
  /** Shown at the top: a question to answer, what needs attention. */
  lead?: KnownBlock[];
}

/** The form of a change request: only what its category asks for, in the order of the guide's template. */
export function drawForm(policy: Policy, options: FormOptions): ModalView {
  const { callback, category } = options;
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: options.metadata,
    title: label(options.title),
    submit: label(options.submit),
    close: label('Cancel'),
    blocks: [
      ...(options.lead ?? []),
      ...(options.choosable ? [categoryInput(policy, options)] : []),
      ...fieldBlocks(policy, options, fieldsOf(policy, category)),
    ].map((block) => dispatching(callback, block)),
  };
}

/**
 * Slack wants every action id once in a view, so an input's is that of its block. Those that redraw the form
 * when they are picked begin with the form's own name, so that its feature hears them.
 */
function dispatching(callback: string, block: KnownBlock): KnownBlock {
  if (block.type !== 'input' || !REDRAWS.test(block.block_id ?? '')) return block;
  const element = { ...block.element, action_id: `${callback}:${block.block_id}` };
  return { ...block, dispatch_action: true, element };
}

/**
 * A form as it is redrawn in its place. Slack keeps there what is typed, so that where all of it is more than a
 * view may hold, the texts need not be sent back.
 */
export function redrawn(view: ModalView): ModalView {
  if (fits(view.blocks)) return view;
  const blocks = view.blocks.map((block) => {
    if (block.type !== 'input' || !('element' in block)) return block;
    const { element } = block;
    return element.type === 'plain_text_input'
      ? { ...block, element: { ...element, initial_value: '' } }
      : block;
  });
  return { ...view, blocks };
}

function categoryInput(policy: Policy, { category: chosen }: FormOptions): InputBlock {
  const options = CATEGORIES.map((id) => ({
    ...option(id, policy.categories[id].title),
    description: label(cut(policy.categories[id].summary, LONGEST_OPTION)),
  }));
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: 'category',
    label: label('Category'),
    element: {
      type: 'radio_buttons',
      action_id: 'category',
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}
