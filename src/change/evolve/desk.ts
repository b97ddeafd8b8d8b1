import type { DeskEvent } from '../desk.ts';
import { beforeFirstStage, filed } from '../filed.ts';
import { isUnderReview } from '../states.ts';
import type { Change, ChangeEvent, EventOf, Filed } from '../types.ts';

/** What a change is after a change manager has done something to it. @throws when it cannot follow what came before */
export function managed(change: Change, event: Extract<ChangeEvent, DeskEvent>): Change {
  switch (event.type) {
    case 'RiskSet':
      return riskSet(change, event);
    case 'Reclassified':
      return reclassified(change, event);
    case 'Reassigned': {
      if (!isUnderReview(change)) throw new Error(`${event.type} cannot follow ${change.status}`);
      const asked = { ...change.open.asked, [event.seat]: event.people };
      return { ...change, open: { ...change.open, asked } };
    }
    default:
      return event satisfies never;
  }
}

function riskSet(change: Change, { by, level, words, voided }: EventOf<'RiskSet'>): Change {
  const computed = change.risk.set?.computed ?? change.risk.level;
  return {
    ...without(change, voided),
    risk: { ...change.risk, level, set: { by, level, computed, words } },
  };
}

/** All but who filed it, its number, its rounds and what was said and tested begins anew. */
function reclassified(change: Change, event: EventOf<'Reclassified'>): Change {
  const { by, at, before, category, proposal, aside, words } = event;
  const { risk, route, policyVersion, execution, dueAt } = event;
  return {
    ...filed(change),
    ...{ category, proposal, aside, risk, route, policyVersion, execution, dueAt },
    ...{ reviewed: proposal, decisions: [], reclassified: { by, at, before, words } },
    ...{ status: 'in review', open: beforeFirstStage(event, at) },
  };
}

/** The same without the decisions that no longer count. */
export function without<C extends Filed>(change: C, voided: { stage: string; seat: string }[]): C {
  const gone = (stage: string, seat: string) => voided.some((v) => v.stage === stage && v.seat === seat);
  return { ...change, decisions: change.decisions.filter((d) => !gone(d.stage, d.seat)) };
}
