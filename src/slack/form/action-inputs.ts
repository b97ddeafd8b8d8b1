import { TZDate } from '@date-fns/tz';
import type { InputBlock, KnownBlock } from '@slack/types';
import type { ActionDraft } from '../../change/aftermath.ts';
import type { Instant } from '../../change/types.ts';
import { LONGEST } from '../../policy/fields.ts';
import { label } from '../blocks/inputs.ts';
import { parseDay, parsePerson, parseWords, type StateValues } from '../blocks/parse-form.ts';

/** Rows for action items, each with what is to be done, by whom and by which day. All of a row may stay empty. */
export function actionInputs(rows: number): KnownBlock[] {
  return Array.from({ length: rows }, (_, n) =>
    row(n, rows === 1 ? 'Action item' : `Action item ${n + 1}`),
  ).flat();
}

function row(n: number, title: string): InputBlock[] {
  const input = (part: string, text: string, element: InputBlock['element']): InputBlock => ({
    ...{ type: 'input', block_id: `action.${n}.${part}`, optional: true, label: label(text) },
    element,
  });
  const id = (part: string) => `action.${n}.${part}`;
  return [
    input('words', title, { type: 'plain_text_input', action_id: id('words'), max_length: LONGEST.line }),
    input('owner', `${title}: who does it`, { type: 'users_select', action_id: id('owner') }),
    input('due', `${title}: by which day`, { type: 'datepicker', action_id: id('due') }),
  ];
}

/**
 * What is in these rows, empty ones too: the rules say what is missing.
 * @param zone the company's, whose noon stands for a day
 */
export function parseActions(values: StateValues, rows: number, zone: string): ActionDraft[] {
  return Array.from({ length: rows }, (_, n) => {
    const words = parseWords(values, `action.${n}.words`);
    const owner = parsePerson(values, `action.${n}.owner`);
    const due = parseDay(values, `action.${n}.due`);
    return { ...(words && { words }), ...(owner && { owner }), ...(due && { due: noonOf(due, zone) }) };
  });
}

/** The instant that stands for a day: its noon in the company's zone. */
export function noonOf(date: string, zone: string): Instant {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  return new TZDate(year, month - 1, dayOfMonth, 12, zone).getTime();
}
