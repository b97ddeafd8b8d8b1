import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { voidedSoFar } from '../../change/decide/edit.ts';
import { askedEachTime } from '../../change/from-template.ts';
import { policyTemplates } from '../../engine/starting-points.ts';
import type { FieldId } from '../../policy/fields.ts';
import { CATEGORIES, type Category, fieldsOf, type Policy } from '../../policy/schema.ts';
import { suffixed } from '../blocks/block-id.ts';
import { buttons, context, header, section } from '../blocks/blocks.ts';
import { askedAgain, count, cut } from '../blocks/format.ts';
import { label, option } from '../blocks/inputs.ts';
import { WHEN } from '../calendar/written-window.ts';
import { answerBlocks } from './answer-blocks.ts';
import { type Filled, fieldBlocks } from './field-blocks.ts';
import { FORM, type FormState, MOVE, type Shown, START } from './form-state.ts';
import { fieldsAt, stepsOf } from './form-steps.ts';
import { fixedBlocks, followed, letGoButton, templateLead } from './from-template-blocks.ts';
import { freezeBlocks, timeBlocks, writtenInput } from './time-blocks.ts';

/** One screen of a form, or all of a form that needs no more: what the category asks, in the guide's order. */
export function drawForm(policy: Policy, shown: Shown): ModalView {
  const { draft, change, state, lead = [] } = shown;
  const { category } = draft;
  const short = change ? undefined : draft.from;
  const step = short ? undefined : stepsOf(policy, category)[state.step];
  const from = followed(draft, change);
  // In steps it is said on the last one.
  const voided = step ? [] : voidedSoFar(policy, draft, change);
  const drawn = { ...shown, state: { ...state, voids: voided.length } };
  return frame(policy, drawn, step ? (state.jumped ? 'Done' : 'Next') : undefined, [
    ...lead,
    ...(step ? [] : answerBlocks(change, draft.words)),
    ...savedLine(state),
    ...(state.step === 0 && !change && !short
      ? [categoryInput(policy, category), ...startInput(policy, shown)]
      : []),
    ...(from ? templateLead(from, short) : []),
    ...(step ? [header(step.title)] : []),
    ...fieldBlocks(
      policy,
      { ...draft, below: { ...belowDates(policy, shown), ...belowSystems(policy, shown) } },
      fieldsHere(policy, shown),
      step?.title,
    ),
    ...(from ? fixedBlocks(policy, from, draft.proposal, short) : []),
    ...(short ? letGoButton(MOVE.letGo) : back(shown)),
    ...(voided.length > 0 ? [section(askedAgain(voided))] : []),
  ]);
}

/**
 * Below the last date that a screen asks for: a field to write it in words, which the short form of the catalogue does
 * without; how that was read; and what stands against that time.
 */
function belowDates(policy: Policy, shown: Shown): NonNullable<Filled['below']> {
  const { time, reading = [] } = shown;
  const last = fieldsHere(policy, shown).findLast((field) => DATES.has(field));
  if (!last) return {};
  const checked = time ? timeBlocks(time, policy, MOVE.takeWindow) : [];
  const short = shown.draft.from && !shown.change;
  return { [last]: [...(short ? [] : [writtenInput()]), ...reading, ...checked] };
}

function belowSystems(policy: Policy, { frozen }: Shown): NonNullable<Filled['below']> {
  return frozen ? { systems: freezeBlocks(frozen, policy) } : {};
}

const DATES: ReadonlySet<FieldId> = new Set(['startsAt', 'endsAt']);

/** Whether a form now asks when: then it says what stands against that time. */
export function asksWhen(policy: Policy, shown: Shown): boolean {
  return fieldsHere(policy, shown).some((field) => DATES.has(field));
}

/** Whether a form asks what a change touches that has no window: then it says which freezes hold that now. */
export function asksWhatNow(policy: Policy, shown: Shown): boolean {
  return !hasWindow(policy, shown.draft.category) && fieldsHere(policy, shown).includes('systems');
}

/** Whether a category asks for a window at all. */
export function hasWindow(policy: Policy, category: Category): boolean {
  return fieldsOf(policy, category).includes('startsAt');
}

/** The fields that one screen asks; what a template fixes is shown as text instead. */
function fieldsHere(policy: Policy, { draft, change, state }: Shown): FieldId[] {
  if (draft.from && !change) return askedEachTime(policy, draft.from);
  const locked = followed(draft, change)?.locked ?? [];
  return fieldsAt(policy, draft.category, state.step).filter((field) => !locked.includes(field));
}

/** What all screens of a form have in common. @param submit what its button says, unless it is the last */
export function frame(
  policy: Policy,
  { draft, change, state }: Shown,
  submit: string | undefined,
  blocks: readonly KnownBlock[],
): ModalView {
  const callback = change ? FORM.edit : FORM.new;
  const last = change ? (change.status === 'returned' ? 'Resubmit' : 'Save') : 'Submit';
  const steps = draft.from ? 0 : stepsOf(policy, draft.category).length;
  const place = steps > 0 ? ` ${Math.min(state.step, steps) + 1}/${steps + 1}` : '';
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: JSON.stringify({ ...state, category: draft.category }),
    title: label(change ? cut(`Edit ${change.number}`, 24) : `New change${place}`),
    submit: label(submit ?? last),
    close: label('Close'),
    blocks: blocks.map((block) => live(callback, state.generation, block)),
  };
}

const TEXTS: ReadonlySet<string> = new Set(['plain_text_input', 'number_input', 'url_text_input']);

/**
 * Every input tells as it is filled in, so that it can be saved. Slack wants every action id once in a view, so
 * an input's is that of its block after the form's own name, by which its feature hears it.
 */
function live(callback: string, generation: number, block: KnownBlock): KnownBlock {
  if (block.type !== 'input') return block;
  const id = block.block_id ?? '';
  // Half a time says another one, or nothing.
  const tells = id === WHEN ? ('on_enter_pressed' as const) : ('on_character_entered' as const);
  const typed = TEXTS.has(block.element.type) && {
    dispatch_action_config: { trigger_actions_on: [tells] },
  };
  const element = { ...block.element, action_id: `${callback}:${id}`, ...typed };
  return { ...block, block_id: suffixed(id, generation), dispatch_action: true, element };
}

/** Says that what is typed is kept, or that it is not. */
export function savedLine({ unsaved, others }: FormState): KnownBlock[] {
  if (unsaved)
    return [
      context(
        '⚠️ *Not saved just now*: my database is in trouble. What you type stays in this window, and I try again as you go on.',
      ),
    ];
  const more = others > 0 ? ` You have ${count(others, 'other draft')} there.` : '';
  return [context(`Saved as you type. \`/change drafts\` brings it back.${more}`)];
}

function categoryInput(policy: Policy, chosen: Category): InputBlock {
  const options = CATEGORIES.map((id) => ({
    ...option(id, policy.categories[id].title),
    description: label(cut(policy.categories[id].summary, 75)),
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

/** What the request may be started from, where there is anything. */
function startInput(policy: Policy, { draft, points }: Shown): InputBlock[] {
  const { category, template } = draft;
  const options = (points ?? policyTemplates({ policy }, category)).map(({ id, title, offer }) =>
    option(id, offer ? `${cut(title, 55)} (catalogue, v${offer.version})` : title),
  );
  if (options.length === 0) return [];
  const initial = options.find(({ value }) => value === template);
  return [
    {
      type: 'input',
      block_id: START,
      optional: true,
      label: label('Start from'),
      hint: label('Fills in what is still empty'),
      element: {
        type: 'static_select',
        action_id: START,
        options,
        ...(initial && { initial_option: initial }),
      },
    },
  ];
}

function back({ state }: Shown): KnownBlock[] {
  if (state.step === 0 && !state.jumped) return [];
  return buttons([{ label: state.jumped ? 'Back to the check' : 'Back', action: MOVE.back, value: 'back' }]);
}
