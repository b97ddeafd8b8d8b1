import { expect, it } from 'vitest';
import type { Actor, Instant } from '../../src/change/types.ts';
import { give, type Kind, NotLookedUp } from '../../src/engine/kind.ts';
import { DANA } from '../change/company.ts';
import { onBoth } from '../db/both.ts';
import { makeTestWorld } from './open-world.ts';

type Bell = { seq: number; rung: string[] };
type Rang = { type: 'Rang'; by: Actor; at: Instant; how: string };
type Ring = { type: 'Ring' | 'RingAsAsked' };

/** A bell, whose rules ask how it is to be rung only where it is not rung as always. */
function bell(): { kind: Kind<Bell, Rang, Ring, { how: string }>; lookedUp: () => number } {
  let looked = 0;
  const asking = {
    get how(): never {
      throw new NotLookedUp();
    },
  };
  return {
    lookedUp: () => looked,
    kind: {
      load: async () => undefined,
      facts: async () => asking,
      async allFacts() {
        looked += 1;
        return { how: 'twice' };
      },
      decide: (_, { type, by, at }, facts) => [
        { type: 'Rang', by, at, how: type === 'Ring' ? 'once' : facts.how },
      ],
      evolve: (state, { how }) => ({ seq: (state?.seq ?? 0) + 1, rung: [...(state?.rung ?? []), how] }),
      effects: () => [],
      save: () => () => [],
    },
  };
}

onBoth('what rules need from outside', (open) => {
  it('is looked up once they ask for it, and they are then asked once more', async () => {
    const world = makeTestWorld(await open());
    const { kind, lookedUp } = bell();
    const { state } = await give(world, kind, 'bell/1', { type: 'RingAsAsked' }, DANA);
    expect(state?.rung).toEqual(['twice']);
    expect(lookedUp()).toBe(1);
  });

  it('is not looked up where they decide without it', async () => {
    const world = makeTestWorld(await open());
    const { kind, lookedUp } = bell();
    const { state } = await give(world, kind, 'bell/2', { type: 'Ring' }, DANA);
    expect(state?.rung).toEqual(['once']);
    expect(lookedUp()).toBe(0);
  });
});
