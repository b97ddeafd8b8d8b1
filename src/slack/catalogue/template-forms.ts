import type { InputBlock, KnownBlock } from '@slack/types';
import { mayVary } from '../../catalogue/decide-proposal.ts';
import type { Content, Template, TemplateIntent } from '../../catalogue/types.ts';
import type { Change } from '../../change/types.ts';
import { FIELD_IDS, FIELDS, type FieldId, type FieldKind, LONGEST } from '../../policy/fields.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, section } from '../blocks/blocks.ts';
import { fits } from '../blocks/fit.ts';
import { cut } from '../blocks/format.ts';
import { label, MOST_OPTIONS, option, wordsInput } from '../blocks/inputs.ts';
import { parseChoices, parseForm, parseMinutes, parseWords, type StateValues } from '../blocks/parse-form.ts';
import { fieldBlocks } from '../form/field-blocks.ts';
import { type FormOf, wordsForm } from '../step-form.ts';
import { CATALOGUE } from './template-buttons.ts';
import { labelsOf, templateStatus } from './template-words.ts';

type TemplateForm = FormOf<Template, TemplateIntent>;

/** What is done to a template with words alone. */
export const TEMPLATE_WORDS: readonly TemplateForm[] = [
  wordsForm(
    {
      ...{ action: CATALOGUE.reject, title: 'Reject', submit: 'Reject', label: 'Why?' },
      hint: 'Whoever proposed it reads this and acts on it.',
    },
    (words, { seen }) => ({ type: 'Vote', verdict: 'reject', seen, words }),
  ),
  wordsForm(
    {
      ...{ action: CATALOGUE.abstain, title: 'Abstain', submit: 'Abstain', label: 'Why?' },
      hint: 'It stands in the record beside your vote.',
    },
    (words, { seen }) => ({ type: 'Vote', verdict: 'abstain', seen, words }),
  ),
  wordsForm(
    {
      ...{ action: CATALOGUE.reinstate, title: 'Reinstate', submit: 'Reinstate' },
      ...{ label: 'Why may it be used again?', hint: 'Its owner and the thread in the channel are told.' },
      lead: (template) => [section(templateStatus(template))],
    },
    (words) => ({ type: 'Reinstate', words }),
  ),
  wordsForm(
    {
      ...{
        action: CATALOGUE.retire,
        title: 'Retire',
        submit: 'Retire',
        label: 'Why is it no longer to be used?',
      },
      hint: 'Nothing can be filed from it any more, for good. What was filed from it goes on.',
    },
    (words) => ({ type: 'Retire', words }),
  ),
];

/** A change that went well, as an example for others (guide, "Standard Changes"). */
export function proposeForm(policy: Policy): FormOf<Change, TemplateIntent> {
  return {
    ...{ action: CATALOGUE.propose, title: 'For the catalogue', submit: 'Propose' },
    blocks: ({ proposal }) => {
      const { startsAt, endsAt } = proposal;
      const minutes = startsAt !== undefined && endsAt !== undefined ? { minutes: 0 } : {};
      return [
        section(
          'It went well, so others can do the same without being asked anew each time, once the board agrees to it.',
        ),
        nameInput(proposal.title ?? ''),
        whenInput(''),
        ...variesInput(policy, { proposal, ...minutes }, []),
      ];
    },
    carry: ({ id }) => id,
    intent: (values, { carried = '' }) => ({ type: 'Propose', change: carried, ...named(values) }),
  };
}

/** Another text of a template, for the board to approve. */
export function reviseForm(policy: Policy): TemplateForm {
  return {
    ...{ action: CATALOGUE.revise, title: 'Propose a new version', submit: 'Propose' },
    blocks(template) {
      const content = lastOf(template);
      const blocks = [
        section(
          `${templateStatus(template)}\nThe board decides on what you alter here. Until then all stays as it is.`,
        ),
        nameInput(content.title),
        whenInput(content.use),
        ...(content.minutes === undefined ? [] : [minutesInput(content.minutes)]),
        ...variesInput(
          policy,
          content,
          FIELD_IDS.filter((field) => !content.locked.includes(field)),
        ),
      ];
      return [...blocks, ...asManyAsFit(policy, content, blocks)];
    },
    intent(values, _, template) {
      const content = lastOf(template);
      const { fields, proposal } = parseForm(policy, values);
      const others = Object.entries(content.proposal).filter(([id]) => !fields.some((field) => field === id));
      const minutes = parseMinutes(values, 'minutes') ?? content.minutes;
      return {
        type: 'Revise',
        content: {
          ...named(values),
          proposal: { ...Object.fromEntries(others), ...proposal },
          ...(minutes !== undefined && { minutes }),
        },
      };
    },
  };
}

function lastOf(template: Template): Content {
  const last = template.versions.at(-1);
  if (!last) throw new Error(`${template.id} has no version`);
  return last.content;
}

/** What both forms ask. */
function named(values: StateValues): Pick<Content, 'title' | 'use' | 'locked'> {
  const varies = parseChoices(values, 'varies');
  return {
    title: cut(parseWords(values, 'name'), LONGEST.line),
    use: parseWords(values, 'use'),
    // The rules leave out what is empty.
    locked: FIELD_IDS.filter((field) => !varies.includes(field)),
  };
}

function nameInput(initial: string): InputBlock {
  const held = initial ? { initial_value: cut(initial, LONGEST.line) } : {};
  return {
    ...{ type: 'input', block_id: 'name', label: label('What is it called in the catalogue?') },
    hint: label('For all changes of this sort, without what is particular to one'),
    element: { type: 'plain_text_input', action_id: 'name', max_length: LONGEST.line, ...held },
  };
}

function whenInput(initial: string): InputBlock {
  return wordsInput('use', 'When may it be used, and when not?', false, initial);
}

function minutesInput(initial: number): InputBlock {
  return {
    ...{
      type: 'input',
      block_id: 'minutes',
      label: label('How many minutes does it take, from start to end?'),
    },
    element: {
      ...{ type: 'number_input', action_id: 'minutes', is_decimal_allowed: false },
      ...{ min_value: '1', max_value: '999999', initial_value: String(initial) },
    },
  };
}

/** Which fields stay open: so few that filing from it is short. All others are fixed. */
function variesInput(
  policy: Policy,
  content: Pick<Content, 'proposal' | 'minutes'>,
  chosen: readonly FieldId[],
): KnownBlock[] {
  const { fields, particular, most } = mayVary(policy, content);
  const always = `${labelsOf(policy, particular)} ${particular.length === 1 ? 'is' : 'are'} typed each time. All else is fixed as the board approves it, and nobody can alter it when they file.`;
  const options = fields.slice(0, MOST_OPTIONS).map((field) => option(field, FIELDS[field].label));
  if (most === 0 || options.length === 0) return [context(always)];
  const initial = options.filter(({ value }) => chosen.some((field) => field === value)).slice(0, most);
  return [
    {
      ...{ type: 'input', block_id: 'varies', optional: true, label: label('What else differs each time?') },
      hint: label(most === 1 ? 'One field at most' : `${most} fields at most`),
      element: {
        ...{ type: 'multi_static_select', action_id: 'varies', options, max_selected_items: most },
        ...(initial.length > 0 && { initial_options: initial }),
      },
    },
    context(always),
  ];
}

/** Of its fields those that are plain to type; a risk that the board judged, and an assessment, stay as they are. */
const TYPED: ReadonlySet<FieldKind> = new Set(['line', 'text', 'link', 'minutes', 'yesNo', 'choices']);
const MOST_BLOCKS = 95;

/** As many fields as Slack takes in one form; the others stay as they are. */
function asManyAsFit(policy: Policy, { proposal }: Content, before: KnownBlock[]): KnownBlock[] {
  const filled = FIELD_IDS.filter((field) => proposal[field] !== undefined && TYPED.has(FIELDS[field].kind));
  for (let n = filled.length; n > 0; n--) {
    const blocks = fieldBlocks(policy, { category: 'standard', proposal }, filled.slice(0, n));
    if (before.length + blocks.length <= MOST_BLOCKS && fits([...before, ...blocks])) return blocks;
  }
  return [];
}
