import type { DeskEvent } from '../../change/desk.ts';
import type { Change, ChangeEvent, PersonId } from '../../change/types.ts';
import type { Category, Policy } from '../../policy/schema.ts';
import { escaped, inStead, mention, mentions, noLongerCount, said } from '../blocks/format.ts';

type Managed = Extract<ChangeEvent, DeskEvent>;

/** What a change manager did, in the history of the change. */
export function deskWords(event: Managed, change: Change, policy: Policy): string {
  const words = event.words === undefined ? '' : `\n${said(event.words, 1000)}`;
  switch (event.type) {
    case 'RiskSet':
    case 'Reclassified':
      return `${did(event, policy)}.${noLongerCount(event.voided)}${words}`;
    case 'Reassigned': {
      const stage = change.route.find(({ id }) => id === event.stage);
      const seat = escaped(stage?.seats.find(({ id }) => id === event.seat)?.title ?? event.seat);
      const before = event.before.length > 0 ? ` instead of ${mentions(event.before)}` : '';
      return `👥 ${mention(event.by)}${inStead(event.for)} asked ${mentions(event.people)}${before} to decide as *${seat}*.${words}`;
    }
    default:
      return event satisfies never;
  }
}

/** The same for one person: the requester, or somebody whose decision no longer counts. */
export function deskWordsTo(
  to: PersonId,
  event: Managed,
  change: Change,
  name: string,
  policy: Policy,
): string | undefined {
  if (event.type === 'Reassigned') return undefined;
  if (event.type === 'Reclassified' && event.overseers?.includes(to)) {
    const waits = event.complete
      ? 'Those who decide on it are asked at once.'
      : 'It waits for its requester, who is asked for what is missing.';
    return `🚨 ${name}\n${did(event, policy)}. ${waits}\n${said(event.words, 1500)}`;
  }
  const follows =
    to === change.requester
      ? event.type === 'RiskSet'
        ? ''
        : ' Approval starts over; you need not do anything.'
      : ' Your decision no longer counts; you are asked again when it is your turn.';
  return `${name}\n${did(event, policy)}.${follows}\n${said(event.words, 1500)}`;
}

function did(event: Exclude<Managed, { type: 'Reassigned' }>, policy: Policy): string {
  const title = (category: Category) => escaped(policy.categories[category].title);
  const who = `${mention(event.by)}${inStead(event.for)}`;
  return event.type === 'RiskSet'
    ? `⚖️ ${who} *set the risk* from ${event.before} to *${event.level}*`
    : `🔀 ${who} *reclassified* it from ${title(event.before)} to *${title(event.category)}*`;
}
