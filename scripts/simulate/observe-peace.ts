import type { Person } from './company.ts';
import { when } from './observe-waiting.ts';
import type { Posted } from './pretend-slack.ts';
import { categoryOf, type RawRecord } from './record.ts';
import { sleeps, wallOf, works } from './wall.ts';

/** What only says once more that something waits. */
const REMINDS = new Set([
  ...[
    'Reminded',
    'ReturnReminded',
    'VerificationReminded',
    'RetrospectiveReminded',
    'BoardReviewReminded',
    'BoardReviewEscalated',
  ],
  ...['ActionChased', 'DutyChased'],
]);

/** What asks somebody for a decision, where it comes to them; an end asks those who verify it. */
const ASKS = new Set(['StageOpened', 'Reassigned']);

export interface Peace {
  reminders: number;
  escalations: number;
  /** The most direct messages that one person got on one day of theirs, and the most with emergencies and digests. */
  most: number;
  mostOfAll: number;
  breaches: string[];
}

/**
 * Whether people were left in peace: no reminder outside their hours, nothing to decide while they sleep, and no more
 * messages a day than the policy says.
 */
export function observePeace(
  record: RawRecord,
  posted: readonly Posted[],
  people: readonly Person[],
  mostPerDay: number,
): Peace {
  const person = new Map(people.map((one) => [one.id, one]));
  const days = new Map<string, number>();
  const all = new Map<string, number>();
  const peace: Peace = { reminders: 0, escalations: 0, most: 0, mostOfAll: 0, breaches: [] };
  for (const { to, stream, seq, at, text } of posted) {
    const one = to === undefined ? undefined : person.get(to);
    if (!to || !one) continue;
    const event = record.get(stream)?.[seq - 1];
    const urgent = categoryOf(record, stream) === 'emergency';
    const key = `${to} on ${wallOf(one.zone, at).date}`;
    all.set(key, (all.get(key) ?? 0) + 1);
    if (!urgent && !stream.startsWith('post/digest/')) days.set(key, (days.get(key) ?? 0) + 1);
    const { verifiers } = event?.data ?? {};
    const verifies = Array.isArray(verifiers) && verifiers.includes(to);
    if (event && (ASKS.has(event.type) || verifies) && !urgent && sleeps(one.zone, at))
      peace.breaches.push(
        `${to} (${one.zone}) was asked about ${stream} at ${when(at)}, while they sleep: ${text}`,
      );
    const asksUpkeep = event?.type === 'Published' && event.data.duty !== undefined;
    if (!event || (!REMINDS.has(event.type) && !asksUpkeep)) continue;
    peace.reminders += 1;
    const named = event.data.people;
    if (event.type === 'Reminded' && Array.isArray(named) && !named.includes(to)) peace.escalations += 1;
    if (urgent && event.type === 'Reminded') continue;
    if (!works(one.zone, at))
      peace.breaches.push(
        `${to} (${one.zone}) got ${event.type} of ${stream} at ${when(at)}, outside working hours: ${text}`,
      );
  }
  for (const [key, n] of days)
    if (n > mostPerDay)
      peace.breaches.push(`${n} direct messages to ${key}, where the policy allows ${mostPerDay}`);
  peace.most = Math.max(0, ...days.values());
  peace.mostOfAll = Math.max(0, ...all.values());
  return peace;
}
