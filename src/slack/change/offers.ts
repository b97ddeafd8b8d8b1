import { clockOf, dayInFull, inFull } from '../../calendar/in-full.ts';
import { wallTime } from '../../calendar/zone.ts';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change } from '../../change/types.ts';
import type { ButtonSpec } from '../blocks/blocks.ts';
import { targetOf } from '../ids.ts';
import { ACTION } from './step-buttons.ts';

/** Free windows as buttons, in the zone of who reads them, and a way to name another. */
export function offerButtons(change: Change, windows: readonly Window[], zone: string): ButtonSpec[] {
  const offered = windows.map((window, n): ButtonSpec => {
    const text = `${inFull(window.startsAt, zone)} until ${inFull(window.endsAt, zone)}. Approvals that were given for another time are asked for anew.`;
    return {
      ...{
        label: shortly(window, zone),
        action: `${ACTION.scheduleAt}:${n}`,
        value: offerTarget(change, window),
      },
      ...(n === 0 && { style: 'primary' as const }),
      confirm: { title: `Schedule ${change.number}?`, text, yes: 'Schedule', no: 'Not now' },
      spoken: `Schedule ${change.number} for ${shortly(window, zone)}`,
    };
  });
  const other: ButtonSpec = {
    ...{ label: 'Other time…', action: ACTION.schedule, value: targetOf(change) },
    spoken: `Other time for ${change.number}`,
  };
  return [...offered, other];
}

/** `Sat 5 Dec 22:00–00:00`, for a button, where Slack shows no dates. */
function shortly({ startsAt, endsAt }: Window, zone: string): string {
  const [weekday = '', day, month = ''] = dayInFull(wallTime(zone, startsAt)).split(' ');
  const date = `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)}`;
  return `${date} ${clockOf(wallTime(zone, startsAt))}–${clockOf(wallTime(zone, endsAt))}`;
}

/** What the button of an offered window carries. */
function offerTarget({ id }: Change, { startsAt, endsAt }: Window): string {
  return `${id}|${startsAt}|${endsAt}`;
}

/** @throws {Refusal} when a button carries something that Docket never put there */
export function readOffer(value: unknown): Window & { id: string } {
  const [, id, startsAt, endsAt] = /^([\w-]{1,64})\|(\d{1,15})\|(\d{1,15})$/.exec(String(value)) ?? [];
  if (id) return { id, startsAt: Number(startsAt), endsAt: Number(endsAt) };
  throw new Refusal('unknown', 'This button is not one of mine any more. Try `/change list`.');
}
