import { DAY } from '../../calendar/zone.ts';
import type { Change, Instant, PersonId } from '../../change/types.ts';

/** Text from people as data: it can neither ping, link nor format (Slack's three reserved characters). */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** As much of a text as fits into `most` characters, with an ellipsis where something is missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${whole(text, most - 1)}…`;
}

/** The start of a text, without half of an emoji or of an escaped character at its end. */
function whole(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$|&[a-z]{0,3}$/, '');
}

/** The same for a line that Docket wrote: it never ends within a mention, a time or a link. */
export function cutMarkup(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown;
  return `${cut(markdown, most - 1)
    .slice(0, -1)
    .replace(/<[^<>]*$/, '')}…`;
}

/**
 * Marks that Slack could read as the beginning of bold, italic, struck or code: not within a word. Or as the end of the
 * bold that is put around a name.
 */
const MARK = /`|(?<![\p{L}\p{N}])[*_~](?=\S)|(?<=\S)\*(?![\p{L}\p{N}])/gu;

/** What stands for marks may add so much to a text: about seventeen of them are no loss to what is read. */
const FOR_MARKS = 400;

/**
 * A text of somebody's as a quotation inside a message: escaped, its markdown switched off, at most `most`
 * characters as they are read, and little more as Slack counts them. Slack has no escape for a mark, but shows the
 * fallback of a date that it cannot draw exactly as it is. Nothing invisible is added, so that names and commands can
 * be copied.
 */
export function quote(text: string, most: number): string {
  const shown = escaped(cut(text.trim(), most)).replace(MARK, '<!date^00000000^{_}|$&>');
  return cutMarkup(shown, most + FOR_MARKS);
}

/** The same within a line of Docket's own: a line that they begin in there could pass for one of its. */
export function inLine(text: string, most: number): string {
  return quote(text.replaceAll(/\s+/g, ' '), most);
}

export function mention(person: PersonId | 'docket'): string {
  return person === 'docket' ? 'Docket' : `<@${person}>`;
}

/** " for @Amira": whom somebody stood in for, if they did. */
export function inStead(person: string | undefined): string {
  return person === undefined ? '' : ` for ${mention(person)}`;
}

export function mentions(people: readonly PersonId[], most = 8): string {
  const shown = people.slice(0, most).map(mention).join(', ');
  return people.length > most ? `${shown} and ${people.length - most} more` : shown;
}

/**
 * An instant, shown to each reader in their own zone; the fallback is UTC. By its date and never as today or tomorrow:
 * Slack works that out anew each time it shows a message, and one that stays would say "scheduled for yesterday".
 */
export function when(at: Instant): string {
  const utc = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{date_short} at {time}|${utc}>`;
}

/** The hour of an instant whose day is said beside it, shown to each reader in their own zone; the fallback is UTC. */
export function hour(at: Instant): string {
  return `<!date^${Math.floor(at / 1000)}^{time}|${new Date(at).toISOString().slice(11, 16)} UTC>`;
}

/** From one instant to another; of less than a day the end is said by its hour alone, which can mean no other day. */
export function span(from: Instant, to: Instant): string {
  return `${when(from)} – ${to - from < DAY ? hour(to) : when(to)}`;
}

/** The day of an instant that stands for a whole day. */
export function day(at: Instant): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short}|${new Date(at).toISOString().slice(0, 10)}>`;
}

/** The name of a change as a line begins: `CR-2026-001 Title`. */
export function nameOf(change: Change): string {
  return `${change.number} ${quote(change.proposal.title ?? '', 150)}`;
}

/** "3 votes", "1 vote". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** Whose decisions an edit or a change manager has made void, as a further sentence; nothing if nobody's. */
export function noLongerCount(voided: readonly { by: PersonId }[]): string {
  if (voided.length === 0) return '';
  // Somebody may have given several, in a review and as a member of the board.
  const all = [...new Set(voided.map(({ by }) => by))];
  return ` ${count(voided.length, 'approval')} no longer ${voided.length === 1 ? 'counts' : 'count'}: ${mentions(all)}.`;
}

/** The same ahead of it, as a line of its own; nothing if it is nobody's. */
export function askedAgain(voided: readonly { by: PersonId }[]): string {
  const touched = noLongerCount(voided);
  return touched && `⚠️${touched} They are asked again.`;
}

/** A longer text of somebody's, set off line by line, so that nothing in it can pass for Docket's own words. */
export function said(text: string, most: number): string {
  return quote(text, most)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** The same in at most `parts` pieces of `most` characters, each for a block of its own; broken between lines where it can be. */
export function saidInParts(text: string, most: number, parts: number): string[] {
  const pieces: string[] = [];
  let rest = said(text, Number.POSITIVE_INFINITY);
  while (rest.length > most && pieces.length + 1 < parts) {
    const piece = whole(rest, most).replace(/<[^<>]*$/, '');
    const line = piece.lastIndexOf('\n');
    pieces.push(line > 0 ? piece.slice(0, line) : piece);
    rest = line > 0 ? rest.slice(line + 1) : `> ${rest.slice(piece.length)}`;
  }
  return [...pieces, cutMarkup(rest, most)];
}
