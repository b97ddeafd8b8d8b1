import type { Facts } from '../change/facts.ts';
import { freezingRole, freezingTitles } from '../change/freezing.ts';
import { Refusal, wordless } from '../change/refusal.ts';
import type { Actor } from '../change/types.ts';
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
    case 'End':
      return end(freeze, command, facts);
    default:
      return command satisfies never;
  }
}

/** Whether somebody may declare and end freezes of a kind. */
export function mayFreeze(kind: Declaration['kind'], person: Actor, facts: FreezeFacts): boolean {
  return freezingRole(kind === 'stop' ? 'stop' : 'declare', person, facts) !== undefined;
}

function declare({ by, at, freeze }: FreezeCommand & { type: 'Declare' }, facts: FreezeFacts): FreezeEvent[] {
  checkMayFreeze(freeze.kind, by, facts);
  const declared = checked(freeze, at);
  return [{ type: 'FreezeDeclared', by, at, ...declared }];
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

function end(
  freeze: DeclaredFreeze | undefined,
  { by, at, words }: FreezeCommand & { type: 'End' },
  facts: FreezeFacts,
): FreezeEvent[] {
  if (!freeze)
    throw new Refusal('unknown', 'There is no such freeze. `/change freeze` shows those there are.');
  checkMayFreeze(freeze.kind, by, facts);
  if (freeze.ended) return [];
  if (freeze.endsAt <= at) throw new Refusal('not now', 'This freeze is over already.');
  if (!words.trim()) throw wordless('Please say why it can end now.');
  return [{ type: 'FreezeEnded', by, at, words: words.trim(), until: freeze.endsAt }];
}

function checkMayFreeze(kind: Declaration['kind'], by: Actor, facts: FreezeFacts): void {
  if (mayFreeze(kind, by, facts)) return;
  const what = kind === 'stop' ? 'stop the line, or let it run again' : 'declare freezes and end them';
  const who = freezingTitles(kind === 'stop' ? 'stop' : 'declare', facts);
  throw new Refusal('not your role', `Only the ${who} can ${what}.`);
}
