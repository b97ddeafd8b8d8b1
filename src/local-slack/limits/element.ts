import { type Check, flag, object, oneOf, type Shape, string } from './checks.ts';
import { confirm, plain } from './parts.ts';

/** What elements have in common. */

/** An element: `action_id` everywhere, `type` fixed, and the fields of its own. */
export function element(type: string, required: Shape, optional: Shape = {}, ...more: Check[]): Check {
  return object({ type: oneOf(type), ...required }, { action_id: string(255), ...optional }, ...more);
}

export const asked: Shape = { confirm };
export const focused: Shape = { focus_on_load: flag };
export const hinted: Shape = { placeholder: plain(150) };
