import { expect } from 'vitest';
import { offHours, productionHours } from '../../src/calendar/hours.ts';
import { type Interval, overlaps, without } from '../../src/calendar/interval.ts';
import { effects } from '../../src/change/effects.ts';
import { unproven } from '../../src/change/execution-plan.ts';
import { textHash } from '../../src/change/proposal.ts';
import { applies, standing } from '../../src/change/route.ts';
import type { Change } from '../../src/change/types.ts';
import { wentWell } from '../../src/change/went-well.ts';
import { Given, type When } from './given.ts';
import { HOUR } from './proposals.ts';
import type { Step } from './steps.ts';

// What must hold of every change from its approval to its end, whatever anybody tries.

/** (a) Every stage that applies has passed, on the text as it was reviewed. */
export function approvedByAll(change: Change): void {
  if (!('approvedAt' in change)) return;
  for (const stage of change.route.filter((each) => applies(each, change.proposal))) {
    const decisions = change.decisions.filter((d) => d.stage === stage.id);
    const stale = decisions.filter(({ seen }) => seen !== textHash(stage, change));
    expect([stage.id, standing(stage, change), stale]).toEqual([stage.id, 'passed', []]);
  }
}

/** Nothing starts without its approvals, its tests, its whole checklist and an open window, nor by another. */
export function startedReady({ before, events, change }: When): void {
  if (!events.some(({ type }) => type === 'Started')) return;
  approvedByAll(before.change);
  const { execution, tests, proposal, requester } = before.change;
  expect(unproven(execution.testsBefore, tests)).toEqual([]);
  const ticked = 'prepared' in before.change ? before.change.prepared : [];
  expect(ticked).toEqual(execution.preparation.map(({ id }) => id));
  const { implementer, startedAt } = 'startedAt' in change ? change : { implementer: '', startedAt: 0 };
  expect(implementer).toBe(proposal.implementer ?? requester);
  expect(startedAt).toBeGreaterThanOrEqual(proposal.startsAt ?? 0);
}

/** Nothing starts outside its window, at a forbidden hour, in a freeze that nobody let it into, or over another. */
export function startedInTime({ before, events }: When): void {
  const started = events.find(({ type }) => type === 'Started');
  if (!started) return;
  const { change } = before;
  const { at } = started;
  const { endsAt } = change.proposal;
  if (endsAt !== undefined) expect([change.status, at < endsAt]).toEqual(['scheduled', true]);
  permitted(before, { start: at, end: endsAt ?? at + 1 });
}

/** What is scheduled passed at that time, and is what was proposed. */
export function scheduledInTime({ before, events, change }: When): void {
  if (change.status === 'scheduled') {
    const { startsAt, endsAt } = change.proposal;
    expect([change.startsAt, change.endsAt]).toEqual([startsAt, endsAt]);
  }
  const event = events.find(({ type }) => type === 'Scheduled');
  if (!event || change.status !== 'scheduled') return;
  const story = new Given([], before.facts, before.at, change);
  permitted(story, { start: Math.max(event.at, change.startsAt), end: change.endsAt });
}

/** What the guide's policy says of a time, word by word and without the rules that are tried here. */
function permitted({ change, facts }: Given, time: Interval): void {
  const { policy, calendar } = facts;
  const systems = change.proposal.systems ?? [];
  const hours = {
    low: productionHours(policy, systems, time),
    medium: [],
    high: without(time, offHours(policy, time)),
  };
  if (change.category !== 'emergency') expect(hours[change.risk.level]).toEqual([]);
  const letInto = (change.exemptions ?? []).flatMap(({ freezes, by }) => {
    expect([change.requester, change.proposal.implementer]).not.toContain(by);
    return freezes.map(({ id }) => id);
  });
  const during = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }) =>
    overlaps({ start: startsAt, end: endsAt }, time);
  const frozen = calendar.freezes.filter(during);
  expect(frozen.filter(({ id, kind }) => kind !== 'soft' || !letInto.includes(id))).toEqual([]);
  if (policy.clashes === 'block') expect(calendar.scheduled.filter(during)).toEqual([]);
}

/** Nothing closes that did not go well, by its outcome or its verification, before it was looked back on. */
export function lookedBack({ change }: When): void {
  if (change.status !== 'closed' || wentWell(change) !== false) return;
  if (change.execution.retrospective.when !== 'never') expect(change.retrospective).toBeDefined();
}

/** Who verifies neither asked for it nor carried it out, and holds a verifying role. */
export function verifiedByAnother({ before, events, change }: When): void {
  if (!events.some(({ type }) => type === 'Verified') || !('verifiedBy' in change)) return;
  const { verifiedBy, verifiedFor } = change;
  for (const one of [verifiedBy, verifiedFor])
    expect([change.requester, change.implementer, ...(change.handedOverBy ?? [])]).not.toContain(one);
  const able = change.execution.verifiers.flatMap((role) => before.facts.holders.get(role) ?? []);
  expect(able.some((one) => one.person === verifiedBy && one.for === verifiedFor)).toBe(true);
}

/**
 * Every emergency that was carried out ends with a review by the board, or with an open one for which a timer is
 * set: so it is escalated once its time is up. It is nobody's own, and the reviewer sits on the board.
 */
export function reviewedByTheBoard({ before, events, change }: When): void {
  if (!('duties' in change) || change.category !== 'emergency') return;
  expect(change.duties.boardReview?.deadline).toBe(change.finishedAt + 24 * HOUR);
  if (change.status === 'closed') expect(change.boardReview).toBeDefined();
  if (
    events.some(({ type }) => type === 'Finished' || type === 'RolledBack' || type === 'BoardReviewEscalated')
  ) {
    const set = events.flatMap((event) => effects(event, change));
    const due = set.flatMap((each) =>
      each.do === 'timer' && each.intent.type === 'RemindBoardReview' ? [each.intent.due] : [],
    );
    expect(due.length).toBeGreaterThan(0);
    const { at } = before;
    const escalated: Step = () => ({ type: 'RemindBoardReview', by: 'docket', at, due: due.at(-1) ?? 0 });
    const open = new Given([], before.facts, at, change).when(escalated);
    if (!change.boardReview) open.gives('BoardReviewEscalated');
  }
  if (!events.some(({ type }) => type === 'EmergencyReviewed')) return;
  expect([change.requester, change.implementer]).not.toContain(change.boardReview?.by);
  const board = before.facts.holders.get(change.boardReview?.role ?? '') ?? [];
  expect(board.map(({ person }) => person)).toContain(change.boardReview?.by);
}
