import type { Scheduled } from '../calendar/clashes.ts';
import type { Touched } from '../calendar/freezes.ts';
import type { RiskLevel } from '../policy/schema.ts';
import { implementerOf } from './execution-plan.ts';
import type { Change, PersonId, Status } from './types.ts';

/** A change with a window, as calendars show it and as other windows are held against it. */
export interface Planned extends Scheduled, Touched {
  number: string;
  title: string;
  status: Status;
  risk: RiskLevel;
  requester: PersonId;
  implementer: PersonId;
}

/** Those whose window is theirs: nobody else's may clash with it. */
export const HOLDS_WINDOW = ['scheduled', 'implementing'] as const satisfies Status[];

/** Those that are still to be carried out, or just are, at the time which they name. */
export const TO_COME = [
  ...(['validating', 'in review', 'returned', 'deferred', 'approved'] as const),
  ...HOLDS_WINDOW,
] satisfies Status[];

/** What a change's window affects: systems, environments and who carries it out. */
export type Touches = Pick<Planned, 'systems' | 'environments' | 'implementer'>;

export function touchesOf(change: Change): Touches {
  return {
    systems: change.proposal.systems ?? [],
    environments: change.proposal.environments ?? [],
    implementer: implementerOf(change),
  };
}
