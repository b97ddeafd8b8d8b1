import type { Draft } from '../../change/draft.ts';
import { draftsOf } from '../../db/drafts.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import { CATEGORIES, type Category } from '../../policy/schema.ts';
import type { Feature } from '../feature.ts';
import { drawForm, stateOf } from '../form.ts';
import { cut } from '../format.ts';
import type { Caller } from '../listen.ts';

/** `/change new` and `/change emergency`: an empty form. */
export function newChange(world: World): Feature {
  return {
    words: [
      {
        name: 'new',
        usage: '[standard | normal | emergency] [title]',
        help: 'File a change request',
        run(caller) {
          const [first = '', ...rest] = caller.words.trim().split(/\s+/);
          const category = CATEGORIES.find((each) => each === first.toLowerCase());
          return openNewChange(
            world,
            caller,
            category ?? 'standard',
            category ? rest.join(' ') : caller.words.trim(),
          );
        },
      },
      {
        name: 'emergency',
        usage: '[title]',
        help: 'Declare an emergency change, decided at once',
        run: (caller) => openNewChange(world, caller, 'emergency', caller.words.trim()),
      },
    ],
  };
}

/**
 * Opens the form. Nothing is looked up first, so that it is there at once even when the database is busy; that
 * there are other drafts is added afterwards.
 */
export function openNewChange(
  { policy, db, newId }: World,
  caller: Caller,
  category: Category = 'standard',
  title = '',
): Promise<void> {
  const proposal = title ? { title: cut(title, LONGEST.line) } : {};
  const draft: Draft = { id: newId(), owner: caller.by, category, proposal, step: 0, updatedAt: 0 };
  return caller.open(drawForm(policy, { draft, state: stateOf(draft) }), async () => {
    const others = (await draftsOf(db, caller.by)).length;
    return others > 0 ? drawForm(policy, { draft, state: stateOf(draft, { others }) }) : undefined;
  });
}
