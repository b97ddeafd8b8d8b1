import { searchWords } from '../change/search-words.ts';
import { makeSearchable, unsearchable } from '../db/search.ts';
import { readSetting, settingStatement } from '../db/settings.ts';
import type { World } from './world.ts';

/** Few enough that nobody waits for it. */
const AT_ONCE = 200;

/**
 * Makes what was filed before there was a search findable, beside everything else; once, for each has it from then on.
 * @returns what stops it after the changes in hand; the next start goes on
 */
export function startSearchable(world: World): { stop(): Promise<void> } {
  const { db, policy, log } = world;
  let stopped = false;
  const run = async () => {
    if (await readSetting(db, 'searchable')) return;
    let last = '';
    while (!stopped) {
      const changes = await unsearchable(db, last, AT_ONCE);
      last = changes.at(-1)?.id ?? '';
      if (last === '') break;
      await makeSearchable(
        db,
        changes.map((change) => ({ change, words: searchWords(change, policy) })),
      );
    }
    if (!stopped) await db.atomically((q) => [settingStatement(db, 'searchable', true)(q)]);
  };
  const running = run().catch((err) =>
    log.warn({ err }, 'could not make old changes searchable; tried again at the next start'),
  );
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}
