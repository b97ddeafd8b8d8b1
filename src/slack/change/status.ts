import type { ContextBlock } from '@slack/types';
import { ballWith } from '../../change/ball.ts';
import { openStageOf } from '../../change/decided.ts';
import { boardReviewDue, retrospectiveDue } from '../../change/duties.ts';
import type { Holders } from '../../change/holders.ts';
import { applies, standing } from '../../change/route.ts';
import { waitingBySeat } from '../../change/seats.ts';
import { isOver, isUnderReview } from '../../change/states.ts';
import type { Change, Decision, PersonId, Stage, UnderReview, Verdict } from '../../change/types.ts';
import { quorumNow, VERDICTS } from '../../change/voting.ts';
import { context } from '../blocks/blocks.ts';
import { day, escaped, inLine, inStead, mention, mentions, span, when } from '../blocks/format.ts';
import { showWindow } from './show-field.ts';

/** So many of those who could fill a seat are named. */
const NAMED = 8;

/** Where a change stands and who has the ball, in one line. */
export function statusLine(change: Change, holders: Holders): string {
  switch (change.status) {
    case 'validating':
    case 'in review': {
      const people = ballWith(change, holders);
      const who =
        people.length > 0 ? `waiting for ${needed(change, people, holders)}` : 'nobody holds this role now';
      return `🕓 *${escaped(openStageOf(change).title)}*: ${who}, until ${when(change.open.deadline)}`;
    }
    case 'returned':
      return `↩️ *Returned* to ${mention(change.requester)}: ${inLine(change.returned.words, 300)}`;
    case 'deferred':
      return `⏭️ *Deferred* by the board; it comes back ${day(change.deferred.until)}`;
    case 'approved':
      return `✅ *Approved* ${when(change.approvedAt)}${change.against ? ', *not scheduled*' : ''}`;
    case 'scheduled':
      return `✅ *Approved and scheduled* for ${span(change.startsAt, change.endsAt)}`;
    case 'implementing':
      return `🔧 *Being implemented* by ${mention(change.implementer)} since ${when(change.startedAt)}`;
    case 'implemented':
      return change.outcome === 'rolled back'
        ? `⏪ *Rolled back* ${when(change.finishedAt)}${stillOpen(change)}`
        : `🏁 *Implemented* (${change.outcome}) ${when(change.finishedAt)}${stillOpen(change)}`;
    case 'verified':
      return `🔎 *Verified* by ${mention(change.verifiedBy)}${inStead(change.verifiedFor)} ${when(change.verifiedAt)}${stillOpen(change)}`;
    case 'closed':
      return `📁 *Closed* (${change.outcome}) ${when(change.closedAt)}`;
    case 'rejected':
      return `⛔ *Rejected* by ${ending(change.ended)}`;
    case 'withdrawn':
      return `🚫 *Withdrawn* by ${ending(change.ended)}`;
    case 'cancelled':
      return `🚫 *Cancelled* by ${ending(change.ended)}`;
    case 'expired':
      return `⌛ *Expired* ${when(change.ended.at)}`;
    default:
      return change satisfies never;
  }
}

/** Whose decisions are needed: of a board everybody's, of a review one for each seat. */
function needed(change: UnderReview, people: PersonId[], holders: Holders): string {
  if (openStageOf(change).kind === 'vote') return mentions(people);
  return waitingBySeat(change, holders).map(oneOf).join('; ') || mentions(people);
}

/** "@Wei or @Olga": any one of them is enough. */
function oneOf(people: readonly PersonId[]): string {
  const last = people.at(-1);
  if (people.length > NAMED) return `one of ${mentions(people, NAMED)}`;
  return last && people.length > 1
    ? `${mentions(people.slice(0, -1))} or ${mention(last)}`
    : mentions(people);
}

/** The window, where the line above does not say it already; of a change without one, only while it is decided on. */
export function windowBeside(change: Change): string[] {
  const { status, proposal } = change;
  const hasNone = proposal.startsAt === undefined && !isUnderReview(change);
  return status === 'scheduled' || hasNone ? [] : [showWindow(proposal)];
}

/** What is to be done before it closes: "; still open: retrospective by …". */
function stillOpen(change: Change): string {
  const [lookBack, review] = [retrospectiveDue(change), boardReviewDue(change)];
  const board = escaped(change.execution.boardReview?.title ?? '');
  const open = [
    ...(change.status === 'implemented' ? ['verification'] : []),
    ...(review === undefined ? [] : [`${board} review by ${when(review)}`]),
    ...(lookBack === undefined ? [] : [`retrospective by ${when(lookBack)}`]),
  ];
  return open.length > 0 ? `; still open: ${open.join(', ')}` : '';
}

function ending({ by, at, words }: { by: string; at: number; words?: string }): string {
  return `${mention(by)} ${when(at)}${words ? `: ${inLine(words, 300)}` : ''}`;
}

/** The road of a change: "✓ Validation → ● Technical review → ○ Change Advisory Board"; none where nobody is asked. */
export function road(change: Change): ContextBlock[] {
  const open = isUnderReview(change) ? change.open.stage : undefined;
  const mark = (stage: Stage) => {
    const stands = standing(stage, change);
    if (stands === 'rejected') return '✗';
    if (stands === 'passed') return '✓';
    return stage.id === open ? '●' : '○';
  };
  const spoken = {
    '✓': 'passed',
    '✗': 'rejected',
    '●': 'open',
    '○': isOver(change.status) ? 'not asked' : 'to come',
  };
  const line = change.route
    .filter((stage) => applies(stage, change.reviewed))
    .map((stage) => `${mark(stage)} ${escaped(stage.title)} (${spoken[mark(stage)]})`)
    .join(' → ');
  return line ? [context(line)] : [];
}

/** Who has decided what, a line each, in order. */
export function decisionLines(change: Change, most = 12): string {
  const title = (decision: Decision) => {
    const stage = change.route.find(({ id }) => id === decision.stage);
    const seat = stage?.seats.find(({ id }) => id === decision.seat)?.title ?? decision.seat;
    return escaped(stage && stage.seats.length > 1 ? `${stage.title}, ${seat}` : (stage?.title ?? seat));
  };
  return change.decisions
    .slice(-most)
    .map(
      (d) =>
        `• ${title(d)}: ${mention(d.by)}${inStead(d.for)} ${VERDICTS[d.verdict]}${d.until === undefined ? '' : ` until ${day(d.until)}`} ${when(d.at)}${d.words ? `: ${inLine(d.words, 200)}` : ''}`,
    )
    .join('\n');
}

/** How a vote stands, while it is open. */
export function tally(change: Change): string | undefined {
  if (!isUnderReview(change)) return undefined;
  const stage = openStageOf(change);
  if (stage.kind !== 'vote') return undefined;
  const given = change.decisions.filter((d) => d.stage === stage.id);
  const of = (verdict: Verdict) => given.filter((d) => d.verdict === verdict).length;
  const { quorum, left, waived } = quorumNow(stage, change);
  const [later, aside] = [of('defer'), of('recuse')];
  const more = `${later > 0 ? `, ${later} to defer` : ''}${aside > 0 ? `, ${aside} stood aside` : ''}`;
  const needed = waived ? `${quorum} are enough, as the chair said` : `the quorum is ${quorum}`;
  return `${of('approve')} for, ${of('reject')} against, ${of('abstain')} abstained${more}; ${given.length - aside} of ${left} have voted, ${needed}`;
}
