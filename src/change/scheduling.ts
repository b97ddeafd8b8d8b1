import type { Freeze } from '../calendar/freezes.ts';
import type { WindowProblem } from '../calendar/windows.ts';
import type { Planned } from './planned.ts';
import type { Instant, PersonId, TextHash } from './types.ts';

/** Something that stands against a change's window. */
export type Obstacle = WindowProblem<Planned>;

/** A freeze as the record of a change names it. */
export type FreezeNamed = Pick<Freeze, 'id' | 'kind' | 'startsAt' | 'endsAt' | 'reason'>;

/** A second person lets a change be carried out within soft freezes, in one window of it. */
export interface Exemption {
  by: PersonId;
  at: Instant;
  /** The role that let them, as held then. */
  role: string;
  /** Whom they stood in for. */
  for?: PersonId;
  words: string;
  freezes: FreezeNamed[];
  startsAt: Instant;
  endsAt: Instant;
  /** When an edit of more than words made it void: another change than this one was let in. */
  voidSince?: Instant;
}

/** A place in the calendar. */
interface Place {
  startsAt: Instant;
  endsAt: Instant;
}

/** What happens to a change's place in the calendar. */
export type SchedulingEvent =
  /** Its window has passed every check and is its own now. `clashes`: what was only pointed out. */
  | { type: 'Scheduled'; startsAt: Instant; endsAt: Instant; expiresAt: Instant; clashes: Obstacle[] }
  /**
   * It waits without a place. `exempters`: who may let it through where only soft freezes stand against it. `lost`:
   * the place that it had until now. `expiresAt`: of the window that it wants and does not get.
   */
  | {
      type: 'Unscheduled';
      against: Obstacle[];
      exempters: PersonId[];
      lost?: Place;
      expiresAt?: Instant;
    }
  /** A freeze was declared over its window, or moved there. */
  | { type: 'Caught'; freeze: FreezeNamed; against: Obstacle[]; exempters: PersonId[]; lost?: Place }
  /** A freeze that had caught it was ended before its time, or moved away. */
  | { type: 'FreezeLifted'; freeze: FreezeNamed }
  | ({ type: 'Exempted' } & Omit<Exemption, 'by' | 'at' | 'voidSince'>);

export type SchedulingCommand =
  /** Somebody moves its window, or asks for the one that it has. */
  | { type: 'Schedule'; startsAt: Instant; endsAt: Instant }
  /** By Docket: policy, freezes or neighbours may have changed. */
  | { type: 'CheckWindow' }
  /** By Docket: a freeze was declared or altered. */
  | { type: 'MeetFreeze'; freeze: string }
  /** By Docket: a freeze was ended before its time, or altered so that it holds the change no more. */
  | { type: 'LiftFreeze'; freeze: FreezeNamed }
  /** `seen`: of the freezes and the window as they were shown. */
  | { type: 'Exempt'; words: string; seen: TextHash };
