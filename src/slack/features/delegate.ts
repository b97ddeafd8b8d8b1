import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Instant, PersonId } from '../../change/types.ts';
import { handleWorkspace, maySetUp, workspaceNow } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import type { Delegation } from '../../workspace/types.ts';
import { button, context, header, section } from '../blocks/blocks.ts';
import { inLine, mention, when } from '../blocks/format.ts';
import { label, timeInput, wordsInput } from '../blocks/inputs.ts';
import { parseInstant, parsePerson, parseWords, type StateValues } from '../blocks/parse-form.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';

const CALLBACK = 'delegate';
const REVOKE = 'delegate-revoke';
/** Slack's limit is a hundred blocks; nobody plans more holidays than this. */
const SHOWN = 20;

const carried = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** `/change delegate`: somebody stands in for somebody else, from one day to another. */
export function delegate(world: World): Feature {
  /** Each sees their own, present and coming; who oversees sees all. */
  const redraw = async (by: PersonId, id: string) => {
    const forOthers = await maySetUp(world, by);
    const all = (await workspaceNow(world))?.delegations ?? [];
    const shown = all.filter(({ from, to }) => forOthers || from === by || to === by);
    return draw(shown, by, forOthers, id);
  };
  return {
    words: [
      {
        name: 'delegate',
        group: 'people',
        usage: '',
        help: 'Have somebody stand in for you while you are away',
        run: async ({ by, open }) => open(await redraw(by, world.newId())),
      },
    ],
    listen({ button, submit }) {
      button(REVOKE, async ({ by, value, view, update }) => {
        await handleWorkspace(world, { type: 'RevokeDelegation', id: String(value) }, by);
        if (view) await update(await redraw(by, readCarried(carried, view.metadata).id));
      });
      submit(CALLBACK, async ({ by, values, metadata }) => {
        const { id } = readCarried(carried, metadata);
        const delegation = parse(values, id, by, world.clock.now());
        await handleWorkspace(world, { type: 'Delegate', delegation }, by);
        return drawMade(delegation, by);
      });
    },
  };
}

/** The form, above it who stands in for whom. */
export function draw(
  delegations: readonly Delegation[],
  by: PersonId,
  forOthers: boolean,
  id: string,
): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACK,
    private_metadata: JSON.stringify({ id }),
    title: label('Delegate'),
    submit: label('Delegate'),
    close: label('Close'),
    blocks: [
      ...delegations.slice(0, SHOWN).map(row),
      ...(delegations.length > 0 ? [header('A new one')] : []),
      ...(forOthers ? [userInput('from', 'Who is away', by)] : []),
      userInput('to', 'Who stands in'),
      timeInput('startsAt', 'From', 'Empty: from now on'),
      timeInput('endsAt', 'Until'),
      wordsInput('words', 'Why', true),
      context(
        'They are asked in every role, also about what already waits. The record says for whom they decided.',
      ),
    ],
  };
}

function row({ id, from, to, startsAt, endsAt, words }: Delegation, n: number): KnownBlock {
  const why = words ? `\n${inLine(words, 200)}` : '';
  return {
    ...section(`${mention(to)} stands in for ${mention(from)}, ${when(startsAt)} – ${when(endsAt)}${why}`),
    accessory: button({
      ...{ label: 'Revoke', action: `${REVOKE}:${n}`, value: id },
      spoken: 'End this delegation now',
    }),
  };
}

function userInput(block: string, text: string, initial?: PersonId): KnownBlock {
  return {
    type: 'input',
    block_id: block,
    label: label(text),
    element: { type: 'users_select', action_id: block, ...(initial && { initial_user: initial }) },
  };
}

function parse(values: StateValues, id: string, by: PersonId, now: Instant): Delegation {
  const words = parseWords(values, 'words');
  return {
    id,
    from: parsePerson(values, 'from') ?? by,
    to: parsePerson(values, 'to') ?? '',
    startsAt: parseInstant(values, 'startsAt') ?? now,
    endsAt: parseInstant(values, 'endsAt') ?? 0,
    ...(words && { words }),
  };
}

/** @param by who says so, who may be neither of the two */
function drawMade({ from, to, startsAt, endsAt }: Delegation, by: PersonId): ModalView {
  const told = by === from || by === to ? 'Both of you are told.' : 'Both are told.';
  const words = `${mention(to)} stands in for ${mention(from)}, ${when(startsAt)} – ${when(endsAt)}. ${told}`;
  return { type: 'modal', title: label('Delegated'), close: label('Done'), blocks: [section(words)] };
}
