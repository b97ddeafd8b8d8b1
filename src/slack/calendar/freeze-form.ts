import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Instant } from '../../change/types.ts';
import type { Declaration } from '../../freeze/types.ts';
import { CATEGORIES, type Category, choicesFrom, type Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { label, option, timeInput } from '../blocks/inputs.ts';
import {
  parseChoice,
  parseChoices,
  parseInstant,
  parseWords,
  type StateValues,
} from '../blocks/parse-form.ts';

export const FREEZE_FORM = 'freeze-form';

/** What fits, with everything else, into the metadata of the form that confirms it. */
const MOST = { systems: 20, environments: 10, reason: 400 } as const;

const KINDS: Record<Declaration['kind'], [title: string, description: string]> = {
  hard: ['Freeze', 'Nothing is carried out'],
  soft: ['Soft freeze', 'A second person may let a change in, with a reason'],
  stop: ['Stop the line', 'Now, also for what is scheduled'],
};

/** The form in which a freeze is declared, or altered: then it holds what that one says. */
export function freezeForm(
  policy: Policy,
  id: string,
  kinds: readonly Declaration['kind'][],
  freeze?: Declaration & { seq: number },
): ModalView {
  const options = kinds.map((kind) => ({
    ...option(kind, KINDS[kind][0]),
    description: label(KINDS[kind][1]),
  }));
  const initial = options.find(({ value }) => value === freeze?.kind);
  const scope = freeze?.scope;
  return {
    type: 'modal',
    callback_id: FREEZE_FORM,
    private_metadata: JSON.stringify({ id, seen: freeze?.seq }),
    title: label(freeze ? 'Alter the freeze' : 'Declare a freeze'),
    submit: label('Next'),
    close: label('Back'),
    blocks: [
      {
        ...{ type: 'input', block_id: 'kind', label: label('Kind') },
        element: {
          ...{ type: 'radio_buttons', action_id: 'kind', options },
          ...(initial && { initial_option: initial }),
        },
      },
      timeInput('startsAt', 'From', 'Empty: from now on', freeze?.startsAt),
      timeInput('endsAt', 'Until', undefined, freeze?.endsAt),
      chooseInput('systems', 'Systems', choicesFrom(policy, 'systems'), MOST.systems, scope?.systems),
      chooseInput(
        'environments',
        'Environments',
        policy.environments,
        MOST.environments,
        scope?.environments,
      ),
      categoriesInput(policy, scope?.categories),
      {
        ...{ type: 'input', block_id: 'words', label: label('Why') },
        element: {
          ...{ type: 'plain_text_input', action_id: 'words', multiline: true, max_length: MOST.reason },
          ...(freeze && { initial_value: freeze.reason }),
        },
      },
      context('On the next screen you see every change that it would hold, before anything happens.'),
    ],
  };
}

/** What somebody said in it; what is missing is for the rules to miss. */
export function parseFreeze(policy: Policy, values: StateValues, now: Instant): Declaration {
  const chosen = parseChoice(values, 'kind');
  const known = (block: 'systems' | 'environments') => {
    const ids = Object.keys(choicesFrom(policy, block));
    return parseChoices(values, block).filter((id) => ids.includes(id));
  };
  const ticked = CATEGORIES.filter((id) => parseChoices(values, 'categories').includes(id));
  return {
    kind: chosen === 'soft' || chosen === 'stop' ? chosen : 'hard',
    startsAt: parseInstant(values, 'startsAt') ?? now,
    endsAt: parseInstant(values, 'endsAt') ?? 0,
    reason: parseWords(values, 'words').slice(0, MOST.reason),
    scope: {
      systems: known('systems'),
      environments: known('environments'),
      categories: ticked.length === CATEGORIES.length ? [] : ticked,
    },
  };
}

/** None chosen is all of them. */
function chooseInput(
  block: string,
  text: string,
  list: Readonly<Record<string, string>>,
  most: number,
  chosen: readonly string[] = [],
): InputBlock {
  const options: PlainTextOption[] = Object.entries(list).map(([id, title]) => option(id, title));
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return {
    ...{
      type: 'input',
      block_id: block,
      optional: true,
      label: label(text),
      hint: label('None chosen: all of them'),
    },
    element: {
      ...{ type: 'multi_static_select', action_id: block, options, max_selected_items: most },
      ...(initial.length > 0 && { initial_options: initial }),
    },
  };
}

/** Emergencies are let through, unless somebody ticks them too. */
function categoriesInput(policy: Policy, chosen?: readonly Category[]): InputBlock {
  const options = CATEGORIES.map((id) => option(id, policy.categories[id].title));
  const ticked =
    chosen && chosen.length > 0 ? chosen : chosen ? CATEGORIES : (['standard', 'normal'] as const);
  const initial = options.filter(({ value }) => ticked.some((id) => id === value));
  return {
    ...{ type: 'input', block_id: 'categories', optional: true, label: label('Categories') },
    element: { type: 'checkboxes', action_id: 'categories', options, initial_options: initial },
  };
}
