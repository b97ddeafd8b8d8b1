import { implementerOf, testsNow, unproven, unprovenAfter } from '../../src/change/execution-plan.ts';
import { shownHash } from '../../src/change/proposal.ts';
import { isUnderReview } from '../../src/change/states.ts';
import type { Change, Intent, PersonId } from '../../src/change/types.ts';
import { nightAfter } from './filings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What somebody does about a change that they look at: now, or later. */
export type Doing = { intent: Intent } | { later: number };

/**
 * What one of its people would do with a change that they are looking at, one thing after the other. It goes by what
 * everybody can see of a change and by chance; whether they may is Docket's to say.
 */
export function doNext(
  change: Change,
  person: PersonId,
  now: number,
  random: () => number,
): Doing | undefined {
  const item = 'actions' in change && change.actions.find(({ owner, done }) => owner === person && !done);
  if (item && random() < 0.6) return { intent: { type: 'CompleteAction', action: item.id } };
  switch (change.status) {
    case 'validating':
    case 'in review':
      return review(change, person, now, random);
    case 'returned':
      if (person !== change.requester) return undefined;
      if (random() < 0.1) return { intent: { type: 'Withdraw', words: 'Not worth it.' } };
      return { intent: { type: 'Edit', proposal: fresh(change, now), words: 'All replicas but the last.' } };
    case 'approved':
    case 'scheduled':
      return person === implementerOf(change) ? prepare(change, now, random) : undefined;
    case 'implementing':
      return person === change.implementer ? finish(change, now, random) : undefined;
    case 'implemented':
      return verify(change, person);
    case 'verified':
      return lookBack(change, person, now, random);
    default:
      return undefined;
  }
}

function review(change: Change, person: PersonId, now: number, random: () => number): Doing | undefined {
  if (!isUnderReview(change)) return undefined;
  const { asked, stage } = change.open;
  const theirs = Object.values(asked).some((people) => people.includes(person));
  const decided = change.decisions.some(
    (one) => one.stage === stage && (one.by === person || one.for === person),
  );
  if (!theirs || decided) return undefined;
  const seen = shownHash(change, stage);
  const chance = random();
  const decide = (verdict: 'approve' | 'reject' | 'abstain' | 'recuse' | 'defer', words?: string): Doing => ({
    intent: {
      ...{ type: 'Decide', verdict, seen, ...(words && { words }) },
      ...(verdict === 'defer' && { until: now + 7 * DAY }),
    },
  });
  if (chance < 0.03) return decide('reject', 'Too risky this week.');
  const first = change.status === 'validating' || change.category === 'standard';
  if (chance < 0.07 && first) return { intent: { type: 'Return', seen, words: 'Which replicas?' } };
  if (stage !== 'cab') return decide('approve');
  if (chance < 0.05) return decide('abstain', 'I wrote half of it.');
  if (chance < 0.07) return decide('recuse', 'My team sells it.');
  return chance < 0.09 ? decide('defer', 'After the rehearsal.') : decide('approve');
}

/** A returned change that has lost its time gets another window. */
function fresh(change: Change, now: number): Change['proposal'] {
  const { startsAt, endsAt } = change.proposal;
  const description = `${change.proposal.description} All replicas but the last.`;
  if (startsAt === undefined || endsAt === undefined || startsAt > now + 2 * DAY)
    return { ...change.proposal, description };
  return { ...change.proposal, description, ...moved(change, now) };
}

function moved({ proposal, category }: Change, now: number): { startsAt: number; endsAt: number } {
  const { startsAt = now, endsAt = now } = proposal;
  const next =
    nightAfter(now + (category === 'standard' ? 3 : 12) * DAY) + (startsAt % HOUR === 0 ? 0 : 30 * MINUTE);
  return { startsAt: next, endsAt: next + (endsAt - startsAt) };
}

function prepare(
  change: Change & { status: 'approved' | 'scheduled' },
  now: number,
  random: () => number,
): Doing | undefined {
  if (unproven(change.execution.testsBefore, change.tests).length > 0) return { intent: testsOf(change) };
  const items = change.execution.preparation.map(({ id }) => id);
  if (change.prepared.length < items.length) return { intent: { type: 'Prepare', items } };
  const { startsAt, endsAt } = change.proposal;
  // Some have lost interest, and let it lapse.
  if (random() < 0.02) return undefined;
  if (startsAt === undefined || endsAt === undefined)
    return { intent: { type: 'Start', strategy: 'standard' } };
  if (now >= endsAt - 10 * MINUTE || change.status === 'approved')
    return { intent: { type: 'Schedule', ...moved(change, now) } };
  if (now < startsAt) return { later: startsAt + Math.floor(random() * 3) * 5 * MINUTE };
  return { intent: { type: 'Start', strategy: 'standard' } };
}

function finish(change: Change & { status: 'implementing' }, now: number, random: () => number): Doing {
  const { startedAt, proposal } = change;
  const { endsAt = startedAt + 40 * MINUTE } = proposal;
  // Now and then it takes longer than was planned.
  const done = endsAt - 10 * MINUTE + (random() < 0.05 ? 30 * MINUTE : 0);
  if (now < done && now < startedAt + 30 * MINUTE)
    return { later: Math.max(startedAt + 30 * MINUTE, Math.min(done, endsAt)) };
  const chance = random();
  if (chance < 0.03) return { intent: { type: 'RollBack', words: 'Errors above two percent.' } };
  const outcome = chance < 0.06 ? 'failed' : chance < 0.1 ? 'partial' : 'success';
  return {
    intent: {
      ...{ type: 'Finish', outcome, ...(outcome !== 'success' && { words: 'It stopped half-way.' }) },
      ...(outcome === 'success' && { passed: unprovenAfter(change).map(({ id }) => id) }),
    },
  };
}

function testsOf(change: Change): Intent {
  const tests = testsNow(change).map(({ id, environments = ['Staging'] }) => ({
    ...{ test: id, result: 'pass' as const },
    ...(environments[0] && { environment: environments[0] }),
  }));
  return { type: 'RecordTests', tests };
}

function verify(change: Change & { status: 'implemented' }, person: PersonId): Doing | undefined {
  if (unprovenAfter(change).length > 0) return { intent: testsOf(change) };
  if (person === change.requester || person === change.implementer) return undefined;
  return { intent: { type: 'Verify', met: change.execution.verification.map(({ id }) => id) } };
}

function lookBack(
  change: Change & { status: 'verified' },
  person: PersonId,
  now: number,
  random: () => number,
): Doing | undefined {
  const { retrospective, boardReview } = change.duties;
  const actions =
    random() < 0.05 ? [{ words: 'Alert on refused keys.', owner: change.requester, due: now + 7 * DAY }] : [];
  if (boardReview && !change.boardReview && boardReview.people.includes(person))
    return { intent: { type: 'ReviewEmergency', justified: true, findings: 'Rightly done.', actions } };
  const theirs = person === change.requester || person === change.implementer;
  if (!retrospective || change.retrospective || !theirs) return undefined;
  return {
    intent: {
      type: 'HoldRetrospective',
      ...{ review: 'As planned.', evaluation: 'All met.', causes: 'The replica was too small.' },
      ...{ wentWell: 'The rehearsal.', toImprove: 'Tell support earlier.', participants: [], actions },
    },
  };
}
