import { decidedIn, decisionFor, spokenBy } from './decided.ts';
import { type Holders, rights } from './holders.ts';
import { applies, barredFrom, fillable } from './route.ts';
import type { Filed, Seat, Stage } from './types.ts';

/**
 * Why nobody could finish this route, or nothing. An empty role is found at submission, never by silence; and
 * an edit that adds a review finds out here that its only reviewer has filled another seat already.
 * @param you what its requester is called
 */
export function emptySeats(
  change: Pick<Filed, 'requester' | 'route' | 'proposal' | 'decisions'>,
  holders: Holders,
  titles: Record<string, string>,
  you: string,
): string | undefined {
  const stages = change.route.filter((stage) => applies(stage, change.proposal));
  const reviewing = stages.filter((stage) => stage.kind !== 'vote');
  const spoken = spokenBy(decidedIn(change, 'reviews'));
  const may = (stage: Stage, seat: Seat) => rights(seat, barredFrom(stage, change), holders);
  const reviews = reviewing.flatMap((stage) =>
    stage.seats
      .filter((seat) => !decisionFor(change, stage.id, seat.id))
      .map((seat) => ({ ...seat, able: may(stage, seat) })),
  );
  const empty = reviews.find(({ able }) => able.length === 0);
  const named = (roles: string[]) => roles.map((role) => titles[role] ?? role).join(' or ');
  if (empty) {
    const held = rights(empty, [], holders).length > 0;
    return `Nobody${held ? ` but ${you}` : ''} holds the role ${named(empty.roles)}.`;
  }
  const free = reviews.map(({ able }) => able.filter((person) => !spoken.includes(person)));
  if (fillable(free) < reviews.length) {
    return `Too few different people hold the roles ${reviews.map((seat) => named(seat.roles)).join(', ')}; each review needs a person of its own.`;
  }
  const board = stages.find(
    (stage) =>
      stage.kind === 'vote' && fillable(stage.seats.map((seat) => may(stage, seat))) < (stage.quorum ?? 0),
  );
  return (
    board &&
    `${board.title} cannot reach its quorum of ${board.quorum}: too few of its seats have somebody in them.`
  );
}
