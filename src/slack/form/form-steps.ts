import { FIELDS, type FieldId } from '../../policy/fields.ts';
import { type Category, fieldsOf, type Policy } from '../../policy/schema.ts';

/** One screen of a form in steps. */
export interface FormStep {
  title: string;
  fields: FieldId[];
}

/** A form with more fields than this goes in steps: so many can still be looked through without losing one's place. */
const COMFORTABLE = 16;

/** Which sections of the guide's template stand on which screen; what is in none of them stands on the last. */
const SCREENS: readonly { title: string; sections: readonly string[] }[] = [
  { title: 'What and why', sections: ['Summary', 'Details'] },
  { title: 'Impact', sections: ['Impact'] },
  { title: 'Risk and testing', sections: ['Risk', 'Testing'] },
  { title: 'Implementation and rollback', sections: ['Implementation', 'Rollback'] },
];

/** The screens that a category's form has before its last one, which checks them; none if one screen will do. */
export function stepsOf(policy: Policy, category: Category): FormStep[] {
  const fields = fieldsOf(policy, category);
  if (fields.length <= COMFORTABLE) return [];
  return SCREENS.map(({ title, sections }) => ({
    title,
    fields: fields.filter((field) => sections.includes(FIELDS[field].section)),
  })).filter((step) => step.fields.length > 0);
}

/** The fields of the last screen of a form in steps, or of the only one. */
export function lastFields(policy: Policy, category: Category): FieldId[] {
  const before = stepsOf(policy, category).flatMap(({ fields }) => fields);
  return fieldsOf(policy, category).filter((field) => !before.includes(field));
}

/** The fields of the screen at `step`, from 0. */
export function fieldsAt(policy: Policy, category: Category, step: number): FieldId[] {
  return stepsOf(policy, category)[step]?.fields ?? lastFields(policy, category);
}
