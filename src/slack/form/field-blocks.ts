import type { InputBlock, KnownBlock } from '@slack/types';
import { hintOf, labelOf } from '../../change/proposal.ts';
import type { Proposal } from '../../change/types.ts';
import { FIELDS, type FieldId } from '../../policy/fields.ts';
import { type Category, choicesFrom, type Policy } from '../../policy/schema.ts';
import { header } from '../blocks/blocks.ts';
import { fieldElement } from '../blocks/field-element.ts';
import { label } from '../blocks/inputs.ts';
import { assessmentInputs } from './assessment-inputs.ts';
import { riskInputs } from './risk-inputs.ts';

/** What the inputs of a form are drawn from. */
export interface Filled {
  category: Category;
  /** What the fields hold. */
  proposal: Proposal;
  /** What is shown below a field. */
  below?: Partial<Record<FieldId, KnownBlock[]>>;
}

/**
 * The inputs of these fields, under the headings of the guide's template.
 * @param fields in the order of the template; those that the policy gives nothing to choose from are left out
 * @param title of the screen, which a first section with whose name it begins need not repeat
 */
export function fieldBlocks(
  policy: Policy,
  filled: Filled,
  fields: readonly FieldId[],
  title = '',
): KnownBlock[] {
  let heading = title;
  return fields
    .filter((field) => canBeAsked(policy, field))
    .flatMap((field) => {
      const { section: name } = FIELDS[field];
      const isSaid = heading === title ? title.startsWith(name) : heading === name;
      const head = isSaid || name === 'Summary' ? [] : [header(name)];
      heading = name;
      return [...head, ...inputs(policy, filled, field), ...(filled.below?.[field] ?? [])];
    });
}

/** Slack refuses a list without choices, and a company may have none to choose from. */
function canBeAsked(policy: Policy, field: FieldId): boolean {
  const definition = FIELDS[field];
  return definition.kind !== 'choices' || Object.keys(choicesFrom(policy, definition.from)).length > 0;
}

function inputs(policy: Policy, filled: Filled, field: FieldId): KnownBlock[] {
  const required = policy.categories[filled.category].required.includes(field);
  switch (FIELDS[field].kind) {
    case 'risk':
      return riskInputs(policy, filled);
    case 'assessment':
      return assessmentInputs(policy, filled.proposal.assessment ?? {}, required);
    default:
      return [input(policy, filled, field, required)];
  }
}

function input(
  policy: Policy,
  { category, proposal }: Filled,
  field: FieldId,
  required: boolean,
): InputBlock {
  const hint = hintOf(policy, category, field);
  return {
    type: 'input',
    block_id: field,
    optional: !required,
    label: label(labelOf(policy, category, field)),
    ...(hint && { hint: label(hint) }),
    element: fieldElement(policy, field, proposal),
  };
}
