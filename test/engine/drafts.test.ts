import { expect, it } from 'vitest';
import { withScreen } from '../../src/change/draft.ts';
import { draftsOf, loadDraft } from '../../src/db/drafts.ts';
import { discard, makeLiveDrafts, type Writing, write } from '../../src/engine/drafts.ts';
import { handle } from '../../src/engine/handle.ts';
import type { World } from '../../src/engine/world.ts';
import { DANA, SAM } from '../change/company.ts';
import { normal, standard } from '../change/proposals.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld, settle } from './open-world.ts';

const ours: Writing = { id: 'c-1', by: DANA, category: 'standard', editing: false };

/** A screen on which so much of a title has been typed. */
const typed = (title: string, step = 0) =>
  ({ category: 'standard', step, fields: ['title'], proposal: { title } }) as const;

const writes = (world: World, title: string, by = ours) =>
  write(world, by, (draft) => withScreen(draft, typed(title)));

onBoth('drafts', (open) => {
  it('save, of many keystrokes at once, the first and the last and hardly any between', async () => {
    const plain = makeTestWorld(await open());
    let saves = 0;
    const counted: World['db']['atomically'] = (list) => {
      saves++;
      return plain.db.atomically(list);
    };
    const keep = makeLiveDrafts({ ...plain, db: { ...plain.db, atomically: counted } });
    const text = 'Rotate the certificates of the load balancers';
    const all = [...text].map((_, n) =>
      keep(ours, 0, (draft) => withScreen(draft, typed(text.slice(0, n + 1)))),
    );
    const outcomes = await Promise.all(all);
    expect(outcomes.at(-1)).toMatchObject({ draft: { proposal: { title: text } } });
    expect((await loadDraft(plain.db, 'c-1'))?.proposal.title).toBe(text);
    expect(saves).toBeLessThan(4);
  });

  it('take nothing from a screen that they have left', async () => {
    const world = makeTestWorld(await open());
    await write(world, ours, (draft) => withScreen(draft, typed('Rotate the keys', 1)));
    await makeLiveDrafts(world)(ours, 0, (draft) => withScreen(draft, typed('Rotate the k')));
    expect((await loadDraft(world.db, 'c-1'))?.proposal.title).toBe('Rotate the keys');
  });

  it('are gone with what they were of: submitted, edited or discarded', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    await writes(world, 'Rotate the keys');
    await handle(
      world,
      'c-1',
      { type: 'Submit', id: 'c-1', category: 'standard', proposal: standard() },
      DANA,
    );
    expect(await draftsOf(world.db, DANA)).toEqual([]);
    await writes(world, 'A keystroke that was late');
    expect(await draftsOf(world.db, DANA)).toEqual([]);

    const edit = { ...ours, editing: true };
    await writes(world, 'Rotate all keys', edit);
    expect(await draftsOf(world.db, DANA)).toMatchObject([{ change: { number: 'CR-2026-001' } }]);
    await handle(world, 'c-1', { type: 'Edit', proposal: standard({ title: 'Rotate all keys' }) }, DANA);
    expect(await draftsOf(world.db, DANA)).toEqual([]);
    await writes(world, 'Rotate all keys', edit);
    expect(await draftsOf(world.db, DANA)).toEqual([]);

    await writes(world, 'Another', { ...ours, id: 'c-2' });
    await discard(world, 'c-2', DANA);
    expect(await draftsOf(world.db, DANA)).toEqual([]);
  });

  it('stay when a submission is refused', async () => {
    const world = makeTestWorld(await open());
    await settle(world);
    await writes(world, 'Rotate the keys');
    const proposal = normal({ risks: undefined });
    const refused = handle(world, 'c-1', { type: 'Submit', id: 'c-1', category: 'normal', proposal }, DANA);
    await expect(refused).rejects.toThrow('Some fields still need you');
    expect(await draftsOf(world.db, DANA)).toHaveLength(1);
  });

  it('are nobody else’s to write on or to discard', async () => {
    const world = makeTestWorld(await open());
    await writes(world, 'Mine');
    await expect(writes(world, 'Theirs', { ...ours, by: SAM })).rejects.toThrow('somebody else’s');
    await expect(discard(world, 'c-1', SAM)).rejects.toThrow('somebody else’s');
    expect((await loadDraft(world.db, 'c-1'))?.proposal.title).toBe('Mine');
  });
});
