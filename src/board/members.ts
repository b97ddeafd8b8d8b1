import { candidates, rightOf } from '../change/holders.ts';
import { overseerAs, overseerTitle } from '../change/overseer.ts';
import { Refusal } from '../change/refusal.ts';
import type { Actor, PersonId, Right } from '../change/types.ts';
import type { Meeting, MeetingFacts } from './types.ts';

type Board = Pick<Meeting, 'seats' | 'chair' | 'title'>;

/** Who sits on the board now. */
export function membersOf({ seats }: Board, { holders }: Pick<MeetingFacts, 'holders'>): PersonId[] {
  return [...new Set(seats.flatMap((seat) => candidates(seat, [], holders)))];
}

/** Who leads its meetings now: who acts in the chair's seat. */
export function leadersOf({ seats, chair }: Board, { holders }: Pick<MeetingFacts, 'holders'>): PersonId[] {
  const seat = seats.find(({ id }) => id === chair);
  return seat ? candidates(seat, [], holders) : [];
}

/** The right in which somebody leads the meeting: that of the chair, or in their place an overseer's. */
function leadsAs(
  { seats, chair }: Board,
  by: Actor,
  facts: Pick<MeetingFacts, 'policy' | 'holders'>,
): Right | undefined {
  const seat = seats.find(({ id }) => id === chair);
  return (seat && rightOf(by, seat, [], facts.holders)) ?? overseerAs(facts, by);
}

/** Whether somebody leads the meeting. */
export function leads(meeting: Board, by: Actor, facts: Pick<MeetingFacts, 'policy' | 'holders'>): boolean {
  return leadsAs(meeting, by, facts) !== undefined;
}

/**
 * The right in which somebody leads the meeting.
 * @throws {Refusal} for anybody else
 */
export function checkLeadsIt(meeting: Board, by: Actor, facts: MeetingFacts, what: string): Right {
  const right = leadsAs(meeting, by, facts);
  if (right) return right;
  const chairs = leadersOf(meeting, facts)
    .map((person) => `<@${person}>`)
    .join(', ');
  throw new Refusal(
    'not your role',
    `Only the chair of the board${chairs && ` (${chairs})`} and the ${overseerTitle(facts)} can ${what}.`,
  );
}

/** @throws {Refusal} unless this person has a say in the meeting: on the board, there, or overseeing changes */
export function checkTakesPart(meeting: Meeting, by: Actor, facts: MeetingFacts): void {
  const part = [...membersOf(meeting, facts), ...meeting.attendance];
  if (part.includes(by) || leads(meeting, by, facts)) return;
  throw new Refusal('not your role', 'This is for those who sit on the board or are in its meeting.');
}
