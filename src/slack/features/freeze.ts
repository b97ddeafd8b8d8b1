import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import { type Freeze, freezesIn } from '../../calendar/freezes.ts';
import { DAY } from '../../calendar/zone.ts';
import type { Planned } from '../../change/planned.ts';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { declaredFreezes, loadFreeze } from '../../db/freezes.ts';
import { loadFacts } from '../../engine/facts.ts';
import { caughtBy, FREEZE, handleFreeze } from '../../engine/freezes.ts';
import type { World } from '../../engine/world.ts';
import { alteredTo, checked, mayFreeze } from '../../freeze/decide.ts';
import type { Declaration, DeclaredFreeze } from '../../freeze/types.ts';
import { buttons, context, header, section, sections } from '../blocks.ts';
import type { Feature } from '../feature.ts';
import { count, mention, quote, when } from '../format.ts';
import { FREEZE_FORM, freezeForm, parseFreeze } from '../freeze-form.ts';
import { readCarried } from '../ids.ts';
import { label } from '../inputs.ts';
import { parseWords } from '../parse-form.ts';
import { freezeLine, scopeWords } from '../show-obstacles.ts';
import { wordsInput } from '../step-form.ts';

const DECLARE = 'freeze-declare';
const ALTER = 'freeze-alter';
const END = 'freeze-end';
const CONFIRM = 'freeze-confirm';
const END_FORM = 'freeze-end-form';
/** Slack takes a hundred blocks in a modal; each freeze takes two. */
const SHOWN = 40;
const AHEAD = 366 * DAY;

const ending = z.object({ id: z.string().regex(/^freeze\/[\w-]{1,60}$/) });
const confirming = ending.extend({
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
        help: 'See, declare, alter or end a freeze, or stop the line',
        run: async ({ by, open }) => open(await list(by)),
      },
    ],
    listen({ button: pressed, submit }) {
      pressed(DECLARE, async ({ by, open }) => {
        const facts = await loadFacts(world);
        await open(freezeForm(policy, `${FREEZE}${world.newId()}`, kindsOf(by, facts)));
      });
      pressed(new RegExp(`^${ALTER}:\\d+$`), async ({ by, value, open }) => {
        const { id } = pressedOn(value);
        const [freeze, facts] = [await declared(id), await loadFacts(world)];
        await open(freezeForm(policy, id, kindsOf(by, facts), freeze));
      });
      pressed(new RegExp(`^${END}:\\d+$`), async ({ value, open }) => open(drawEnd(pressedOn(value).id)));
      submit(FREEZE_FORM, async ({ values, metadata }) => {
        const { id } = readCarried(ending, metadata);
        const now = world.clock.now();
        const before = (await loadFreeze(world.db, id))?.state;
        const said = parseFreeze(policy, values, now);
        const wanted = before ? alteredTo(before, said, now) : checked(said, now);
        const [caught, held] = [await caughtBy(world, wanted), before ? await caughtBy(world, before) : []];
        const released = held.filter((one) => !caught.some((each) => each.id === one.id));
        return drawConfirm(world, id, wanted, caught, before && { released });
      });
      submit(CONFIRM, async ({ by, metadata }) => {
        const { id, freeze: wanted } = readCarried(confirming, metadata);
        const type = (await loadFreeze(world.db, id)) ? 'Alter' : 'Declare';
        await handleFreeze(world, id, { type, freeze: wanted }, by);
        return list(by);
      });
      submit(END_FORM, async ({ by, values, metadata }) => {
        const { id } = readCarried(ending, metadata);
        await handleFreeze(world, id, { type: 'End', words: parseWords(values, 'words') }, by);
        return list(by);
      });
    },
  };

  /** @throws {Refusal} when there is none */
  async function declared(id: string): Promise<DeclaredFreeze> {
    const freeze = (await loadFreeze(world.db, id))?.state;
    if (freeze) return freeze;
    throw new Refusal('unknown', 'There is no such freeze. `/change freeze` shows those there are.');
  }

  async function list(by: PersonId): Promise<ModalView> {
    const now = world.clock.now();
    const range = { start: now, end: now + AHEAD };
    const [found, facts] = await Promise.all([declaredFreezes(world.db, range), loadFacts(world)]);
    const all = freezesIn(policy, found, range);
    const may = (each: Freeze) => each.id.startsWith(FREEZE) && mayFreeze(each.kind, by, facts);
    const kinds = kindsOf(by, facts);
    return {
      type: 'modal',
      title: label('Freezes'),
      close: label('Close'),
      blocks: [
        ...(all.length > 0
          ? all.slice(0, SHOWN).flatMap((each, n) => row(each, n, may(each)))
          : [section('No freeze holds now or in the coming year.')]),
        ...(all.length > SHOWN ? [context(`and ${all.length - SHOWN} more`)] : []),
        ...(kinds.length > 0
          ? buttons([{ label: 'Declare a freeze…', action: DECLARE, value: 'new', style: 'primary' }])
          : [context('The change manager can declare one.')]),
      ],
    };
  }

  function row(each: Freeze, n: number, may: boolean): KnownBlock[] {
    const from =
      'declaredBy' in each ? `declared by ${mention(String(each.declaredBy))}` : 'every year, by the policy';
    const spec = (name: string, action: string) => ({
      ...{ label: `${name}…`, action: `${action}:${n}`, value: each.id, spoken: `${name} this freeze` },
    });
    return [
      section(`${freezeLine(each)}\n${scopeWords(each.scope, policy)}  ·  ${from}`),
      ...(may ? buttons([spec('Alter', ALTER), spec('End', END)]) : []),
    ];
  }
}

/** The freeze that a button is on. @throws {Refusal} when it is none of Docket's */
function pressedOn(value: unknown): { id: string } {
  return readCarried(ending, JSON.stringify({ id: value }));
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

/**
 * All that it would hold, before it does.
 * @param altered of one that is there already: what it would hold no more
 */
export function drawConfirm(
  { policy }: Pick<World, 'policy'>,
  id: string,
  wanted: Declaration,
  caught: readonly Planned[],
  altered?: { released: readonly Planned[] },
): ModalView {
  const submit = wanted.kind === 'stop' ? 'Stop the line' : 'Declare it';
  const released = altered?.released ?? [];
  return {
    type: 'modal',
    callback_id: CONFIRM,
    private_metadata: JSON.stringify({ id, freeze: bare(wanted) }),
    title: label(altered ? 'Alter the freeze?' : 'Declare the freeze?'),
    submit: label(altered ? 'Alter it' : submit),
    close: label('Cancel'),
    blocks: [
      section(`${freezeLine(wanted)}\n${scopeWords(wanted.scope, policy)}`),
      header(caught.length > 0 ? `It holds ${count(caught.length, 'change')}` : 'It holds no change'),
      ...changeLines(caught, 80),
      ...(released.length > 0
        ? [header(`It holds ${count(released.length, 'change')} no more`), ...changeLines(released, 10)]
        : []),
      context(
        'What is scheduled loses its place. Everybody whom it concerns is told, once, with free windows.',
      ),
    ],
  };
}

function bare({ kind, startsAt, endsAt, reason, scope }: Declaration): Declaration {
  return { kind, startsAt, endsAt, reason, scope };
}

function changeLines(changes: readonly Planned[], most: number): KnownBlock[] {
  const lines = changes.map(
    ({ number, title, status, startsAt, endsAt, implementer }) =>
      `• *${number}* ${quote(title, 80)} (${status}, ${mention(implementer)}): ${when(startsAt)} – ${when(endsAt)}`,
  );
  return lines.length > 0 ? sections(lines).slice(0, most) : [];
}
