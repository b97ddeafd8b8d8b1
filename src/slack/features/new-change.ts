import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Holders } from '../../change/route.ts';
import type { Change, Proposal } from '../../change/types.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { LONGEST } from '../../policy/fields.ts';
import { CATEGORIES, type Category } from '../../policy/schema.ts';
import { section } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { drawForm, redrawn, redrawOf } from '../form.ts';
import { cut, nameOf } from '../format.ts';
import type { Caller } from '../listen.ts';
import { parseCategory, parseForm } from '../parse-form.ts';
import { statusLine } from '../status.ts';

const CALLBACK = 'new-change';
/** The change's id is made when the form opens, so that submitting it twice cannot make two changes. */
const metadata = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** `/change new`: the form, and its submission. */
export function newChange(world: World): Feature {
  const { policy } = world;
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
    listen({ button, submit }) {
      button(redrawOf(CALLBACK), async ({ view, update }) => {
        if (!view) return;
        const { id } = metadata.parse(JSON.parse(view.metadata));
        const category = parseCategory(view.values) ?? 'standard';
        await update(redrawn(form(world, id, category, parseForm(policy, category, view.values))));
      });
      submit(CALLBACK, async ({ by, metadata: carried, values }) => {
        const { id } = metadata.parse(JSON.parse(carried));
        const category = parseCategory(values) ?? 'standard';
        const { change } = await handle(
          world,
          id,
          { type: 'Submit', id, category, proposal: parseForm(policy, category, values) },
          by,
        );
        return drawFiled(change, (await loadFacts(world)).holders);
      });
    },
  };
}

/** Opens the form. Nothing is looked up first, so that it is there at once even when the database is busy. */
export function openNewChange(
  world: World,
  caller: Caller,
  category: Category = 'standard',
  title = '',
): Promise<void> {
  return caller.open(form(world, world.newId(), category, title ? { title: cut(title, LONGEST.line) } : {}));
}

function form({ policy }: World, id: string, category: Category, proposal: Proposal): ModalView {
  return drawForm(policy, {
    ...{ callback: CALLBACK, title: 'New change', submit: 'Submit', choosable: true },
    ...{ category, proposal, metadata: JSON.stringify({ id }) },
  });
}

/** Takes the form's place: its number, and who has it now. */
export function drawFiled(change: Change, holders: Holders): ModalView {
  const words = `*${nameOf(change)}* is filed.\n${statusLine(change, holders)}\n\nI keep you posted in a direct message.`;
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Filed' },
    close: { type: 'plain_text', text: 'Done' },
    blocks: [section(words)],
  };
}
