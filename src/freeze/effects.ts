import type { Effect } from '../change/effects.ts';
import type { FreezeEvent, FreezeIntent, GoAround } from './types.ts';

type FreezeEffect = Effect<{ card: 'headline' }, FreezeIntent | GoAround>;

/** A freeze is seen where changes are announced, and every change that it holds hears of it. */
export function freezeEffects(event: FreezeEvent): FreezeEffect[] {
  const goAround: FreezeEffect = { do: 'timer', at: event.at, intent: { type: 'GoAround' } };
  switch (event.type) {
    case 'FreezeDeclared':
      return [{ do: 'card', card: 'headline' }, goAround];
    case 'FreezeAltered':
      return [
        { do: 'redraw' },
        { do: 'note', to: 'thread' },
        { do: 'timer', at: event.at, intent: { type: 'GoAround', before: event.before } },
      ];
    case 'FreezeEnded':
      return [{ do: 'redraw' }, { do: 'note', to: 'thread' }, goAround];
    default:
      return event satisfies never;
  }
}
