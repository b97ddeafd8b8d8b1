import type { Change, Decision, Filed, PersonId, Stage, UnderReview } from './types.ts';

/** The stage that the change is waiting in. */
export function openStageOf(change: UnderReview): Stage {
  const stage = change.route.find(({ id }) => id === change.open.stage);
  if (!stage) throw new Error(`${change.id} waits in ${change.open.stage}, which is not on its route`);
  return stage;
}

/** Whether the time of the open stage is up: then its deputies may decide too. */
export function isLate(change: UnderReview): boolean {
  return (change.open.reminded ?? 0) >= 100;
}

/** The decision that fills a seat, if one does. */
export function decisionFor(
  change: Pick<Change, 'decisions'>,
  stage: string,
  seat: string,
): Decision | undefined {
  return change.decisions.find((decision) => decision.stage === stage && decision.seat === seat);
}

/** Whether it is this person's decision: they made it, or were stood in for. */
export function isOf(decision: Decision, person: PersonId): boolean {
  return decision.by === person || decision.for === person;
}

/** Who has spoken by these decisions: who made them, and whom they stood in for. Neither fills a second seat. */
export function spokenBy(decisions: readonly Decision[]): PersonId[] {
  return decisions.flatMap((decision) => (decision.for ? [decision.by, decision.for] : [decision.by]));
}

/** What the board gave to whoever carries the change out: with its approvals, and in its meetings. */
export function guidanceOf(
  change: Pick<Filed, 'route' | 'decisions' | 'advice'>,
): { by: PersonId; words: string }[] {
  const votes = decidedIn(change, 'votes').flatMap(({ verdict, by, words }) =>
    verdict === 'approve' && words ? [{ by, words }] : [],
  );
  return [...votes, ...(change.advice ?? []).map(({ by, words }) => ({ by, words }))];
}

/** Decisions that count towards "one person, one seat" together with this stage's. */
export function sameCount(change: Pick<Filed, 'route' | 'decisions'>, stage: Stage): Decision[] {
  return decidedIn(change, stage.kind === 'vote' ? 'votes' : 'reviews');
}

export function decidedIn(
  change: Pick<Filed, 'route' | 'decisions'>,
  where: 'votes' | 'reviews',
): Decision[] {
  const isVote = (id: string) => change.route.some((each) => each.id === id && each.kind === 'vote');
  return change.decisions.filter((decision) => isVote(decision.stage) === (where === 'votes'));
}
