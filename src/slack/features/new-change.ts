import { copyOf, type Draft } from '../../change/draft.ts';
import type { Change } from '../../change/types.ts';
import { draftsOf } from '../../db/drafts.ts';
import { write } from '../../engine/drafts.ts';
import { policyTemplates, startingPoints } from '../../engine/starting-points.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import { CATEGORIES, type Category } from '../../policy/schema.ts';
import { cut } from '../blocks/format.ts';
import { asTyped } from '../blocks/plain-text.ts';
import { thisYear } from '../blocks/year.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { drawForm, stateOf } from '../form/form.ts';
import type { Caller, Chosen } from '../listen.ts';

/** `/change new` and `/change emergency`: an empty form. */
export function newChange(world: World): Feature {
  return {
    words: [
      {
        name: 'new',
        group: 'file',
        usage: '[standard | normal | emergency] [title]',
        help: 'File a change request; `like CR-…` starts from an earlier one',
        async run(caller) {
          const [first = '', ...rest] = caller.words.trim().split(/\s+/);
          const word = first.toLowerCase();
          // A title may begin with "like", too; a change's number tells them apart.
          if (word === 'like' && /^\S*\d$/.test(rest.join(' ')))
            return openCopy(world, caller, await changeNamed(world, rest.join(' '), thisYear(world)));
          const category = CATEGORIES.find((each) => each === word);
          const title = category ? rest.join(' ') : caller.words.trim();
          return openNewChange(world, caller, category ?? 'standard', title);
        },
      },
      {
        name: 'emergency',
        group: 'file',
        usage: '[title]',
        help: 'Declare an emergency change, decided at once',
        run: (caller) => openNewChange(world, caller, 'emergency', caller.words.trim()),
      },
    ],
    listen({ button, shortcut }) {
      shortcut('new-change', (caller) => openNewChange(world, caller));
      shortcut('change-from-message', (caller) => openFromMessage(world, caller));
      button(ACTION.copy, async (pressed) => openCopy(world, pressed, await changeOf(world, pressed.value)));
    },
  };
}

/**
 * Opens the form. Nothing is looked up first, so that it is there at once even when the database is busy; that
 * there are other drafts, and what the catalogue offers, is added afterwards.
 */
export function openNewChange(
  world: World,
  caller: Caller,
  category: Category = 'standard',
  title = '',
): Promise<void> {
  const { policy, db, newId } = world;
  const proposal = title ? { title: cut(title, LONGEST.line) } : {};
  const draft: Draft = { id: newId(), owner: caller.by, category, proposal, step: 0, updatedAt: 0 };
  return caller.open(drawForm(policy, { draft, state: stateOf(draft) }), async () => {
    const others = (await draftsOf(db, caller.by)).length;
    const points = await startingPoints(world, category);
    const same = points.length === policyTemplates(world, category).length;
    return others > 0 || !same
      ? drawForm(policy, { draft, state: stateOf(draft, { others }), points })
      : undefined;
  });
}

/** Opens a form that begins with a message, and links it. */
async function openFromMessage(world: World, caller: Chosen): Promise<void> {
  const { text = '', link = '' } = caller.message ?? {};
  const words = (await asTyped(world, text)).trim();
  const [title = ''] = words.split('\n');
  const proposal = {
    ...(title && { title: cut(title, LONGEST.line) }),
    description: `${cut(words, LONGEST.text - link.length - 2)}\n\n${link}`.trim(),
  };
  const writing = { id: world.newId(), by: caller.by, category: 'standard', editing: false } as const;
  const draft: Draft = { ...writing, owner: caller.by, proposal, source: link, step: 0, updatedAt: 0 };
  await caller.open(drawForm(world.policy, { draft, state: stateOf(draft) }), async () => {
    // Kept although nothing is typed yet, with where it came from.
    await write(world, writing, (begun) => ({ ...begun, proposal, source: link }));
    return undefined;
  });
}

/** Opens a form that says what an earlier change says, all but its dates, its incident and its reviewer. */
async function openCopy(world: World, caller: Caller, change: Change): Promise<void> {
  const { category } = change;
  const writing = { id: world.newId(), by: caller.by, category, editing: false };
  // Kept at once: most of it stands on screens that are not yet open.
  const copied = await write(world, writing, (draft) => ({ ...draft, proposal: copyOf(change.proposal) }));
  await caller.open(drawForm(world.policy, { ...copied, state: stateOf(copied.draft) }));
}
