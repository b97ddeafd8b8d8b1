import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvOf } from '../../src/slack/report/csv.ts';

it('gives a spreadsheet nothing that it would work out, whatever people wrote', () => {
  const cells = fc
    .string({ unit: 'grapheme' })
    .chain((text) => fc.constantFrom(text, `=${text}`, `@${text}`));
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), (row) => {
      const [read = []] = parse(csvOf([row], true), { bom: true }) as string[][];
      for (const [i, cell] of read.entries()) {
        expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        // All that was written is there.
        expect(cell.replace(/^'/, '')).toBe((row[i] ?? '').replace(/^'/, ''));
      }
    }),
  );
});
