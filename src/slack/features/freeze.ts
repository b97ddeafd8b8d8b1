import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { type Freeze, freezesIn } from '../../calendar/freezes.ts';
import { DAY } from '../../calendar/zone.ts';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { declaredFreezes, loadFreeze } from '../../db/freezes.ts';
import { onRecord } from '../../engine/attempts.ts';
import { loadFacts } from '../../engine/facts.ts';
import { caughtBy, FREEZE, handleFreeze } from '../../engine/freezes.ts';
import type { World } from '../../engine/world.ts';
import { alteredTo, checked, checkMayFreeze, mayFreeze } from '../../freeze/decide.ts';
import type { Declaration, DeclaredFreeze } from '../../freeze/types.ts';
import { CATEGORIES } from '../../policy/schema.ts';
import { parseWords } from '../blocks/parse-form.ts';
import { FREEZE_FORM, freezeForm, parseFreeze } from '../calendar/freeze-form.ts';
import { drawConfirm, drawEnd, drawFreezes, FREEZES_LIST } from '../calendar/freeze-views.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';

const AHEAD = 366 * DAY;

const ending = z.object({ id: z.string().regex(/^freeze\/[\w-]{1,60}$/) });
/** `seen`: of one that is there already, how many events it had. */
const filling = ending.extend({ seen: z.number().int().optional() });
const confirming = filling.extend({
  freeze: z.object({
    kind: z.enum(['hard', 'soft', 'stop']),
    startsAt: z.number().int(),
    endsAt: z.number().int(),
    reason: z.string(),
    scope: z.object({
      systems: z.array(z.string()),
      environments: z.array(z.string()),
      categories: z.array(z.enum(CATEGORIES)),
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
      pressed(FREEZES_LIST.declare, async ({ by, open }) => {
        const facts = await loadFacts(world);
        const id = `${FREEZE}${world.newId()}`;
        const kinds = await onRecord(world, id, 'Declare', by, () => kindsFor(by, facts));
        await open(freezeForm(policy, id, kinds));
      });
      pressed(FREEZES_LIST.alter, async ({ by, value, open }) => {
        const { id } = pressedOn(value);
        const [freeze, facts] = [await declared(id), await loadFacts(world)];
        const kinds = await onRecord(world, id, 'Alter', by, () => kindsFor(by, facts));
        await open(freezeForm(policy, id, kinds, freeze));
      });
      pressed(FREEZES_LIST.end, async ({ value, open }) => open(drawEnd(pressedOn(value).id)));
      pressed(FREEZES_LIST.more, async ({ by, value, update }) => update(await list(by, Number(value) || 0)));
      submit(FREEZE_FORM, async ({ values, metadata }) => {
        const { id, seen } = readCarried(filling, metadata);
        const now = world.clock.now();
        const before = (await loadFreeze(world.db, id))?.state;
        const said = parseFreeze(policy, values, now);
        const wanted = before ? alteredTo(before, said, now) : checked(said, now);
        const [caught, held] = [await caughtBy(world, wanted), before ? await caughtBy(world, before) : []];
        const released = held.filter((one) => !caught.some((each) => each.id === one.id));
        // Of another kind it is news to those whom it holds already.
        const stays = before?.kind === wanted.kind ? held : [];
        const newly = caught.filter((one) => !stays.some((each) => each.id === one.id));
        return drawConfirm(policy, { id, seen }, wanted, caught, before && { released, newly });
      });
      submit(FREEZES_LIST.confirm, async ({ by, metadata }) => {
        const { id, seen, freeze: wanted } = readCarried(confirming, metadata);
        const said =
          seen === undefined
            ? ({ type: 'Declare', freeze: wanted } as const)
            : ({ type: 'Alter', freeze: wanted, seen } as const);
        await handleFreeze(world, id, said, by);
        return list(by);
      });
      submit(FREEZES_LIST.endForm, async ({ by, values, metadata }) => {
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

  async function list(by: PersonId, from = 0): Promise<ModalView> {
    const now = world.clock.now();
    const range = { start: now, end: now + AHEAD };
    const [found, facts] = await Promise.all([declaredFreezes(world.db, range), loadFacts(world)]);
    const all = freezesIn(policy, found, range);
    const may = (each: Freeze) => each.id.startsWith(FREEZE) && mayFreeze(each.kind, by, facts);
    return drawFreezes(policy, all, { may, declares: kindsOf(by, facts).length > 0, from });
  }
}

/** The freeze that a button is on. @throws {Refusal} when it is none of Docket's */
function pressedOn(value: unknown): { id: string } {
  return readCarried(ending, JSON.stringify({ id: value }));
}

/** The kinds to choose from. @throws {Refusal} for somebody who may declare none, naming who may */
function kindsFor(by: PersonId, facts: Parameters<typeof mayFreeze>[2]): Declaration['kind'][] {
  const kinds = kindsOf(by, facts);
  if (kinds.length === 0) checkMayFreeze('hard', by, facts);
  return kinds;
}

function kindsOf(by: PersonId, facts: Parameters<typeof mayFreeze>[2]): Declaration['kind'][] {
  return (['hard', 'soft', 'stop'] as const).filter((kind) => mayFreeze(kind, by, facts));
}
