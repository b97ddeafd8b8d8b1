import type { ModalView } from '@slack/types';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { roleHolders } from '../../db/people.ts';
import { dashboardOf } from '../../engine/dashboard.ts';
import type { World } from '../../engine/world.ts';
import type { Drawn } from '../blocks/blocks.ts';
import type { Word } from '../feature.ts';
import { drawHome } from '../home-view.ts';
import type { Drawing } from './sample-drawings.ts';

/** Words that only show something. What they show is of the changes there are. */
const LOOKS = [
  ...['new', 'emergency', 'drafts', 'approvals', 'todo', 'actions', 'desk', 'catalogue', 'delegate', 'setup'],
  ...['list all', 'list open', 'search status:open', 'calendar', 'calendar month', 'freeze', 'cab'],
  ...['report week', 'report week back 1', 'report month', 'report month back 1'],
];

/** What the person who oversees changes would see now, by each word that shows something, and at Home. */
export async function drawnNow(world: World, words: readonly Word[]): Promise<Drawing[]> {
  const { db, clock, policy } = world;
  const by = (await roleHolders(db, clock.now())).get(policy.overseer)?.[0]?.person ?? 'U0SAMPLE000';
  const drawings: Drawing[] = [{ name: 'Home', shown: drawHome(await dashboardOf(world, by), by) }];
  for (const said of LOOKS) {
    const [first = '', ...rest] = said.split(' ');
    const word = words.find(({ name }) => name === first);
    const seen = word ? await seenBy(by, word, rest.join(' ')) : [];
    drawings.push(...seen.map((shown) => ({ name: `/change ${said}`, shown })));
  }
  return drawings;
}

/** All that somebody is shown who says a word: at once, and once it has been looked up. */
async function seenBy(by: PersonId, word: Word, words: string): Promise<(Drawn | ModalView)[]> {
  const seen: (Drawn | ModalView)[] = [];
  try {
    await word.run({
      ...{ by, words },
      async open(view, later) {
        const looked = await later?.();
        seen.push(view, ...(looked ? [looked] : []));
      },
      async reply(drawn) {
        seen.push(drawn);
      },
    });
  } catch (error) {
    // A word that is not for this person is answered with a sentence, which any message takes.
    if (!(error instanceof Refusal)) throw error;
  }
  return seen;
}
