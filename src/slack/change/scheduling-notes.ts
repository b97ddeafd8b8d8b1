import { implementerOf } from '../../change/execution-plan.ts';
import type { SchedulingEvent } from '../../change/scheduling.ts';
import type { Change, ChangeEvent, PersonId } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { count, escaped, inStead, mention, nameOf, said, span } from '../blocks/format.ts';
import { freezeLine, obstacleLines } from './show-obstacles.ts';

type Placed = Extract<ChangeEvent, SchedulingEvent>;

/**
 * What happened to a change's place in the calendar, in the history of the change.
 * @param name what the change is called there
 */
export function schedulingWords(event: Placed, change: Change, policy: Policy, name = change.number): string {
  switch (event.type) {
    case 'Scheduled':
      return [
        `📅 *${name}* is scheduled for ${window(event)}.`,
        ...(event.clashes.length > 0 ? ['At the same time:', ...obstacleLines(event.clashes, policy)] : []),
      ].join('\n');
    case 'Unscheduled':
      return [`🚧 *${name}* has no place in the calendar:`, ...obstacleLines(event.against, policy)].join(
        '\n',
      );
    case 'Caught':
      return `🧊 A freeze holds its window. ${freezeLine(event.freeze)}`;
    case 'FreezeLifted':
      return `☀️ The freeze that held it holds it no more. ${freezeLine(event.freeze)}`;
    case 'Exempted': {
      const role = escaped(policy.roles[event.role] ?? event.role);
      const freezes = event.freezes.map((freeze) => `• ${freezeLine(freeze)}`).join('\n');
      return `🔓 ${mention(event.by)}${inStead(event.for)} let it in as ${role}, for ${window(event)}:\n${said(event.words, 1000)}\n${freezes}`;
    }
    default:
      return event satisfies never;
  }
}

/** The same for one person: who has it in hand, who may let it in, or who was named to be told. */
export function schedulingNote(event: Placed, change: Change, to: PersonId, policy: Policy): string {
  const name = `*${nameOf(change)}*`;
  const happened = schedulingWords(event, change, policy, nameOf(change));
  switch (event.type) {
    case 'Scheduled':
      return isTheirs(change, to) ? happened : willBe(change, 'scheduled', window(event));
    case 'Unscheduled':
    case 'Caught': {
      const why = event.type === 'Caught' ? happened : obstacleLines(event.against, policy).join('\n');
      if (!isTheirs(change, to) && !event.exempters.includes(to))
        return notThen(name, event.lost, 'it has lost its place in the calendar');
      if (!isTheirs(change, to))
        return `🔓 ${name} is to be carried out ${window(change.proposal)}, within a soft freeze. Can it not wait? As a second person you may let it in, with the reason.\n${why}`;
      if (change.status === 'implementing')
        return `🛑 ${name} is being carried out, and changes like it rest from now on. Bring it to a safe end: finish it, or roll it back.\n${why}`;
      const asked =
        event.exempters.length > 0
          ? `\nA second person can let it in; ${count(event.exempters.length, 'person is', 'people are')} asked now.`
          : '';
      const what = event.type === 'Caught' ? `${name}\n${happened}` : happened;
      return `${what}${asked}\n${advice(change, to)}`;
    }
    case 'FreezeLifted':
    case 'Exempted':
      return `${name}\n${happened}`;
    default:
      return event satisfies never;
  }
}

/** For those who were told when it would be. */
export function notThen(name: string, lost: Parameters<typeof window>[0] | undefined, why: string): string {
  return `⏸️ ${name} is not carried out ${window(lost ?? {})} after all: ${why}. I tell you when it has another time.`;
}

/** What helps whoever has it in hand: an approved change is given another window, one in review is edited. */
function advice(change: Change, to: PersonId): string {
  if (isEdited(change))
    return to === change.requester
      ? 'Choose another time with an edit; its form shows the free windows below the dates.'
      : `${mention(change.requester)} chooses another time with an edit.`;
  return 'Choose another time; these windows are free:';
}

/** Until it is approved its window is moved by an edit, like all that is reviewed; from then on windows are offered. */
export function isEdited({ status }: Change): boolean {
  return status === 'validating' || status === 'in review' || status === 'returned' || status === 'deferred';
}

/**
 * What those hear whom the communication plan names: when it is, who does it, and what they may notice.
 * @param is "scheduled", or "approved"
 */
export function willBe(change: Change, is: string, time: string): string {
  const { userImpact, downtimeMinutes } = change.proposal;
  const impact = userImpact ? `\nUser impact:\n${said(userImpact, 500)}` : '';
  const downtime = downtimeMinutes ? ` Downtime: ${count(downtimeMinutes, 'minute')}.` : '';
  return `📅 *${nameOf(change)}* is ${is}. ${mention(implementerOf(change))} carries it out: ${time}.${downtime}${impact}`;
}

function window({ startsAt = 0, endsAt = 0 }: { startsAt?: number; endsAt?: number }): string {
  return span(startsAt, endsAt);
}

/** Whether a change is this person's to carry through. */
export function isTheirs(change: Change, person: PersonId): boolean {
  return person === change.requester || person === implementerOf(change);
}
