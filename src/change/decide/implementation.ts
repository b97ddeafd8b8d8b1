import { inFull } from '../../calendar/in-full.ts';
import { dutiesOf } from '../duties.ts';
import { implementerOf, openBeforeStart, verifiersToAsk } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { freezingTitles } from '../freezing.ts';
import { overseersBut } from '../overseer.ts';
import { Refusal, wordless } from '../refusal.ts';
import { sameMembers } from '../same.ts';
import { timeWithoutWindow } from '../settle.ts';
import type { Change, ChangeEvent, ChangeIn, CommandOf, Instant, PersonId } from '../types.ts';
import { blocking, obstaclesNow, wantedBy } from '../window-rules.ts';
import { recordTests } from './tests.ts';

/** The checklist before the start (guide, "Pre-Implementation Preparation"): the implementer ticks it. */
export function prepare(change: Change, { by, at, items }: CommandOf<'Prepare'>): ChangeEvent[] {
  const ready = approved(change);
  checkImplementer(change, by);
  const known = change.execution.preparation.map(({ id }) => id).filter((id) => items.includes(id));
  return sameMembers(known, ready.prepared) ? [] : [{ type: 'Prepared', by, at, items: known }];
}

/** The implementer starts, in one of the ways that were foreseen, once nothing stands in the way. */
export function start(change: Change, { by, at, strategy }: CommandOf<'Start'>, facts: Facts): ChangeEvent[] {
  if (change.status === 'implementing' && change.implementer === by && change.strategy === strategy)
    return [];
  mayStart(change, by, facts, at);
  const chosen = change.execution.strategies.find(({ id }) => id === strategy);
  if (!chosen) throw new Refusal('unknown', 'Please choose how it is carried out.');
  const endBy = timeWithoutWindow(change, facts, at);
  return [{ type: 'Started', by, at, strategy, steps: chosen.steps, ...(endBy && { endBy }) }];
}

/**
 * The implementer starts only within the window that the change has in the calendar, and not while the rules of time
 * forbid what is left of it (guide, "Risk Assessment Levels"); not while a required test is missing or failed, not
 * with an open checklist. Whatever stands in the way is said at once, so that nobody meets it one by one. An attempt
 * without an approval goes into the record, as any other that is forbidden (NIST SP 800-53, CM-3(1)d).
 * @throws {Refusal} unless this person could start it now
 */
export function mayStart(change: Change, by: PersonId, facts: Facts, at: Instant): void {
  checkApproved(change);
  const ready = approved(change);
  checkImplementer(change, by);
  const { number, proposal, status } = ready;
  const { tests, checklist } = openBeforeStart(ready);
  const wanted = wantedBy(ready);
  const against = blocking(obstaclesNow(ready, facts, at));
  const { startsAt = at } = proposal;
  const missing = [
    ...(tests.length > 0 ? [`These tests must pass before the start: ${tests.join(', ')}.`] : []),
    ...(checklist.length > 0 ? [`Please tick these first: ${checklist.join(', ')}.`] : []),
    ...(at < startsAt
      ? [`The window of ${number} has not opened yet: it opens ${inFull(startsAt, facts.policy.zone)}.`]
      : []),
    ...new Set(against.map(({ sentence }) => sentence)),
    ...(against.some(({ kind }) => kind === 'soft freeze')
      ? [`The ${freezingTitles('exempt', facts)} may do that: \`/change exempt ${number}\`.`]
      : []),
    ...(wanted && status !== 'scheduled' && against.length === 0
      ? [`${number} has no place in the calendar yet. Ask for its window once more.`]
      : []),
  ];
  if (missing.length > 0)
    throw new Refusal('not ready', missing.join('\n'), {}, against.length > 0 ? wanted : undefined);
}

/** The steps that are done; each keeps the time at which it was ticked. */
export function tickSteps(change: Change, { by, at, steps }: CommandOf<'TickSteps'>): ChangeEvent[] {
  const running = implementing(change);
  checkImplementer(change, by);
  const known = running.steps.map((_, i) => i).filter((i) => steps.includes(i));
  const done = running.steps.flatMap((step, i) => (step.done ? [i] : []));
  return sameMembers(known, done) ? [] : [{ type: 'StepsDone', by, at, steps: known }];
}

/** An issue met on the way and how it was resolved, with its time. */
export function note(change: Change, { by, at, words }: CommandOf<'Note'>): ChangeEvent[] {
  const running = implementing(change);
  checkImplementer(change, by);
  if (!words.trim()) throw new Refusal('incomplete', 'Please write what happened.');
  if (running.notes.at(-1)?.words === words.trim()) return [];
  return [{ type: 'Noted', by, at, words: words.trim() }];
}

/**
 * It is over, one way or another; those who may verify it are asked, and what is owed afterwards gets its time. What has
 * been tested by then is recorded along with it.
 */
export function finish(
  change: Change,
  command: CommandOf<'Finish' | 'RollBack'>,
  facts: Facts,
): ChangeEvent[] {
  const { by, at } = command;
  const words = command.words?.trim();
  const outcome = command.type === 'Finish' ? command.outcome : 'rolled back';
  const again = change.status === 'implemented' && change.implementer === by && change.outcome === outcome;
  if (again) return [];
  implementing(change);
  checkImplementer(change, by);
  if (outcome !== 'success' && !words) throw wordless('Please say what happened.');
  const verifiers = verifiersToAsk(change, by, facts.holders);
  const duties = dutiesOf(change, { outcome, by, at }, facts);
  const heard = [by, change.requester, ...verifiers, ...(duties.boardReview?.people ?? [])];
  // What was urgent is still broken.
  const broken = change.category === 'emergency' && (outcome === 'failed' || outcome === 'rolled back');
  const overseers = broken ? overseersBut(heard, facts) : [];
  const then = { verifiers, duties, ...(overseers.length > 0 && { overseers }) };
  if (command.type === 'RollBack') return [{ type: 'RolledBack', by, at, words: words ?? '', ...then }];
  const deviations = command.deviations?.trim();
  const deployed = command.deployed?.trim().replaceAll(/\s+/g, ' ');
  const { effortMinutes } = command;
  const said = {
    ...(words && { words }),
    ...(deviations && { deviations }),
    ...(deployed && { deployed }),
    ...(effortMinutes !== undefined && { effortMinutes }),
  };
  const passed = (command.passed ?? []).map((test) => ({ test, result: 'pass' as const }));
  return [
    ...recordTests(change, { type: 'RecordTests', by, at, tests: passed }),
    { type: 'Finished', by, at, outcome: command.outcome, ...then, ...said },
  ];
}

/** @throws {Refusal} where it was never to be started, or is not any more */
function checkApproved({ status, number }: Change): void {
  switch (status) {
    case 'validating':
    case 'in review':
    case 'returned':
    case 'deferred':
      throw new Refusal('not approved', `${number} is ${status} now, so it cannot be started yet.`);
    case 'rejected':
    case 'withdrawn':
    case 'cancelled':
    case 'expired':
      throw new Refusal('not approved', `${number} is ${status} now, so it cannot be started.`);
    case 'approved':
    case 'scheduled':
    case 'implementing':
    case 'implemented':
    case 'verified':
    case 'closed':
      return;
    default:
      status satisfies never;
  }
}

function approved(change: Change): ChangeIn<'approved' | 'scheduled'> {
  if (change.status === 'approved' || change.status === 'scheduled') return change;
  if (change.status === 'implementing')
    throw new Refusal('not now', `${change.number} has been started already.`);
  throw new Refusal('not now', `${change.number} is ${change.status} now, so it cannot be started.`);
}

function implementing(change: Change): ChangeIn<'implementing'> {
  if (change.status === 'implementing') return change;
  throw new Refusal('not now', `${change.number} is ${change.status} now; it is not being implemented.`);
}

function checkImplementer(change: Change, by: string): void {
  const implementer = implementerOf(change);
  if (by === implementer) return;
  throw new Refusal(
    'not the implementer',
    `<@${implementer}> carries ${change.number} out, so only they can do this.`,
  );
}
