import { dayInFull, inFull, inShort } from '../calendar/in-full.ts';
import { wallTime } from '../calendar/zone.ts';
import { rightMarkdown } from '../change/export/fields.ts';
import { inlineMarkdown, quotedMarkdown } from '../change/markdown.ts';
import type { Actor, PersonId, Right } from '../change/types.ts';
import { VERDICTS } from '../change/voting.ts';
import type { Policy } from '../policy/schema.ts';
import { toldAndLeft, withoutResult } from './minutes.ts';
import type { Meeting, Minute } from './types.ts';

/**
 * The minutes of a meeting as Markdown; nothing before it has been closed. Times are in the company's zone.
 * @param nameOf what a person is called
 */
export function minutesMarkdown(
  meeting: Meeting,
  { zone, roles }: Pick<Policy, 'zone' | 'roles'>,
  nameOf: (person: PersonId) => string,
): string | undefined {
  const { closed, opened, openedAt = meeting.startsAt } = meeting;
  if (!closed) return undefined;
  const person = (id: PersonId) => inlineMarkdown(nameOf(id));
  const by = (who: { by: Actor } & Partial<Right>) =>
    `${who.by === 'docket' ? 'Docket' : person(who.by)}${rightMarkdown(who, { roles }, nameOf)}`;
  const called = (minute: Minute) => inlineMarkdown(`${minute.number ?? 'Topic'} ${minute.title}`);
  const offBy = ({ off }: Minute) => (off ? `, by ${by(off)}` : '');
  const item = (minute: Minute) => [
    `### ${called(minute)}`,
    `**${resultOf(minute, zone)}**${offBy(minute)}`,
    minute.votes
      .map(({ by: who, for: whom, role, verdict, words, apart }) => {
        const behalf = whom ? ` on behalf of ${person(whom)}` : '';
        const why = words ? `: ${inlineMarkdown(words)}` : '';
        return `- ${person(who)} (${inlineMarkdown(roles[role] ?? role)})${behalf} ${VERDICTS[verdict]}${apart ? `, ${apart}` : ''}${why}`;
      })
      .join('\n'),
    ...(minute.findings
      ? [`${person(minute.findings.by)} found:`, quotedMarkdown(minute.findings.words)]
      : []),
    ...minute.remarks.flatMap(({ by: who, words }) => [`${person(who)} said:`, quotedMarkdown(words)]),
  ];
  const actions = meeting.actions.map(
    ({ words, owner, due, done }) =>
      `- ${inlineMarkdown(words)}: ${person(owner)}, by ${dayOf(due, zone)}${done ? `, done by ${by(done)}` : ''}`,
  );
  const { told, left } = toldAndLeft(closed.minutes);
  const parts = [
    `# Minutes: ${inlineMarkdown(meeting.title)}, ${dayInFull(wallTime(zone, openedAt))}`,
    `- Kind: ${meeting.kind}\n- From ${inFull(openedAt, zone)} to ${inFull(closed.at, zone)}${opened ? `, opened by ${by(opened)}` : ''}, closed by ${by(closed)}\n- Present: ${meeting.attendance.map(person).join(', ') || 'nobody was named'}`,
    ...(told.length > 0 ? ['## Items', ...told.flatMap(item)] : []),
    ...left.flatMap(([words, minutes]) => [
      `## ${words}`,
      minutes.map((minute) => `- ${called(minute)}${offBy(minute)}`).join('\n'),
    ]),
    ...(actions.length > 0 ? ['## Action items', actions.join('\n')] : []),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** "approved, before the meeting", "deferred to Thu 12 Mar", "not decided". */
function resultOf(minute: Minute, zone: string): string {
  const { result, early, until } = minute;
  if (!result) return withoutResult(minute);
  return `${result}${until === undefined ? '' : ` to ${dayOf(until, zone)}`}${early ? ', before the meeting' : ''}`;
}

/** "Thu 12 Mar" */
function dayOf(at: number, zone: string): string {
  return inShort(at, zone).split(' ').slice(0, 3).join(' ');
}
