import type { Screen } from '../../change/draft.ts';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import type { Writing, Written } from '../../engine/drafts.ts';
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

/** Whether the screen from which something came is still the draft's, and the draft still one. */
export function isStillThere({ draft, change }: Written, { writing, state }: Filling): boolean {
  if (state.short && !draft.from) return false; // what it would say without its template is not what it said
  return Boolean(change) === writing.editing && (draft.updatedAt === 0 || draft.step === state.step);
}

/** @throws {Refusal} when it has been submitted from another window */
export function checkStillThere({ change }: Written, { writing }: Filling): void {
  if (Boolean(change) === writing.editing) return;
  const sentence = change
    ? `This has been filed already: it is ${change.number}.`
    : 'There is no such change. Try `/change list`.';
  throw new Refusal('not now', sentence);
}
