import { beforeFirstStage, filed } from '../filed.ts';
import { isUnderReview } from '../states.ts';
import type { Change, Deferral, EventOf } from '../types.ts';
import { without } from './desk.ts';

type VoteEvent = EventOf<'VotersCounted' | 'QuorumLost' | 'QuorumWaived' | 'Deferred' | 'TakenUp'>;

/** What a change is after something that happened to its board's vote. */
export function voted(change: Change, event: VoteEvent): Change {
  switch (event.type) {
    case 'VotersCounted': {
      const { chairless: _, ...before } = change.opened[event.stage] ?? { round: 1, voters: 0 };
      const { voters, chairless } = event;
      const round = { ...before, voters, ...(chairless && { chairless }) };
      const counted = { ...change, opened: { ...change.opened, [event.stage]: round } };
      return voters > before.voters ? quorumMayBeBack(counted) : counted;
    }
    case 'QuorumLost':
      return isUnderReview(change) ? { ...change, open: { ...change.open, quorumLost: true } } : change;
    case 'QuorumWaived': {
      const round = change.opened[event.stage] ?? { round: 1, voters: 0 };
      return { ...change, opened: { ...change.opened, [event.stage]: { ...round, waived: true } } };
    }
    case 'Deferred':
      return deferred(change, event);
    case 'TakenUp':
      return { ...filed(change), status: 'in review', open: beforeFirstStage(change, event.at) };
    default:
      return event satisfies never;
  }
}

/** Should they still be too few, that is said again with the new number. */
function quorumMayBeBack(change: Change): Change {
  if (!isUnderReview(change)) return change;
  const { quorumLost: _, ...open } = change.open;
  return { ...change, open };
}

/** Its votes have said "later" and no more: when it comes back, everybody votes anew. */
function deferred(change: Change, { stage, by, at, until, dueAt }: EventOf<'Deferred'>): Change {
  const votes = change.decisions.filter((decision) => decision.stage === stage);
  const deferral: Deferral = { stage, by, at, until, votes };
  const deferrals = [...(change.deferrals ?? []), deferral];
  return {
    ...filed({ ...without(change, votes), deferrals, dueAt }),
    ...{ status: 'deferred', deferred: deferral },
  };
}
