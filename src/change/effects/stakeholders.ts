import type { Effect } from '../effects.ts';
import { implementerOf } from '../execution-plan.ts';
import { note } from '../plain-effects.ts';
import type { Change, PersonId } from '../types.ts';

/**
 * Those whom the communication plan names, people and channels, are told (guide, template: "Stakeholder
 * notifications"): when it is scheduled, when it starts and when it ends; and where it is not to be then after all.
 * @param heard who hears of it anyway, besides those whom the change belongs to
 */
export function stakeholders(change: Change, heard: readonly PersonId[] = []): Effect[] {
  const { stakeholders: people = [], stakeholderChannels: channels = [] } = change.proposal;
  const anyway = [change.requester, implementerOf(change), ...heard];
  return [
    ...[...new Set(people)].filter((person) => !anyway.includes(person)).map(note),
    ...[...new Set(channels)].map((channel): Effect => ({ do: 'tell', channel, sender: change.requester })),
  ];
}
