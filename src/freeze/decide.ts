import type { Freeze } from '../calendar/freezes.ts';
import type { Facts } from '../change/facts.ts';
import { freezingAs, freezingTitles } from '../change/freezing.ts';
import { hashOf } from '../change/proposal.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import type { Actor, Right } from '../change/types.ts';
import type { Declaration, DeclaredFreeze, FreezeCommand, FreezeEvent } from './types.ts';

type FreezeFacts = Pick<Facts, 'policy' | 'holders'>;

/**
 * The rules of freezes. What happens when somebody declares one or ends it; an empty list when it is done already.
 * @throws {Refusal} with the reason and the next step
 */
export function decideFreeze(
  freeze: DeclaredFreeze | undefined,
  command: FreezeCommand,
  facts: FreezeFacts,
): FreezeEvent[] {
  switch (command.type) {
    case 'Declare':
      return freeze ? [] : declare(command, facts);
    case 'Alter':
      return alter(freeze, command, facts);
    case 'End':
      return end(freeze, command, facts);
    default:
      return command satisfies never;
  }
}

/** Whether somebody may declare and end freezes of a kind. */
export function mayFreeze(kind: Declaration['kind'], person: Actor, facts: FreezeFacts): boolean {
  return freezesAs(kind, person, facts) !== undefined;
}

function freezesAs(kind: Declaration['kind'], person: Actor, facts: FreezeFacts): Right | undefined {
  return freezingAs(kind === 'stop' ? 'stop' : 'declare', person, facts);
}

function declare({ by, at, freeze }: FreezeCommand & { type: 'Declare' }, facts: FreezeFacts): FreezeEvent[] {
  const right = checkMayFreeze(freeze.kind, by, facts);
  const declared = checked(freeze, at);
  return [{ type: 'FreezeDeclared', by, at, ...right, ...declared }];
}

/** What is declared, its words tidied. @throws {Refusal} beside what is missing or wrong */
export function checked(freeze: Declaration, at: number): Declaration {
  const startsAt = freeze.kind === 'stop' ? at : freeze.startsAt;
  const reason = freeze.reason.trim();
  if (!reason) throw wordless('Please say why; everybody whom it holds reads this.');
  const sentence = 'It must end after it has begun, and later than now.';
  if (freeze.endsAt <= Math.max(startsAt, at))
    throw new Refusal('incomplete', sentence, { endsAt: sentence });
  return { ...freeze, startsAt, reason };
}

/** Other times, another scope, kind or reason. One that has begun has begun when it did. */
function alter(
  freeze: DeclaredFreeze | undefined,
  { by, at, freeze: wanted, seen }: FreezeCommand & { type: 'Alter' },
  facts: FreezeFacts,
): FreezeEvent[] {
  const open = stillOpen(freeze, at);
  if (open.ended) throw new Refusal('not now', 'This freeze is over already.');
  checkMayFreeze(open.kind, by, facts);
  const right = checkMayFreeze(wanted.kind, by, facts);
  const altered = alteredTo(open, wanted, at);
  const { kind, startsAt, endsAt, reason, scope } = open;
  const before = { kind, startsAt, endsAt, reason, scope };
  if (hashOf(before) === hashOf(altered)) return [];
  if (seen !== open.seq) {
    const who = open.altered ? `<@${open.altered.by}>` : 'Somebody';
    throw new Refusal(
      'not now',
      `${who} has altered this freeze meanwhile. Open it once more to see how it is now; nothing was altered.`,
    );
  }
  return [{ type: 'FreezeAltered', by, at, ...right, before, ...altered }];
}

/** What a freeze would be after it has been altered. @throws {Refusal} beside what is missing or wrong */
export function alteredTo(open: Freeze, wanted: Declaration, at: number): Declaration {
  const { kind, startsAt, endsAt, reason, scope } = checked(wanted, at);
  return { kind, startsAt: open.startsAt <= at ? open.startsAt : startsAt, endsAt, reason, scope };
}

function stillOpen(freeze: DeclaredFreeze | undefined, at: number): DeclaredFreeze {
  if (!freeze)
    throw new Refusal('unknown', 'There is no such freeze. `/change freeze` shows those there are.');
  if (!freeze.ended && freeze.endsAt <= at) throw new Refusal('not now', 'This freeze is over already.');
  return freeze;
}

function end(
  freeze: DeclaredFreeze | undefined,
  { by, at, words }: FreezeCommand & { type: 'End' },
  facts: FreezeFacts,
): FreezeEvent[] {
  const open = stillOpen(freeze, at);
  const right = checkMayFreeze(open.kind, by, facts);
  if (open.ended) return [];
  if (!words.trim()) throw wordless('Please say why it can end now.');
  return [{ type: 'FreezeEnded', by, at, ...right, words: words.trim(), until: open.endsAt }];
}

/**
 * The right in which somebody declares, alters or ends freezes of a kind.
 * @throws {Refusal} for whoever may not, naming who may
 */
export function checkMayFreeze(kind: Declaration['kind'], by: Actor, facts: FreezeFacts): Right {
  const right = freezesAs(kind, by, facts);
  if (right) return right;
  const what = kind === 'stop' ? 'stop the line, or let it run again' : 'declare freezes, alter and end them';
  const who = freezingTitles(kind === 'stop' ? 'stop' : 'declare', facts);
  throw new Refusal('not your role', `Only the ${who} can ${what}.`);
}
