import type { Seen } from './observe.ts';

const SHOWN = 40;

/** What a simulation has come to, in lines to be read. */
export function figuresOf(seen: Seen): string {
  const { told, outcomes, waiting, peace, posts, notices } = seen;
  const sorted = (map: Map<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${seen.changes} changes: ${sorted(outcomes)
      .map(([kind, n]) => `${n} ${kind}`)
      .join(', ')}`,
    `${told.asked} clicks and forms, of which refused: ${
      sorted(told.refused)
        .map(([what, n]) => `${n} ${what}`)
        .join(', ') || 'none'
    }`,
    `${seen.posted} messages, ${seen.direct} of them direct; ${peace.reminders} reminders, ${peace.escalations} of them to whom a late decision is escalated`,
    `${seen.events} events of changes, ${notices.events} of them put down ${notices.notices} times who was asked or told`,
    `The most direct messages to one person on one day: ${peace.most}, and ${peace.mostOfAll} with emergencies and digests`,
    `${waiting.late} times something passed its time and stayed open`,
    `By the calendar: ${[...posts.came].map(([id, { came, skipped }]) => `${id} ${came}${skipped > 0 ? ` (${skipped} skipped)` : ''}`).join(', ')}`,
    ...(seen.kills > 0 ? [`${seen.kills} times a replica was killed`] : []),
    `SEED=${seen.seed}, ${seen.seconds.toFixed(0)} seconds`,
    ...(seen.breaches.length === 0
      ? ['Everything held.']
      : [
          `${seen.breaches.length} times something did not hold:`,
          ...seen.breaches.slice(0, SHOWN).map((line) => `- ${line}`),
        ]),
  ].join('\n');
}
