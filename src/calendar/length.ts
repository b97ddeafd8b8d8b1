import { DAY, HOUR, MINUTE } from './zone.ts';

const AMOUNT = String.raw`(?:\d+(?:\.\d+)?\s*|\b(?:half an|an?)\s+)`;
const UNIT = '(?:days?|d|hours?|hrs?|h|minutes?|mins?|m)(?![a-z])';
const PART = `${AMOUNT}${UNIT}`;
const WHOLE = String.raw`${PART}(?:(?:\s+and\s+|\s*)${PART})*`;

/** Lengths of time as people write them, for use within another pattern: `2h`, `90 min`, `1 hour and 30 minutes`. */
export const LENGTH = WHOLE;

/** Milliseconds of what `LENGTH` has matched; days are 24 hours. `1h30` must have been written out by `tidyLengths`. */
export function lengthOf(text: string): number {
  const parts = [...text.matchAll(new RegExp(`(${AMOUNT})(${UNIT})`, 'gi'))];
  const sum = parts.reduce((total, [, amount = '', unit = '']) => total + numberOf(amount) * unitOf(unit), 0);
  return Math.round(sum / MINUTE) * MINUTE;
}

/** `1h30` is one hour and thirty minutes. */
export function tidyLengths(text: string): string {
  return text.replace(/(\d)h([0-5]\d)(?!\d)m?/gi, '$1h $2m');
}

function numberOf(amount: string): number {
  if (/^\d/.test(amount)) return Number(amount);
  return amount.startsWith('half') ? 0.5 : 1;
}

function unitOf(unit: string): number {
  if (unit.startsWith('d')) return DAY;
  return unit.startsWith('h') ? HOUR : MINUTE;
}
