import type { Category } from '../policy/schema.ts';
import type { ChangeEvent, EventOf, Filed, Instant } from './types.ts';

/**
 * A time that was set and is to be kept: for the whole decision, for one stage, and for the reviews afterwards. A
 * change keeps all that it ever had, so that anybody can say later which of them were kept.
 */
export interface Clock {
  of: 'decision' | 'stage' | 'retrospective' | 'board review';
  /** The id of the stage; empty for the others. */
  stage: string;
  /** What the change was as it was set. */
  category: Category;
  round: number;
  openedAt: Instant;
  deadline: Instant;
  /** `done`: what it was set for has happened. `dropped`: it was no longer asked for. */
  ended?: { at: Instant; how: 'done' | 'dropped' };
  /** The number of the event that touched it last. */
  seq: number;
}

type Which = (clock: Clock) => boolean;

const any: Which = () => true;
const of =
  (...kinds: Clock['of'][]): Which =>
  (clock) =>
    kinds.includes(clock.of);

/**
 * The clocks of a change after one more event.
 *
 * The decision's clock runs from the submission (or a reclassification, which begins the road anew) to the first
 * approval or rejection, also while the change is returned. Stages that an edit opens again have clocks of their own.
 */
export function clocksAfter(
  { clocks, category: before, seq: last }: Pick<Filed, 'clocks' | 'category' | 'seq'>,
  event: ChangeEvent,
): Clock[] {
  const { at } = event;
  const seq = last + 1;
  const category = event.type === 'Reclassified' ? event.category : before;
  const end = (which: Which, how: 'done' | 'dropped') =>
    clocks.map((clock) => (clock.ended || !which(clock) ? clock : { ...clock, ended: { at, how }, seq }));
  const open = (others: readonly Clock[], kind: Clock['of'], deadline: Instant, stage = '') => {
    const round = others.filter((clock) => clock.of === kind && clock.stage === stage).length + 1;
    return [...others, { of: kind, stage, category, round, openedAt: at, deadline, seq }];
  };
  switch (event.type) {
    case 'Submitted':
      return open([], 'decision', event.dueAt);
    case 'Reclassified':
      return open(end(any, 'dropped'), 'decision', event.dueAt);
    case 'StageOpened':
      return open(end(of('stage'), 'dropped'), 'stage', event.deadline, event.stage);
    case 'StagePassed':
    case 'Returned':
      return end(of('stage'), 'done');
    case 'Deferred':
      return end(of('stage'), 'done').map((clock) => putOff(clock, event, seq));
    case 'ChangeApproved':
    case 'ChangeRejected':
      return end(of('decision', 'stage'), 'done');
    case 'Withdrawn':
      return end(any, 'dropped');
    case 'Finished':
    case 'RolledBack':
    case 'Verified': {
      const { retrospective, boardReview } = event.duties ?? {};
      const first = retrospective ? open(clocks, 'retrospective', retrospective.deadline) : [...clocks];
      return boardReview ? open(first, 'board review', boardReview.deadline) : first;
    }
    case 'RetrospectiveHeld':
      return end(of('retrospective'), 'done');
    case 'EmergencyReviewed':
      return end(of('board review'), 'done');
    default:
      return [...clocks];
  }
}

/** What the board has put off has longer, unless its time was up already: what was late stays so. */
function putOff(clock: Clock, { at, dueAt }: EventOf<'Deferred'>, seq: number): Clock {
  const runs = clock.of === 'decision' && !clock.ended && clock.deadline >= at;
  return runs ? { ...clock, deadline: dueAt, seq } : clock;
}

/** When it is known whether a clock was kept: once it is done, at the latest when its time is up. */
export function knownAt({ deadline, ended }: Clock): Instant | undefined {
  if (ended && ended.at <= deadline) return ended.how === 'done' ? ended.at : undefined;
  return deadline;
}

/** Whether what it was set for has happened in time. */
export function wasKept({ deadline, ended }: Clock): boolean {
  return ended?.how === 'done' && ended.at <= deadline;
}

/** The clocks that the last events of a change have touched. */
export function touchedClocks({ clocks, seq }: Pick<Filed, 'clocks' | 'seq'>, events: number): Clock[] {
  return clocks.filter((clock) => clock.seq > seq - events);
}
