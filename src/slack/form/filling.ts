import type { Screen } from '../../change/draft.ts';
import type { PersonId } from '../../change/types.ts';
import type { Writing } from '../../engine/drafts.ts';
import type { Policy } from '../../policy/schema.ts';
import { parseCategory, parseForm, parseWords, type StateValues } from '../blocks/parse-form.ts';
import { readCarried } from '../ids.ts';
import { ANSWER } from './answer-blocks.ts';
import { FORM, type FormState, formState } from './form-state.ts';

/** A form as somebody fills it in: whose draft it is, how it was drawn, and what this screen of it holds. */
export interface Filling {
  state: FormState;
  writing: Writing;
  screen: Screen;
}

/** @throws {ZodError} for a form that Docket did not draw */
export function filling(
  policy: Policy,
  sent: { by: PersonId; callback: string; metadata: string; values: StateValues },
): Filling {
  const { by, callback, metadata, values } = sent;
  const state = readCarried(formState, metadata);
  const category = parseCategory(values) ?? state.category;
  const words = values[ANSWER] && parseWords(values, ANSWER);
  return {
    state,
    writing: { id: state.id, by, category, editing: callback === FORM.edit },
    screen: {
      ...{ category, step: state.step, ...parseForm(policy, values) },
      ...(words !== undefined && { words }),
    },
  };
}
