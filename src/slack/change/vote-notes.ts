import type { Change, EventOf } from '../../change/types.ts';
import { VERDICTS } from '../../change/voting.ts';
import { count, day, escaped, inStead, mention, nameOf, said } from '../blocks/format.ts';

type VoteEvent = EventOf<'QuorumLost' | 'QuorumWaived' | 'Deferred' | 'TakenUp'>;

/** What happened to a board's vote, for the history of the change. */
export function voteWords(event: VoteEvent, stage: (id: string) => string): string {
  const who = `${mention(event.by)}${'for' in event ? inStead(event.for) : ''}`;
  const board = stage(event.stage);
  switch (event.type) {
    case 'QuorumLost':
      return `⚠️ *${board}* cannot reach its quorum of ${event.quorum}: ${count(event.left, 'member')} can still vote. The chair may let them decide.`;
    case 'QuorumWaived':
      return `${who} lets those who are left of *${board}* decide without the quorum:\n${said(event.words, 1000)}`;
    case 'Deferred':
      return `⏭️ *${board}* deferred it. It comes back ${day(event.until)}, and everybody votes anew.`;
    case 'TakenUp':
      return event.by === 'docket'
        ? `It is back before *${board}*, as agreed.`
        : `${who} took it up again before its day.`;
    default:
      return event satisfies never;
  }
}

/** "@Wei approved as Infrastructure architect (Change Advisory Board)", and what they wrote. */
export function decidedWords(event: EventOf<'Decided'>, role: string, stage: string): string {
  const changed = event.replaces === undefined ? '' : ' changed their vote and';
  const until = event.until === undefined ? '' : ` until ${day(event.until)}`;
  const words = event.words ? `:\n${said(event.words, 1000)}` : '.';
  return `${mention(event.by)}${inStead(event.for)}${changed} ${VERDICTS[event.verdict]} as ${escaped(role)} (${stage})${until}${words}`;
}

/** What the requester hears of a deferral, with what the board wants to see; and the chair of a lost quorum. */
export function voteNote(event: EventOf<'QuorumLost' | 'Deferred'>, change: Change): string {
  const name = `*${nameOf(change)}*`;
  if (event.type === 'QuorumLost')
    return `⚠️ The board can no longer reach its quorum on ${name}: ${count(event.left, 'member')} can still vote, and ${event.quorum} are needed. The chair may let those who are left decide, or others may be given the seats with \`/change setup\`.`;
  const votes = change.deferrals?.at(-1)?.votes ?? [];
  const wanted = votes
    .filter((vote) => vote.verdict === 'defer')
    .map((vote) => `${mention(vote.by)}:\n${said(vote.words ?? '', 400)}`);
  return [`⏭️ The board deferred ${name}. It comes back ${day(event.until)} by itself.`, ...wanted].join('\n');
}
