import type { InputBlock, KnownBlock } from '@slack/types';
import { inFull } from '../../calendar/in-full.ts';
import { freezingTitles } from '../../change/freezing.ts';
import type { Window } from '../../change/phases.ts';
import type { Obstacle } from '../../change/scheduling.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, sections } from '../blocks/blocks.ts';
import { escaped, span } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { LONGEST_WHEN, WHEN } from '../calendar/written-window.ts';
import { obstacleLines } from '../change/show-obstacles.ts';

/** What stands against the time that a form asks for, and which times would do. */
export interface TimeCheck {
  found: Obstacle[];
  free: Window[];
}

/** Below the dates of a form: the same in words. Once they are entered, the dates are filled in by them. */
export function writtenInput(): InputBlock {
  return {
    ...{ type: 'input', block_id: WHEN, optional: true, label: label('Or write when') },
    hint: label('In your own time: sat 22:00 for 2h. Press Enter, and you see how it was read.'),
    element: { type: 'plain_text_input', action_id: WHEN, max_length: LONGEST_WHEN },
  };
}

/** How the words below the dates were read, in full, in the zone of who wrote them. */
export function readBack({ startsAt, endsAt }: Window, zone: string): KnownBlock[] {
  return [context(`📅 Read as *${inFull(startsAt, zone)}* until *${inFull(endsAt, zone)}*`)];
}

/** Why they could not be read. */
export function notRead(problem: string): KnownBlock[] {
  return [context(`⚠️ ${escaped(problem)}`)];
}

/** More than this at one time is no clash any more but a mistake; how many more is said. */
const MOST = 15;

/**
 * Below the dates of a form, as they are filled in: every freeze and every clash, and the next windows that would do,
 * each a click away. Nothing is refused here: that is for the submission.
 * @param action of the button that takes a window over
 */
export function timeBlocks({ found, free }: TimeCheck, policy: Policy, action: string): KnownBlock[] {
  if (found.length === 0)
    return [context('✓ This time is free: no freeze, and no clash with another change.')];
  const shown = sections([
    titleOf(found),
    ...obstacleLines(found.slice(0, MOST), policy, MOST),
    ...left(found),
  ]);
  if (free.length === 0) return shown;
  return [
    ...shown,
    ...sections([
      '*Free instead*',
      ...free.map(({ startsAt, endsAt }, n) => `${n + 1}. ${span(startsAt, endsAt)}`),
    ]),
    ...buttons(
      free.map((window, n) => ({
        ...{ label: `Take ${ORDINALS[n] ?? 'this'}`, action: `${action}:${n}` },
        value: `${window.startsAt}|${window.endsAt}`,
        spoken: `Take the ${ORDINALS[n] ?? ''} free window`,
      })),
    ),
  ];
}

/** Below what a change without a window touches: the freezes that hold it now, and what can be done about each kind. */
export function freezeBlocks(found: readonly Obstacle[], policy: Policy): KnownBlock[] {
  if (found.length === 0) return [];
  const kinds = new Set(found.map(({ kind }) => kind));
  const only = found.every(({ weight }) => weight === 'needs consent');
  const who = (right: Parameters<typeof freezingTitles>[0]) => escaped(freezingTitles(right, { policy }));
  return [
    ...sections([
      only ? '✋ *A second person has to let it in*' : '⛔ *It cannot be started while this is in force*',
      ...obstacleLines(found.slice(0, MOST), policy, MOST),
      ...left(found),
    ]),
    ...(kinds.has('soft freeze')
      ? [context(`Once it is filed, the ${who('exempt')} may let it into a soft freeze, with the reason.`)]
      : []),
    ...(kinds.has('hard freeze')
      ? [context(`Nobody can be let into a freeze; the ${who('declare')} may end one that was declared.`)]
      : []),
    ...(kinds.has('stop the line') ? [context(`The ${who('stop')} may let the line run again.`)] : []),
  ];
}

const ORDINALS = ['the first', 'the second', 'the third'];

function titleOf(found: readonly Obstacle[]): string {
  if (found.some(({ weight }) => weight === 'refused')) return '⛔ *Not possible at this time*';
  if (found.some(({ weight }) => weight === 'needs consent'))
    return '✋ *A second person would have to let it in*';
  return '⚠️ *At the same time*';
}

function left(found: readonly Obstacle[]): string[] {
  return found.length > MOST ? [`• and ${found.length - MOST} more`] : [];
}

/** The window that such a button carries; nothing when it is none of Docket's. */
export function readWindow(value: unknown): Window | undefined {
  const [, startsAt, endsAt] = /^(\d{1,15})\|(\d{1,15})$/.exec(String(value)) ?? [];
  return startsAt && endsAt ? { startsAt: Number(startsAt), endsAt: Number(endsAt) } : undefined;
}
