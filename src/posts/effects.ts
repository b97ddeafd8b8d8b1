import type { Effect } from '../change/effects.ts';
import type { Instant } from '../change/types.ts';
import { ANNOUNCEMENTS, type Edition, type EditionEvent, type EditionTimer } from './types.ts';

type EditionEffect = Effect<{ card: 'post'; to?: string }, EditionTimer>;

/** What must happen because of it: it goes to whom it is for, is worked at, or is asked after. */
export function editionEffects(event: EditionEvent, { post, period }: Edition): EditionEffect[] {
  switch (event.type) {
    case 'Published':
      return [
        ...event.to.map(
          (to): EditionEffect => ({
            ...{ do: 'card', card: 'post', ...(to !== ANNOUNCEMENTS && { to }) },
            // What is to be done within days can wait until they work.
            ...(event.duty && { calm: true }),
          }),
        ),
        ...(event.work ? [workAt(event.at)] : []),
        ...(event.duty ? [chaseAt(event.duty.deadline)] : []),
      ];
    case 'Skipped':
      return [];
    case 'WorkDone':
    case 'DutyDone':
      return [{ do: 'redraw' }];
    case 'WorkFailed': {
      const more =
        event.again === undefined ? 'It is given up for this time.' : 'It is tried again in an hour.';
      return [
        { do: 'operator', words: `${post} of ${period.key} failed: ${event.words} ${more}` },
        ...(event.again === undefined ? [] : [workAt(event.again)]),
        { do: 'redraw' },
      ];
    }
    case 'DutyChased':
      return [
        ...event.people.map((to): EditionEffect => ({ do: 'note', to, calm: true })),
        chaseAt(event.again),
      ];
    default:
      return event satisfies never;
  }
}

function workAt(at: Instant): EditionEffect {
  return { do: 'timer', at, intent: { type: 'Work' } };
}

function chaseAt(due: Instant): EditionEffect {
  return { do: 'timer', at: due, intent: { type: 'ChaseDuty', due } };
}
