import { copyOf, type Draft } from '../../change/draft.ts';
import type { Change } from '../../change/types.ts';
import { countDrafts } from '../../db/drafts.ts';
import { Busy } from '../../db/errors.ts';
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
import { drawForm } from '../form/form.ts';
import { stateOf } from '../form/form-state.ts';
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
          // A title may begin with "Normal" as well: with small letters, or alone, it is the category.
          const category = CATEGORIES.find((each) => each === (rest.length === 0 ? word : first));
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
function openNewChange(
  world: World,
  caller: Caller,
  category: Category = 'standard',
  title = '',
): Promise<void> {
  const proposal = title ? { title: cut(title, LONGEST.line) } : {};
  return openBegun(world, caller, {
    ...{ id: world.newId(), owner: caller.by, category, proposal, step: 0, updatedAt: 0 },
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
  const begun: Draft = {
    ...{ id: world.newId(), owner: caller.by, category: 'standard', proposal, step: 0, updatedAt: 0 },
    source: link,
  };
  await openBegun(world, caller, begun);
}

/**
 * Opens a form with what it begins with. Those words are kept as well: they were typed, and Slack may open no window.
 * The window does not wait for that, so that it is there in time when the database is in trouble.
 */
async function openBegun(world: World, caller: Caller, draft: Draft): Promise<void> {
  const { policy, db } = world;
  const { category } = draft;
  const keeping = caller.offers ? Promise.resolve('kept') : keep(world, draft);
  const opening = caller.open(drawForm(policy, { draft, state: stateOf(draft) }), async () => {
    const unsaved = (await keeping) === 'not saved';
    if (unsaved) return drawForm(policy, { draft, state: stateOf(draft, { unsaved }) });
    const others = await countDrafts(db, caller.by, draft.id);
    const points = await startingPoints(world, category);
    const same = points.length === policyTemplates(world, category).length;
    return others > 0 || !same
      ? drawForm(policy, { draft, state: stateOf(draft, { others }), points })
      : undefined;
  });
  await Promise.all([keeping, opening]);
}

/** Keeps what a form begins with, if that is anything. */
async function keep(world: World, begun: Draft): Promise<'kept' | 'not saved'> {
  const { id, owner: by, category, proposal, source } = begun;
  if (Object.keys(proposal).length === 0) return 'kept';
  try {
    await write(world, { id, by, category, editing: false }, (draft) => ({
      ...{ ...draft, proposal },
      ...(source && { source }),
    }));
    return 'kept';
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    world.log.warn({ err: error }, 'a draft could not be saved');
    return 'not saved';
  }
}

/** Opens a form that says what an earlier change says, all but its dates, its incident and its reviewer. */
async function openCopy(world: World, caller: Caller, change: Change): Promise<void> {
  const { category } = change;
  if (caller.offers) return openNewChange(world, caller, category);
  const writing = { id: world.newId(), by: caller.by, category, editing: false };
  // Kept at once: most of it stands on screens that are not yet open.
  const copied = await write(world, writing, (draft) => ({ ...draft, proposal: copyOf(change.proposal) }));
  await caller.open(drawForm(world.policy, { ...copied, state: stateOf(copied.draft) }));
}
