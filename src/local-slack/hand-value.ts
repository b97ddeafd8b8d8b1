import { optionsOf, textOf, VALUE_FIELD } from './elements.ts';
import { type Obj, str } from './json.ts';
import type { InputValue, Snapshot } from './protocol.ts';

/** What somebody puts into a field: words, a number, several choices, or nothing. */
export type Given = string | number | readonly string[] | null;

/**
 * The value for an element from what a person would say: an option by its words, a person or channel by name,
 * a date-time as seconds since 1970.
 * @throws when there is no such option or person
 */
export function valueFor(element: Obj, given: Given, seen: Snapshot): InputValue {
  const type = str(element.type);
  const field = VALUE_FIELD[type];
  if (field === undefined) throw new Error(`A ${type} holds nothing.`);
  const many = field.endsWith('s');
  if (given === null) return { type, [field]: many ? [] : null };
  const words = Array.isArray(given) ? given.map(String) : [String(given)];
  const chosen = words.map((word) => choice(element, field, word, seen));
  if (type === 'datetimepicker') return { type, [field]: Number(given) };
  return { type, [field]: many ? chosen : chosen[0] };
}

function choice(element: Obj, field: string, word: string, seen: Snapshot): unknown {
  if (field.startsWith('selected_option')) return optionNamed(element, word);
  if (field.startsWith('selected_user')) return personNamed(word, seen);
  if (field.startsWith('selected_c')) return channelNamed(word, seen);
  if (field === 'rich_text_value') return richText(word);
  return word;
}

function optionNamed(element: Obj, word: string): Obj {
  const options = optionsOf(element);
  const found = options.find(({ text, value }) => textOf(text) === word || value === word);
  if (found) return found;
  throw new Error(
    `There is no option "${word}" among: ${options.map(({ text }) => textOf(text)).join(', ')}`,
  );
}

function personNamed(word: string, seen: Snapshot): string {
  const name = word.replace(/^@/, '');
  const found = seen.people.find((one) => [one.id, one.name, one.realName].includes(name));
  if (!found) throw new Error(`There is nobody called ${word}.`);
  return found.id;
}

function channelNamed(word: string, seen: Snapshot): string {
  const name = word.replace(/^#/, '');
  const found = seen.conversations.find((one) => one.id === name || one.name === name);
  if (!found) throw new Error(`There is no channel ${word}.`);
  return found.id;
}

function richText(word: string): Obj {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: word }] };
  return { type: 'rich_text', elements: [section] };
}
