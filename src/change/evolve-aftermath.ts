import type { ActionItem, AftermathEvent } from './aftermath.ts';
import type { Change, ChangeEvent, ChangeIn } from './types.ts';

type Afterwards = Extract<ChangeEvent, AftermathEvent>;

/** What a change is after something around or after its implementation. @throws when it cannot follow what came before */
export function afterwards(change: Change, event: Afterwards): Change {
  if ('told' in change && !('duties' in change)) {
    if (event.type === 'WindowNear') return { ...change, told: [...change.told, event.moment] };
    if (event.type === 'StartOverdue') return { ...change, told: [...change.told, 'start'] };
    if (event.type === 'Overran') return { ...change, told: [...change.told, 'end'] };
  }
  if ('duties' in change) return owed(change, event);
  throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
}

type CarriedOut = ChangeIn<'implemented' | 'verified' | 'closed'>;

function owed(change: CarriedOut, event: Afterwards): Change {
  switch (event.type) {
    case 'RetrospectiveHeld': {
      const { type: _, ...retrospective } = event;
      return { ...change, retrospective };
    }
    case 'EmergencyReviewed': {
      const { type: _, ...boardReview } = event;
      return { ...change, boardReview };
    }
    case 'RetrospectiveReminded':
      return { ...change, reminded: { ...change.reminded, retrospective: event.due } };
    case 'BoardReviewReminded':
    case 'BoardReviewEscalated':
      return { ...change, reminded: { ...change.reminded, boardReview: event.due } };
    case 'ActionAdded': {
      const { type: _, action: id, ...item } = event;
      return { ...change, actions: [...change.actions, { id, ...item }] };
    }
    case 'ActionCompleted':
      return altered(change, event.action, { done: { by: event.by, at: event.at } });
    case 'ActionChased':
      return altered(change, event.action, { chasedFor: event.due });
    case 'WindowNear':
    case 'StartOverdue':
    case 'Overran':
      throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
    default:
      return event satisfies never;
  }
}

function altered(change: CarriedOut, action: string, by: Partial<ActionItem>): Change {
  return {
    ...change,
    actions: change.actions.map((item) => (item.id === action ? { ...item, ...by } : item)),
  };
}
