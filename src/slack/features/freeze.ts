import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import { type Freeze, freezesIn } from '../../calendar/freezes.ts';
import { DAY } from '../../calendar/zone.ts';
import type { Planned } from '../../change/planned.ts';
import type { PersonId } from '../../change/types.ts';
import { declaredFreezes } from '../../db/freezes.ts';
import { loadFacts } from '../../engine/facts.ts';
import { caughtBy, FREEZE, handleFreeze } from '../../engine/freezes.ts';
import type { World } from '../../engine/world.ts';
import { checked, mayFreeze } from '../../freeze/decide.ts';
import type { Declaration } from '../../freeze/types.ts';
import { button, buttons, context, header, section, sections } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { count, mention, quote, when } from '../format.ts';
import { FREEZE_FORM, freezeForm, parseFreeze } from '../freeze-form.ts';
import { label } from '../inputs.ts';
import { parseWords } from '../parse-form.ts';
import { freezeLine, scopeWords } from '../show-obstacles.ts';
import { wordsInput } from '../step-form.ts';

const DECLARE = 'freeze-declare';
const END = 'freeze-end';
const CONFIRM = 'freeze-confirm';
const END_FORM = 'freeze-end-form';
/** Slack takes a hundred blocks in a modal; each freeze takes one. */
const SHOWN = 40;
const AHEAD = 366 * DAY;

const ending = z.object({ id: z.string().regex(/^freeze\/[\w-]{1,60}$/) });
const confirming = z.object({
  id: z.string().regex(/^freeze\/[\w-]{1,60}$/),
  freeze: z.object({
    kind: z.enum(['hard', 'soft', 'stop']),
    startsAt: z.number().int(),
    endsAt: z.number().int(),
    reason: z.string(),
    scope: z.object({
      systems: z.array(z.string()),
      environments: z.array(z.string()),
      categories: z.array(z.enum(['standard', 'normal', 'emergency'])),
    }),
  }),
});

/** `/change freeze`: those that hold now and later; declaring one, and ending one early. */
export function freeze(world: World): Feature {
  const { policy } = world;
  return {
    words: [
      {
        name: 'freeze',
        group: 'look',
        usage: '',
        help: 'See, declare or end a freeze, or stop the line',
        run: async ({ by, open }) => open(await list(by)),
      },
    ],
    listen({ button: pressed, submit }) {
      pressed(DECLARE, async ({ by, open }) => {
        const facts = await loadFacts(world);
        await open(freezeForm(policy, `${FREEZE}${world.newId()}`, kindsOf(by, facts)));
      });
      pressed(new RegExp(`^${END}:\\d+$`), async ({ value, open }) =>
        open(drawEnd(ending.parse({ id: value }).id)),
      );
      submit(FREEZE_FORM, async ({ values, metadata }) => {
        const { id } = ending.parse(JSON.parse(metadata));
        const declared = checked(parseFreeze(policy, values, world.clock.now()), world.clock.now());
        return drawConfirm(world, id, declared, await caughtBy(world, declared));
      });
      submit(CONFIRM, async ({ by, metadata }) => {
        const { id, freeze: declared } = confirming.parse(JSON.parse(metadata));
        await handleFreeze(world, id, { type: 'Declare', freeze: declared }, by);
        return list(by);
      });
      submit(END_FORM, async ({ by, values, metadata }) => {
        const { id } = ending.parse(JSON.parse(metadata));
        await handleFreeze(world, id, { type: 'End', words: parseWords(values, 'words') }, by);
        return list(by);
      });
    },
  };

  async function list(by: PersonId): Promise<ModalView> {
    const now = world.clock.now();
    const range = { start: now, end: now + AHEAD };
    const [declared, facts] = await Promise.all([declaredFreezes(world.db, range), loadFacts(world)]);
    const all = freezesIn(policy, declared, range);
    const ends = (each: Freeze) => each.id.startsWith(FREEZE) && mayFreeze(each.kind, by, facts);
    const kinds = kindsOf(by, facts);
    return {
      type: 'modal',
      title: label('Freezes'),
      close: label('Close'),
      blocks: [
        ...(all.length > 0
          ? all.slice(0, SHOWN).map((each, n) => row(each, n, ends(each)))
          : [section('No freeze holds now or in the coming year.')]),
        ...(all.length > SHOWN ? [context(`and ${all.length - SHOWN} more`)] : []),
        ...(kinds.length > 0
          ? buttons([{ label: 'Declare a freeze…', action: DECLARE, value: 'new', style: 'primary' }])
          : [context('The change manager can declare one.')]),
      ],
    };
  }

  function row(each: Freeze, n: number, ends: boolean): KnownBlock {
    const from =
      'declaredBy' in each ? `declared by ${mention(String(each.declaredBy))}` : 'every year, by the policy';
    return {
      ...section(`${freezeLine(each)}\n${scopeWords(each.scope, policy)}  ·  ${from}`),
      ...(ends && {
        accessory: button({
          label: 'End…',
          action: `${END}:${n}`,
          value: each.id,
          spoken: 'End this freeze now',
        }),
      }),
    };
  }
}

function kindsOf(by: PersonId, facts: Parameters<typeof mayFreeze>[2]): Declaration['kind'][] {
  return (['hard', 'soft', 'stop'] as const).filter((kind) => mayFreeze(kind, by, facts));
}

function drawEnd(id: string): ModalView {
  return {
    type: 'modal',
    callback_id: END_FORM,
    private_metadata: JSON.stringify({ id }),
    title: label('End the freeze'),
    submit: label('End it now'),
    close: label('Back'),
    blocks: [
      wordsInput('words', 'Why can it end now?'),
      context('The people of every change that it held are told.'),
    ],
  };
}

/** All that it would hold, before it does. */
export function drawConfirm(
  { policy }: Pick<World, 'policy'>,
  id: string,
  declared: Declaration,
  caught: readonly Planned[],
): ModalView {
  const lines = caught.map(
    ({ number, title, status, startsAt, endsAt, implementer }) =>
      `• *${number}* ${quote(title, 80)} (${status}, ${mention(implementer)}): ${when(startsAt)} – ${when(endsAt)}`,
  );
  return {
    type: 'modal',
    callback_id: CONFIRM,
    private_metadata: JSON.stringify({ id, freeze: declared }),
    title: label('Declare the freeze?'),
    submit: label(declared.kind === 'stop' ? 'Stop the line' : 'Declare it'),
    close: label('Cancel'),
    blocks: [
      section(`${freezeLine(declared)}\n${scopeWords(declared.scope, policy)}`),
      header(caught.length > 0 ? `It holds ${count(caught.length, 'change')}` : 'It holds no change'),
      ...(lines.length > 0 ? sections(lines).slice(0, 90) : []),
      context(
        'What is scheduled loses its place. Everybody whom it concerns is told, once, with free windows.',
      ),
    ],
  };
}
