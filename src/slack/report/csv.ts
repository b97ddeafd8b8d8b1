import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180), for spreadsheets: a cell that begins like a formula is made a text, as people's own words
 * stand in some of them.
 * @param first whether a file begins with these rows: Excel takes it for UTF-8 by its mark only
 */
export function csvOf(rows: readonly (readonly string[])[], first = false): string {
  return stringify([...rows], { bom: first, escape_formulas: true, record_delimiter: 'windows' });
}
