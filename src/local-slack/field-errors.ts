import { placedElements, VALUE_FIELD } from './elements.ts';
import { isObj, type Obj, str } from './json.ts';
import { isFilled, type Values } from './values.ts';

/**
 * What Slack's client itself refuses before a form is sent: required fields, lengths, numbers, addresses.
 * @returns by block id, the sentence beside the field; empty when the form may be sent
 */
export function fieldErrors(blocks: readonly Obj[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, blockId, actionId, element } of placedElements(blocks)) {
    if (block.type !== 'input' || !isObj(element)) continue;
    const value = values[blockId]?.[actionId];
    const problem = isFilled(value)
      ? valueError(element, value?.[VALUE_FIELD[str(element.type)] ?? 'value'])
      : block.optional === true
        ? undefined
        : 'Please complete this required field.';
    if (problem) errors[blockId] = problem;
  }
  return errors;
}

function valueError(element: Obj, value: unknown): string | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return lengthError(element, str(value));
    case 'number_input':
      return numberError(element, str(value));
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(str(value))
        ? undefined
        : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\//i.test(str(value)) && URL.canParse(str(value))
        ? undefined
        : 'Please enter a valid URL.';
    default:
      return countError(element, value);
  }
}

/** Slack's client takes at most 3,000 characters, whatever the app asks for. */
function lengthError(element: Obj, value: string): string | undefined {
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3000);
  if (value.length < least) return `Please use at least ${least} characters.`;
  if (value.length > most) return `Please use no more than ${most} characters.`;
  return undefined;
}

function numberError(element: Obj, value: string): string | undefined {
  const number = Number(value);
  if (Number.isNaN(number)) return 'Please enter a valid number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number that is at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number that is at most ${element.max_value}.`;
  return undefined;
}

function countError(element: Obj, value: unknown): string | undefined {
  const most = element.max_selected_items;
  if (typeof most !== 'number' || !Array.isArray(value) || value.length <= most) return undefined;
  return `Please choose no more than ${most}.`;
}
