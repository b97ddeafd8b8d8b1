import type { ExecutionEvent } from '../execution.ts';
import type { Change, ChangeEvent, EventOf } from '../types.ts';

type Executed = Extract<ChangeEvent, ExecutionEvent>;

/** What a change is after something of its execution has happened. @throws when it cannot follow what came before */
export function executed(change: Change, event: Exclude<Executed, EventOf<'Cancelled' | 'Expired'>>): Change {
  const { by, at } = event;
  if (event.type === 'TestsRecorded') {
    return { ...change, tests: [...change.tests, ...event.tests.map((test) => ({ ...test, by, at }))] };
  }
  switch (change.status) {
    case 'approved':
    case 'scheduled':
      if (event.type === 'Prepared') return { ...change, prepared: event.items };
      // The text that decisions are bound to stays as it was reviewed.
      if (event.type === 'HandedOver')
        return { ...change, proposal: { ...change.proposal, implementer: event.to } };
      if (event.type === 'Started') {
        const { approvedAt, prepared, told, ...rest } = change;
        const steps = event.steps.map((title) => ({ title }));
        return {
          ...rest,
          approvedAt,
          prepared,
          told,
          status: 'implementing',
          implementer: by,
          startedAt: at,
          ...(event.endBy !== undefined && { endBy: event.endBy }),
          strategy: event.strategy,
          steps,
          notes: [],
        };
      }
      break;
    case 'implementing':
      if (event.type === 'StepsDone') return { ...change, steps: ticked(change.steps, event) };
      if (event.type === 'Noted')
        return { ...change, notes: [...change.notes, { by, at, words: event.words }] };
      if (event.type === 'HandedOver') {
        const before = [...(change.handedOverBy ?? []), event.from];
        return { ...change, implementer: event.to, handedOverBy: [...new Set(before)] };
      }
      if (event.type === 'Finished' || event.type === 'RolledBack') {
        const outcome = event.type === 'Finished' ? event.outcome : 'rolled back';
        const words = event.words === undefined ? {} : { outcomeWords: event.words };
        const { deviations, deployed, effortMinutes } = event.type === 'Finished' ? event : {};
        return {
          ...change,
          status: 'implemented',
          outcome,
          finishedAt: at,
          verifiers: event.verifiers,
          duties: event.duties,
          reminded: {},
          actions: [],
          ...words,
          ...(deviations !== undefined && { deviations }),
          ...(deployed !== undefined && { deployed }),
          ...(effortMinutes !== undefined && { effortMinutes }),
        };
      }
      break;
    case 'implemented':
      if (event.type === 'Verified') {
        const words = event.words === undefined ? {} : { verificationWords: event.words };
        return {
          ...change,
          status: 'verified',
          verifiedBy: by,
          verifiedAt: at,
          met: event.met,
          ...words,
          ...(event.role !== undefined && { verifiedAs: event.role }),
          ...(event.for !== undefined && { verifiedFor: event.for }),
          ...(event.measured && { measured: event.measured }),
          ...(event.duties && { duties: { ...change.duties, ...event.duties } }),
        };
      }
      break;
    case 'verified':
      if (event.type === 'ChangeClosed') return { ...change, status: 'closed', closedAt: at };
      break;
    default:
      break;
  }
  throw new Error(`${event.type} cannot follow ${change.status} in ${change.id}`);
}

function ticked(
  steps: Extract<Change, { status: 'implementing' }>['steps'],
  { steps: done, by, at }: EventOf<'StepsDone'>,
) {
  // A step that was ticked before keeps its time; one whose tick was taken back loses it.
  return steps.map((step, i) =>
    done.includes(i) ? { title: step.title, done: step.done ?? { by, at } } : { title: step.title },
  );
}
