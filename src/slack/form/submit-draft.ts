import type { KnownBlock, ModalView } from '@slack/types';
import { type Draft, withScreen } from '../../change/draft.ts';
import type { Holders } from '../../change/holders.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change } from '../../change/types.ts';
import { read, type Writing } from '../../engine/drafts.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import type { World } from '../../engine/world.ts';
import { buttons, section } from '../blocks/blocks.ts';
import { nameOf } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { statusLine } from '../change/status.ts';
import { explain } from '../wire/explain.ts';
import { drawDraft } from './draw-draft.ts';
import type { Filling } from './filling.ts';
import { MOVE } from './form-state.ts';
import { stepsOf } from './form-steps.ts';

/**
 * Submits a draft, or saves an edit.
 * @returns what takes the form's place: the number of what was filed, nothing after an edit, or the form itself
 * with what is wrong, where that cannot stand beside a field
 * @throws {Refusal} with what is wrong beside which field
 */
export function submitDraft(world: World, filling: Filling): Promise<ModalView | undefined> {
  const { writing, screen, state } = filling;
  return world.draftInTurn(writing.id, async () => {
    const { draft: before, change } = await read(world, writing).catch(async (error) => {
      // An edit of somebody else's change is for the rules to refuse, which record it.
      if (writing.editing && error instanceof Refusal) await edit(world, writing, screen);
      throw error;
    });
    const draft = withScreen(before, screen);
    if (state.short && !draft.from && !change)
      throw new Refusal('unknown', 'That draft is no longer there. `/change catalogue` begins it anew.');
    try {
      if (!writing.editing) return await filed(world, draft);
      await edit(world, writing, draft);
      return undefined;
    } catch (error) {
      const lead = leadFor(world, error, draft);
      if (!lead) throw error;
      return drawDraft(world, { draft, ...(change && { change }) }, state, lead);
    }
  });
}

async function filed(world: World, { id, category, proposal, owner, from }: Draft): Promise<ModalView> {
  const template = from && { id: from.id, version: from.version };
  const intent = { type: 'Submit', id, category, proposal, ...(template && { template }) } as const;
  const { change } = await handle(world, id, intent, owner);
  return drawFiled(change, (await loadFacts(world)).holders);
}

function edit(world: World, { id, by }: Writing, { proposal, words }: Pick<Draft, 'proposal' | 'words'>) {
  return handle(world, id, { type: 'Edit', proposal, ...(words && { words }) }, by);
}

/** What stands at the top of a form that was refused, where a sentence beside a field would not do. */
function leadFor(world: World, error: unknown, { category, from }: Draft): KnownBlock[] | undefined {
  const offers = category === 'standard' && error instanceof Refusal && error.code === 'not qualified';
  const ofTemplate = from && error instanceof Refusal && error.code !== 'incomplete';
  if (!offers && !ofTemplate && (from || stepsOf(world.policy, category).length === 0)) return undefined;
  const { sentence, fields } = explain(world, error);
  const beside = offers ? Object.values(fields).filter((words = '') => !words.startsWith(sentence)) : [];
  return [
    section([`⚠️ ${sentence}`, ...beside.map((words = '') => `• ${words}`)].join('\n')),
    ...buttons(
      offers
        ? [{ label: 'Make it a normal change', action: MOVE.makeNormal, value: 'normal', style: 'primary' }]
        : [],
    ),
  ];
}

/** Takes the form's place: its number, and who has it now. */
export function drawFiled(change: Change, holders: Holders): ModalView {
  const words = `*${nameOf(change)}* is filed.\n${statusLine(change, holders)}\n\nI keep you posted in a direct message.`;
  return {
    type: 'modal',
    title: label('Filed'),
    close: label('Done'),
    blocks: [section(words)],
  };
}
