import { DAY } from '../../calendar/zone.ts';
import { nextStep } from '../duties.ts';
import type { Effect } from '../effects.ts';
import { calmNote, nag, note, toThread } from '../plain-effects.ts';
import { isUnderReview } from '../states.ts';
import type { Change, EventOf, Instant, PersonId } from '../types.ts';

/** Everybody who is asked for one of the seats, once. */
export function asks({ asked, stage, round }: EventOf<'StageOpened'>): Effect[] {
  const people = new Set(Object.values(asked).flat());
  return [...people].map((to) => ask(to, stage, round));
}

const ask = (to: PersonId, stage: string, round: number): Effect => ({
  ...{ do: 'card', card: 'ask', calm: 'by day', to, stage, round },
});

/** One reminder sets the time of the next: most stages are decided before the first. */
export function firstTimer({ stage, round, reminders: [first] }: EventOf<'StageOpened'>): Effect[] {
  return first ? [timer(stage, round, first)] : [];
}

function timer(stage: string, round: number, { percent, at }: { percent: number; at: Instant }): Effect {
  return { do: 'timer', at, intent: { type: 'Remind', stage, round, percent } };
}

/**
 * Those who have not decided, and those whom a late decision is escalated to. What a digest says in time, or once more,
 * it may say instead; to whom it is escalated no digest says it.
 */
export function reminders(
  { people, overseers, percent, calm, next, at, stage, round }: EventOf<'Reminded'>,
  change: Change,
): Effect[] {
  const late = percent >= 100;
  const deadline = isUnderReview(change) ? change.open.deadline : at;
  const say = (to: PersonId) => {
    if (!calm) return note(to);
    if (percent > 100) return nag(to, at + DAY);
    return late ? calmNote(to) : nag(to, deadline);
  };
  const others = overseers.filter((to) => !people.includes(to));
  return [
    ...(late ? [toThread] : []),
    ...people.map(say),
    ...others.map(calm ? calmNote : note),
    ...(next ? [timer(stage, round, next)] : []),
  ];
}

/** Those who are asked beside or instead of others. */
export function newlyAsked({ stage, people, before }: EventOf<'Reassigned'>, change: Change): Effect[] {
  const round = isUnderReview(change) ? change.open.round : 0;
  return people.filter((person) => !before.includes(person)).map((to) => ask(to, stage, round));
}

/** Where nobody oversees changes, whoever runs Docket has to know. */
export function unheard({ problem, people }: EventOf<'RouteChecked'>, { number }: Change): Effect[] {
  if (!problem || people.length > 0) return [];
  return [{ do: 'operator', words: `${number} cannot get to its end: ${problem}` }];
}

const WEEK = 7 * DAY;

/** When it is first said once more that a change was returned; never of what an earlier version returned. */
export function returnTimer({ at, remindAt }: Pick<EventOf<'Returned'>, 'at' | 'remindAt'>): Effect[] {
  if (remindAt === undefined) return [];
  const intent = { type: 'RemindReturned', returnedAt: at, due: remindAt } as const;
  return [{ do: 'timer', at: remindAt, intent }];
}

/** To its requester, who can do something about it, and every week from then on. */
export function returnReminders({ due, overseers, at }: EventOf<'ReturnReminded'>, change: Change): Effect[] {
  if (change.status !== 'returned') return [];
  const next = { at: change.returned.at, remindAt: nextStep(due, WEEK, at) };
  const others = overseers.filter((to) => to !== change.requester);
  return [nag(change.requester, due + WEEK), ...others.map(calmNote), ...returnTimer(next)];
}
