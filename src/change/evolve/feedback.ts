import { rightIn } from '../holders.ts';
import type { Change, EventOf } from '../types.ts';

/** A change with one more thing that was found wrong. */
export function withFinding(change: Change, event: EventOf<'FindingLogged'>): Change {
  const { finding: id, of, severity, words, link, by, at } = event;
  const finding = { id, of, severity, words, ...(link && { link }), by, at, ...rightIn(event) };
  return { ...change, findings: [...change.findings, finding] };
}

/** A change with what somebody thinks of it, in place of what they thought before. */
export function withRating(change: Change, { by, at, score, words }: EventOf<'Rated'>): Change {
  const before = change.ratings.find((rating) => rating.by === by);
  const rating = { by, at: before?.at ?? at, score, ...(words && { words }) };
  return { ...change, ratings: [...change.ratings.filter((each) => each.by !== by), rating] };
}
