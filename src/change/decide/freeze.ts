import { implementerOf } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { exemptingAs, freezingTitles } from '../freezing.ts';
import { TO_COME } from '../planned.ts';
import { Refusal, wordless } from '../refusal.ts';
import { asked, placeOf, settled } from '../settle.ts';
import { notStarted } from '../states.ts';
import type { Change, ChangeEvent, CommandOf } from '../types.ts';
import {
  blocking,
  freezesOver,
  heldSoftly,
  letInto,
  named,
  obstaclesNow,
  wantedBy,
} from '../window-rules.ts';

/**
 * A freeze was declared or altered. Where it holds the change within its window, its people are told, once; what
 * was scheduled loses its place. What runs goes on, and who carries it out decides with their eyes open.
 */
export function meetFreeze(
  change: Change,
  { at, freeze: id }: CommandOf<'MeetFreeze'>,
  facts: Facts,
): ChangeEvent[] {
  if (!stillToCome(change)) return [];
  const wanted = wantedBy(change);
  const range = { start: at, end: Math.max(wanted?.endsAt ?? at, at + 1) };
  const start = change.status === 'implementing' ? at : Math.max(at, wanted?.startsAt ?? at);
  if (start >= range.end) return [];
  const freeze = freezesOver(change, { ...range, start }, facts).find((each) => each.id === id);
  if (!freeze || change.caught?.some((each) => each.id === id && each.kind === freeze.kind)) return [];
  const exempt = letInto(change).some(({ freezes }) => freezes.some((each) => each.id === id));
  if (freeze.kind === 'soft' && exempt) return [];
  const against = change.status === 'implementing' ? [] : blocking(obstaclesNow(change, facts, at));
  return [
    {
      type: 'Caught',
      by: 'docket',
      at,
      freeze: named(freeze),
      against,
      exempters: asked(change, against, facts),
      ...(against.length > 0 && placeOf(change)),
    },
  ];
}

/** A freeze was ended early, or moved away: those whom it had caught hear of it, and what only waited for that gets its place. */
export function liftFreeze(
  change: Change,
  { at, freeze }: CommandOf<'LiftFreeze'>,
  facts: Facts,
): ChangeEvent[] {
  if (!stillToCome(change) || !change.caught?.some(({ id }) => id === freeze.id)) return [];
  const lifted: ChangeEvent = { type: 'FreezeLifted', by: 'docket', at, freeze };
  return [lifted, ...settled(change, facts, at)];
}

/**
 * A second person lets a change into the soft freezes that hold it, in the window that it has or now where it has
 * none, with the reason. Moved elsewhere, it has to be let in anew.
 */
export function exempt(change: Change, command: CommandOf<'Exempt'>, facts: Facts): ChangeEvent[] {
  const { by, at, seen } = command;
  const open = notStarted(change, 'let into a freeze');
  if (letInto(change).some((each) => each.by === by && each.words === command.words.trim())) return [];
  if (by === change.requester || by === implementerOf(change)) {
    throw new Refusal(
      'own change',
      'A soft freeze needs a second person, who neither filed it nor carries it out.',
    );
  }
  const right = exemptingAs(change, by, facts);
  if (!right)
    throw new Refusal(
      'not your role',
      `Only the ${freezingTitles('exempt', facts)} can let a change into a freeze.`,
    );
  const held = heldSoftly(change, facts, at);
  if (!held) {
    const when = wantedBy(change) ? 'in its window' : 'now';
    throw new Refusal('not now', `No soft freeze holds ${change.number} ${when}.`);
  }
  if (seen !== held.seen)
    throw new Refusal(
      'stale',
      'Its window or the freezes have changed since this was shown to you. Please look again.',
    );
  const words = command.words.trim();
  if (!words) throw wordless('Please say why it cannot wait; it stays in the record.');
  const { startsAt, endsAt } = held;
  const exempted = { ...right, words, freezes: held.freezes.map(named), startsAt, endsAt };
  const after = { ...open, exemptions: [...(change.exemptions ?? []), { by, at, ...exempted }] };
  return [{ type: 'Exempted', by, at, ...exempted }, ...settled(after, facts, at)];
}

/** Whether it is still to be carried out, or just is. */
function stillToCome({ status }: Change): boolean {
  return TO_COME.some((each) => each === status);
}
