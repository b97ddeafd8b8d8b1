import type { ActionItem, AftermathEvent, WindowMoment } from '../aftermath.ts';
import { rightIn } from '../holders.ts';
import type { Approved } from '../phases.ts';
import type { Change, ChangeEvent, ChangeIn, EventOf, Instant } from '../types.ts';

type Afterwards = Extract<ChangeEvent, AftermathEvent>;

/** What a change is after something around or after its implementation. @throws when it cannot follow what came before */
export function afterwards(change: Change, event: Afterwards): Change {
  if ('told' in change && !('duties' in change)) {
    if (event.type === 'WindowNear') return { ...change, told: [...change.told, event.moment] };
    if (event.type === 'StartOverdue') return late(change, 'start', event.due);
    if (event.type === 'Overran') return late(change, 'end', event.due);
  }
  if ('duties' in change) return owed(change, event);
  throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
}

function late<C extends Approved>(change: C, moment: WindowMoment, due: Instant | undefined): C {
  return due === undefined ? { ...change, told: [...change.told, moment] } : { ...change, saidAgain: due };
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
    case 'VerificationReminded':
      return { ...change, reminded: { ...change.reminded, verification: event.due } };
    case 'VerifiersAsked':
      return { ...change, verifiers: event.verifiers };
    case 'RetrospectiveReminded':
      return { ...change, reminded: { ...change.reminded, retrospective: event.due } };
    case 'BoardReviewReminded':
    case 'BoardReviewEscalated':
      return { ...change, reminded: { ...change.reminded, boardReview: event.due } };
    case 'ActionAdded':
    case 'ActionCompleted':
    case 'ActionChased':
      return { ...change, actions: withAction(change.actions, event) };
    case 'WindowNear':
    case 'StartOverdue':
    case 'Overran':
      throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
    default:
      return event satisfies never;
  }
}

type ActionEvent = EventOf<'ActionAdded' | 'ActionChased' | 'ActionCompleted'>;

/** A list of action items after something that happened to one of them. */
export function withAction(actions: readonly ActionItem[], event: ActionEvent): ActionItem[] {
  const altered = (by: Partial<ActionItem>) =>
    actions.map((item) => (item.id === event.action ? { ...item, ...by } : item));
  switch (event.type) {
    case 'ActionAdded': {
      const { type: _, action: id, ...item } = event;
      return [...actions, { id, ...item }];
    }
    case 'ActionCompleted':
      return altered({ done: { by: event.by, at: event.at, ...rightIn(event) } });
    case 'ActionChased':
      return altered({ chasedFor: event.due });
    default:
      return event satisfies never;
  }
}
