import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markOf, searchWords, wordsOf } from '../../src/change/search-words.ts';
import type { Change } from '../../src/change/types.ts';
import { saveChange } from '../../src/db/changes.ts';
import type { Db } from '../../src/db/db.ts';
import { makeSearchable, saveSearch, searchChanges, type Term, unsearchable } from '../../src/db/search.ts';
import { given } from '../change/given.ts';
import { filesStandard } from '../change/steps.ts';
import { GUIDE } from '../slack/open-docket.ts';
import { onBoth } from './both.ts';

const { change: filed } = given(filesStandard);

function changeNamed(n: number, title: string, more: Partial<Change> = {}): Change {
  const number = `CR-2026-${String(n).padStart(3, '0')}`;
  // Only the parts that no status decides are replaced.
  return { ...filed, id: `c-${n}`, number, proposal: { ...filed.proposal, title }, ...more } as Change;
}

async function save(db: Db, ...changes: Change[]): Promise<void> {
  await db.atomically((q) =>
    changes.flatMap((change) => [
      saveChange(q, db.t, change, 'head', 1),
      saveSearch(q, db.t, change, searchWords(change, GUIDE)),
    ]),
  );
}

const terms = (text: string): Term[] => wordsOf(text).map((word) => ({ any: [word], prefix: true }));

it('finds the same words whether or not all of a text is plain', () => {
  const plain = fc.string({ unit: 'binary-ascii', maxLength: 120 });
  fc.assert(
    fc.property(plain, (text) => {
      expect(wordsOf(`${text} ø`)).toEqual([...wordsOf(text), 'ø']);
    }),
  );
});

async function found(db: Db, text: string, more: Term[] = []): Promise<string[]> {
  const rows = await searchChanges(db, [...terms(text), ...more], { limit: 50 });
  return rows.map(({ change }) => change.proposal.title ?? '');
}

describe('words', () => {
  it.each([
    ['Größe & Café', ['große', 'cafe']],
    ['ΟΔΟΣ οδος', ['οδοσ', 'οδοσ']],
    ['foo-bar_baz@x.io', ['foo', 'bar', 'baz', 'x', 'io']],
    ['"payments" OR NOT (1*2)', ['payments', 'or', 'not', '1', '2']],
    ['数据库 db', ['数', '据', '库', 'db']],
    ['ﬁle', ['file']],
    ['', []],
  ])('of %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

onBoth('search', (open) => {
  it('finds by the beginnings of words, in any order and case, with accents or without', async () => {
    const db = await open();
    await save(
      db,
      changeNamed(1, 'Rotate the TLS certificates'),
      changeNamed(2, 'Größere Payment-Datenbank'),
    );
    expect(await found(db, 'CERT rot')).toEqual(['Rotate the TLS certificates']);
    expect(await found(db, 'grossere')).toEqual([]);
    expect(await found(db, 'gro payments')).toEqual([]);
    expect(await found(db, 'datenbank GRÖSSERE'.replace('SS', 'ß'))).toEqual(['Größere Payment-Datenbank']);
    expect(await found(db, 'CR-2026-002')).toEqual(['Größere Payment-Datenbank']);
    expect(await found(db, '2')).toEqual(['Größere Payment-Datenbank', 'Rotate the TLS certificates']);
  });

  it('takes operators, quotes and wildcards for what they are in a text: nothing', async () => {
    const db = await open();
    await save(db, changeNamed(1, 'Alpha or beta'), changeNamed(2, 'Beta'));
    for (const text of ['beta', '"beta', "be'ta'".replace("be'ta'", "'beta'"), 'beta*', 'beta) --', 'beta:*'])
      expect(await found(db, text), text).toEqual(['Beta', 'Alpha or beta']);
    expect(await found(db, 'alpha OR beta')).toEqual(['Alpha or beta']);
    expect(await found(db, 'NOT beta')).toEqual([]);
    expect(await found(db, "beta' & 'alpha")).toEqual(['Alpha or beta']);
  });

  it('finds by marks exactly, one of several, and not by words that only look like one', async () => {
    const db = await open();
    await save(
      db,
      changeNamed(1, 'status closed high requester U02DANA0001'),
      changeNamed(2, 'Two', { risk: { level: 'high', points: 9, reasons: [] } }),
    );
    const mark = (...any: string[]): Term[] => [{ any }];
    expect(await found(db, '', mark(markOf('risk', 'high')))).toEqual(['Two']);
    expect(await found(db, '', mark(markOf('risk', 'medium'), markOf('risk', 'high')))).toEqual(['Two']);
    expect(await found(db, 'two', mark(markOf('risk', 'medium')))).toEqual([]);
    expect(await found(db, '', mark(markOf('requester', filed.requester)))).toHaveLength(2);
    expect(await found(db, '', mark(markOf('person', 'U02')))).toEqual([]);
  });

  it('follows every edit: what is not there any more is not found any more', async () => {
    const db = await open();
    await save(db, changeNamed(1, 'Before'));
    await save(db, changeNamed(1, 'After'));
    expect(await found(db, 'before')).toEqual([]);
    expect(await found(db, 'after')).toEqual(['After']);
  });

  it('goes on where the page before ended, the latest filed first, however many are found', async () => {
    const db = await open();
    await save(db, ...Array.from({ length: 7 }, (_, n) => changeNamed(n + 1, `Same ${n + 1}`)));
    const first = await searchChanges(db, terms('same'), { limit: 3 });
    const rest = await searchChanges(db, terms('same'), { before: first.at(-1)?.key, limit: 50 });
    const numbers = [...first, ...rest].map(({ change }) => change.number);
    expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `CR-2026-00${n}`));
  });

  it('finds what was saved before there was a search once it is made searchable, and not twice', async () => {
    const db = await open();
    const [old, newer] = [changeNamed(1, 'Old'), changeNamed(2, 'Newer')];
    await db.atomically((q) => [saveChange(q, db.t, old, 'head', 1)]);
    await save(db, newer);
    expect(await unsearchable(db, '', 10)).toMatchObject([{ id: 'c-1' }]);
    const all = [old, changeNamed(2, 'Stale')].map((change) => ({
      change,
      words: searchWords(change, GUIDE),
    }));
    await makeSearchable(db, all);
    expect(await unsearchable(db, '', 10)).toEqual([]);
    expect([await found(db, 'old'), await found(db, 'stale')]).toEqual([['Old'], []]);
  });

  it('finds every change by any words of its title, whatever people write', async () => {
    const db = await open();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (title) => {
        await save(db, changeNamed(1, title));
        const words = wordsOf(title);
        expect(await found(db, title)).toEqual(words.length > 0 ? [title] : []);
      }),
      { numRuns: 150 },
    );
  });
});
