import type { ModalView } from '@slack/types';
import { inFull } from '../../calendar/in-full.ts';
import type { Facts } from '../../change/facts.ts';
import type { Window } from '../../change/phases.ts';
import type { Change, ChangeEvent, Instant } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, section } from '../blocks/blocks.ts';
import { askedAgain, cut, escaped, nameOf } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { offerButtons } from '../change/offers.ts';
import { showWindow } from '../change/show-field.ts';
import { obstacleLines, windowBlocks } from '../change/show-obstacles.ts';
import { LONGEST_WHEN, WHEN } from './written-window.ts';

export const SCHEDULE = { ask: 'schedule-form', confirm: 'schedule-confirm' } as const;

/**
 * Asks for a time, with the free ones to choose from.
 * @param zone the reader's
 * @param before what was typed already, and why it will not do
 */
export function askWhen(
  change: Change,
  { facts, now, zone, free }: { facts: Facts; now: Instant; zone: string; free: readonly Window[] },
  before?: { typed: string; problem: string },
): ModalView {
  const offers = offerButtons(change, free, zone).slice(0, -1);
  return {
    type: 'modal',
    callback_id: SCHEDULE.ask,
    private_metadata: JSON.stringify({ target: `${change.id}|` }),
    title: label('Schedule'),
    submit: label('Read it'),
    close: label('Back'),
    blocks: [
      section(`*${nameOf(change)}*\n${showWindow(change.proposal)}`),
      ...windowBlocks(change, facts, now),
      ...(offers.length > 0 ? [section('*The next free windows*'), ...buttons(offers)] : []),
      ...(before ? [section(`⚠️ ${escaped(before.problem)}`)] : []),
      {
        ...{ type: 'input', block_id: WHEN, label: label('When?') },
        hint: label(`As you would say it: sat 22:00 for 2h. In your time zone, ${zone}.`),
        element: {
          ...{ type: 'plain_text_input', action_id: WHEN, max_length: LONGEST_WHEN },
          ...(before && { initial_value: cut(before.typed, LONGEST_WHEN) }),
        },
      },
      context('You see how it was read before anything happens.'),
    ],
  };
}

/** The time as it was read, in full, and what choosing it would set off, before it counts. */
export function confirmWhen(
  change: Change,
  { startsAt, endsAt }: Window,
  zone: string,
  events: readonly ChangeEvent[],
  policy: Policy,
): ModalView {
  return {
    type: 'modal',
    callback_id: SCHEDULE.confirm,
    private_metadata: JSON.stringify({ offer: `${change.id}|${startsAt}|${endsAt}` }),
    title: label('Schedule'),
    submit: label('Schedule'),
    close: label('Cancel'),
    blocks: [
      section(`*${nameOf(change)}*`),
      // Slack's bold ends with its line.
      section(`📅 *${inFull(startsAt, zone)}*\n*until ${inFull(endsAt, zone)}*`),
      section([`Until now: ${showWindow(change.proposal)}`, ...consequences(events, policy)].join('\n')),
    ],
  };
}

/** What scheduling it would set off, in words. */
function consequences(events: readonly ChangeEvent[], policy: Policy): string[] {
  return events.flatMap((event) => {
    if (event.type === 'Edited') return event.voided.length > 0 ? [askedAgain(event.voided)] : [];
    if (event.type === 'Scheduled')
      return event.clashes.length > 0 ? ['⚠️ At the same time:', ...obstacleLines(event.clashes, policy)] : [];
    if (event.type === 'Unscheduled')
      return ['⚠️ It still needs a second person:', ...obstacleLines(event.against, policy)];
    return [];
  });
}
