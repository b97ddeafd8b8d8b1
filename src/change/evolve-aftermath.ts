import type { AftermathEvent } from './aftermath.ts';
import type { Change, ChangeEvent } from './types.ts';

type Afterwards = Extract<ChangeEvent, AftermathEvent>;

/** What a change is after something around or after its implementation. @throws when it cannot follow what came before */
export function afterwards(change: Change, event: Afterwards): Change {
  if ('told' in change) {
    if (event.type === 'WindowNear') return { ...change, told: [...change.told, event.moment] };
    if (event.type === 'StartOverdue') return { ...change, told: [...change.told, 'start'] };
    if (event.type === 'Overran') return { ...change, told: [...change.told, 'end'] };
  }
  if ('duties' in change) {
    if (event.type === 'RetrospectiveHeld') {
      const { type: _, ...retrospective } = event;
      return { ...change, retrospective };
    }
    if (event.type === 'RetrospectiveReminded')
      return { ...change, reminded: { ...change.reminded, retrospective: event.due } };
  }
  throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
}
