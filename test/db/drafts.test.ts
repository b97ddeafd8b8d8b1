import { expect, it } from 'vitest';
import type { Draft } from '../../src/change/draft.ts';
import { saveChange } from '../../src/db/changes.ts';
import { countDrafts, deleteDraft, draftsOf, loadDraft, saveDraft } from '../../src/db/drafts.ts';
import { DANA, SAM } from '../change/company.ts';
import { given } from '../change/given.ts';
import { filesNormal } from '../change/steps.ts';
import { onBoth } from './both.ts';

const draft: Draft = {
  ...{ id: 'c-1', owner: DANA, category: 'normal', step: 2, updatedAt: 5 },
  proposal: { title: 'Move the cache', riskAnswers: { users: 'few' }, rollbackRehearsed: false },
};

onBoth('drafts', (open) => {
  it('come back as they were kept, with the last version in place of the one before', async () => {
    const db = await open();
    await db.atomically((q) => [saveDraft(q, db.t, draft)]);
    expect(await loadDraft(db, 'c-1')).toEqual(draft);
    const whole = {
      ...draft,
      step: 3,
      words: 'Yes.',
      template: 't',
      source: 'https://x.slack.com/archives/C/p1',
    };
    await db.atomically((q) => [saveDraft(q, db.t, whole)]);
    expect(await loadDraft(db, 'c-1')).toEqual(whole);
    expect(await loadDraft(db, 'c-2')).toBeUndefined();
  });

  it('are listed to their owner alone, the last touched first, with the change that they edit', async () => {
    const db = await open();
    const { change } = given(filesNormal);
    const kept = [draft, { ...draft, id: 'c-2', updatedAt: 7 }, { ...draft, id: 'c-3', owner: SAM }];
    await db.atomically((q) => [
      ...kept.map((each) => saveDraft(q, db.t, each)),
      saveChange(q, db.t, change, 'head', 1),
    ]);
    const own = await draftsOf(db, DANA);
    expect(own.map((each) => [each.draft.id, each.change?.number])).toEqual([
      ['c-2', undefined],
      ['c-1', change.number],
    ]);
    expect(await draftsOf(db, DANA, 1)).toHaveLength(1);
    expect(await countDrafts(db, DANA)).toBe(2);
    expect(await countDrafts(db, DANA, 'c-1')).toBe(1);
  });

  it('are forgotten by their owner alone', async () => {
    const db = await open();
    await db.atomically((q) => [saveDraft(q, db.t, draft)]);
    await db.atomically((q) => [deleteDraft(q, db.t, 'c-1', SAM)]);
    expect(await loadDraft(db, 'c-1')).toEqual(draft);
    await db.atomically((q) => [deleteDraft(q, db.t, 'c-1', DANA)]);
    expect(await loadDraft(db, 'c-1')).toBeUndefined();
  });
});
