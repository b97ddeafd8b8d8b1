import { isForsaken } from '../../change/execution-plan.ts';
import type { Change, EventOf, PersonId } from '../../change/types.ts';
import { escaped, mention } from '../blocks/format.ts';

type Checked = EventOf<'RouteChecked'>;

/** What keeps a change from getting to its end. */
export function problemOf({ problem, gone }: Checked): string {
  const shown = escaped(problem);
  return gone ? shown.replace(escaped(`<@${gone}>`), mention(gone)) : shown;
}

/** What whoever is told of it can do. */
export function whatHelps({ gone }: Checked, change: Change, to: PersonId): string {
  if (!gone) return 'Please choose somebody with `/change setup`.';
  if (to === change.requester) return 'Please name somebody else with *Edit…*.';
  if (gone !== change.requester)
    return 'Please choose somebody with `/change setup`; its requester names who carries it out.';
  return `They filed it too. ${isForsaken(change) ? 'Please' : 'Once it is approved, please'} hand it over to somebody else.`;
}

/** Whether its requester can still name somebody else. */
export function isNotStarted({ status }: Change): boolean {
  return ['validating', 'in review', 'returned', 'deferred', 'approved', 'scheduled'].includes(status);
}
