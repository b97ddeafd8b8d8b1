import { distance } from 'fastest-levenshtein';

/** Shorter words are another word with one letter altered: on and of, add and aid. */
const SHORTEST = 5;

/**
 * Whether a text was only corrected: in words of some length a letter that was too many, missing, wrong or in the wrong
 * place, never the first; small letters and capitals; gaps; the full stop at its end. All else may say something else:
 * `disable` for `enable`, `1.5` for `15`, a word more.
 * @param most how many letters may differ in all
 */
export function isCorrected(before: string, after: string, most: number): boolean {
  const [was, is] = [piecesOf(before), piecesOf(after)];
  if (was.length !== is.length) return false;
  const altered = was.flatMap((piece, n) => (piece === is[n] ? [] : [[piece, is[n] ?? ''] as const]));
  const letters = altered.reduce((sum, [a, b]) => sum + distance(a, b), 0);
  return letters <= most && altered.every(([a, b]) => isSlip(a, b));
}

/** Words and what is between them, by turns. */
function piecesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/[.!\s]+$/, '')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .split(/(\p{L}+)/u);
}

function isSlip(before: string, after: string): boolean {
  const [a, b] = [before.toLowerCase(), after.toLowerCase()];
  if (a === b) return true;
  if (!/^\p{L}+$/u.test(a + b) || a[0] !== b[0] || Math.max(a.length, b.length) < SHORTEST) return false;
  return distance(a, b) <= 1 || isTransposed(a, b);
}

/** Two letters that stand beside each other have changed places. */
export function isTransposed(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, n) => letter !== b[n]);
  return a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2) === b;
}
