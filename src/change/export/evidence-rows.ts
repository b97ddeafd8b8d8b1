import type { Policy } from '../../policy/schema.ts';
import type { Change, ChangeEvent, Decision, Instant, Stage } from '../types.ts';
import { VERDICTS } from '../voting.ts';
import { type Names, named } from './fields.ts';

/** The columns of the tables that evidence of a period has beside its changes, in order. */
export const APPROVAL_COLUMNS = [
  ...['number', 'at', 'stage', 'seat', 'decision', 'by', 'by_id', 'role', 'for', 'for_id', 'words'],
  ...['text_hash', 'via', 'takes_the_place_of'],
] as const;
export const REFUSAL_COLUMNS = [
  ...['number', 'at', 'attempted', 'by', 'by_id', 'code', 'reason', 'via'],
] as const;

interface Attempt {
  by: string;
  at: Instant;
  command: string;
  code: string;
  sentence: string;
  via?: string;
}

interface Source {
  change: Pick<Change, 'number' | 'route'>;
  policy: Policy;
  names: Names;
}

/** Every decision among these events, one row each, whatever became of it afterwards. Times are ISO 8601 in UTC. */
export function approvalRows(events: readonly ChangeEvent[], { change, policy, names }: Source): string[][] {
  const { number: of, route } = change;
  return events.flatMap((event) =>
    event.type === 'Decided' ? [decisionRow(event, { of, route, policy, names })] : [],
  );
}

/**
 * A decision as a row of that table.
 * @param of the change's number, or on what else it was made
 */
export function decisionRow(
  event: Decision & { via?: string; replaces?: Instant },
  { of, route, policy, names }: Omit<Source, 'change'> & { of: string; route: readonly Stage[] },
): string[] {
  const stage = route.find(({ id }) => id === event.stage);
  const seat = stage?.seats.find(({ id }) => id === event.seat);
  const { by, role, for: stoodInFor, words = '', seen, via = '', replaces } = event;
  return [
    ...[of, iso(event.at), stage?.title ?? event.stage, seat?.title ?? event.seat],
    ...[VERDICTS[event.verdict], names.person(by), by, policy.roles[role] ?? role],
    ...[stoodInFor ? names.person(stoodInFor) : '', stoodInFor ?? '', named(words, names)],
    ...[seen, via, iso(replaces)],
  ];
}

/** Every attempt among these events that the rules refused. */
export function refusalRows(events: readonly ChangeEvent[], { change, names }: Source): string[][] {
  return events.flatMap((event) => {
    if (event.type !== 'Refused') return [];
    return [refusalRow(change.number, event, names)];
  });
}

/**
 * An attempt as a row of that table.
 * @param of the change's number, or with what else it was tried
 */
export function refusalRow(
  of: string,
  { by, at, command, code, sentence, via = '' }: Attempt,
  names: Names,
): string[] {
  return [of, iso(at), command, names.person(by), by, code, named(sentence, names), via];
}

/** An instant as programs read it; nothing where there is none. */
export function iso(at: Instant | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString();
}
