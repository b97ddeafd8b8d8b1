import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { labelOf } from '../change/proposal.ts';
import { assessRisk } from '../change/risk.ts';
import type { Proposal } from '../change/types.ts';
import { FIELDS, type FieldId } from '../policy/fields.ts';
import { CATEGORIES, type Category, fieldsOf, type Policy } from '../policy/schema.ts';
import { context, header, section } from './blocks.ts';
import { fieldElement } from './field-element.ts';
import { fits } from './fit.ts';
import { cut, escaped } from './format.ts';
import { option } from './inputs.ts';
import { showRisk } from './show-field.ts';

/**
 * Slack wants every action id once in a view, so an input's is that of its block. Those that redraw the form
 * when they are picked begin with the form's own name, so that its feature hears them.
 */
const redraws = (callback: string, block: string) => `${callback}:${block}`;
/** Matches what is picked in a form to have it redrawn. */
export const redrawOf = (callback: string) => new RegExp(`^${callback}:`);
/** The block of one risk question. */
export const riskBlock = (question: string) => `riskAnswers.${question}`;

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
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return {
    type: 'modal',
    callback_id: options.callback,
    private_metadata: options.metadata,
    title: plain(options.title),
    submit: plain(options.submit),
    close: plain('Cancel'),
    blocks: [
      ...(options.lead ?? []),
      ...(options.choosable ? [categoryInput(policy, options)] : []),
      ...fieldBlocks(policy, options),
    ],
  };
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

function categoryInput(policy: Policy, { category: chosen, callback }: FormOptions): InputBlock {
  const options = CATEGORIES.map((id) => ({
    ...option(id, cut(policy.categories[id].title, LONGEST_OPTION)),
    description: { type: 'plain_text' as const, text: cut(policy.categories[id].summary, LONGEST_OPTION) },
  }));
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: 'category',
    dispatch_action: true,
    label: { type: 'plain_text', text: 'Category' },
    element: {
      type: 'radio_buttons',
      action_id: redraws(callback, 'category'),
      options,
      ...(initial && { initial_option: initial }),
    },
  };
}

function fieldBlocks(policy: Policy, options: FormOptions): KnownBlock[] {
  const { category, proposal } = options;
  let heading = '';
  return fieldsOf(policy, category)
    .filter((field) => canBeAsked(policy, field))
    .flatMap((field) => {
      const { section: name, kind } = FIELDS[field];
      const head = name === heading || name === 'Summary' ? [] : [header(name)];
      heading = name;
      const inputs =
        kind === 'risk' ? riskInputs(policy, options) : [input(policy, category, field, proposal)];
      return [...head, ...inputs];
    });
}

/** Slack refuses a list without choices, and a company may have none to choose from. */
function canBeAsked(policy: Policy, field: FieldId): boolean {
  const definition = FIELDS[field];
  return definition.kind !== 'choices' || Object.keys(policy[definition.from]).length > 0;
}

function riskInputs(policy: Policy, { category, proposal, callback }: FormOptions): KnownBlock[] {
  const questions = Object.entries(policy.risk.questions).map(([id, { ask, answers }]): InputBlock => {
    const options = Object.entries(answers).map(([value, { label }]) => option(value, label));
    const initial = options.find(({ value }) => value === proposal.riskAnswers?.[id]);
    return {
      type: 'input',
      block_id: riskBlock(id),
      dispatch_action: true,
      label: { type: 'plain_text', text: ask },
      element: {
        type: 'static_select',
        action_id: redraws(callback, riskBlock(id)),
        options,
        ...(initial && { initial_option: initial }),
      },
    };
  });
  return [...questions, riskSoFar(policy, category, proposal)];
}

/** The risk as answered so far, with the reason for every point. */
function riskSoFar(policy: Policy, category: Category, proposal: Proposal): KnownBlock {
  const answered = Object.keys(proposal.riskAnswers ?? {}).length;
  const open = Object.keys(policy.risk.questions).length - answered;
  if (answered === 0) return context('The risk is worked out from these answers.');
  const risk = assessRisk(policy, category, proposal);
  const so = open > 0 ? `*${showRisk(risk)}* so far` : `*${showRisk(risk)}*`;
  return section([so, ...risk.reasons.map((reason) => `• ${escaped(reason)}`)].join('\n'));
}

function input(policy: Policy, category: Category, field: FieldId, proposal: Proposal): InputBlock {
  const definition = FIELDS[field];
  const hint = 'hint' in definition ? definition.hint : undefined;
  return {
    type: 'input',
    block_id: field,
    optional: !policy.categories[category].required.includes(field),
    label: { type: 'plain_text', text: labelOf(policy, category, field) },
    ...(hint && { hint: { type: 'plain_text', text: hint } }),
    element: fieldElement(policy, field, proposal),
  };
}
