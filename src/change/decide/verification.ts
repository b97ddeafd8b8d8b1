import { andClose } from '../closing.ts';
import { dutiesFound, verificationDue } from '../duties.ts';
import type { Measured } from '../execution.ts';
import { unprovenAfter, verifierAs, verifiersOf, verifiersToAsk } from '../execution-plan.ts';
import type { Facts } from '../facts.ts';
import { inRole } from '../holders.ts';
import { Refusal, wordless } from '../refusal.ts';
import type { Change, ChangeEvent, CommandOf, EventOf, Instant } from '../types.ts';

/**
 * Somebody who neither asked for it nor carried it out checks the result (guide, "Implementation Verification").
 * What must be tested afterwards must have been. A check that is not met needs words, and so does a failed test; where a
 * retrospective is held unless all went well, it is owed from then on.
 */
export function verify(
  change: Change,
  command: CommandOf<'Verify'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  const { by, at, met } = command;
  if ('verifiedBy' in change && change.verifiedBy === by) return [];
  const { number } = change;
  if (by === change.requester)
    throw new Refusal('own change', 'You filed this change, so somebody else has to verify it.');
  if ('implementer' in change && by === change.implementer) {
    throw new Refusal('own change', 'You carried this change out, so somebody else has to verify it.');
  }
  if ('handedOverBy' in change && change.handedOverBy?.includes(by)) {
    throw new Refusal(
      'own change',
      'You carried a part of this change out, so somebody else has to verify it.',
    );
  }
  if (change.status !== 'implemented')
    throw new Refusal('not now', `${number} is ${change.status} now, so there is nothing to verify.`);
  const holding = verifierAs(by, change, change.implementer, holders);
  if (!holding) {
    const roles = change.execution.verifiers.map((role) => policy.roles[role] ?? role).join(', ');
    throw new Refusal(
      'not your role',
      `${number} is verified by somebody who holds a verifying role (${roles}). You do not hold one now.`,
    );
  }
  const after = unprovenAfter(change);
  const missing = after.filter(({ result }) => result === undefined);
  if (missing.length > 0)
    throw new Refusal(
      'not ready',
      `<@${change.implementer}> still has to record these tests: ${missing.map(({ title }) => title).join(', ')}.`,
    );
  const known = change.execution.verification.map(({ id }) => id).filter((id) => met.includes(id));
  const words = command.words?.trim();
  if (known.length < change.execution.verification.length && !words) {
    throw wordless('Please say why the checks that you left open are not met.');
  }
  if (after.length > 0 && !words) {
    throw wordless(`${after.map(({ title }) => title).join(', ')} failed. Please say why it can stay so.`);
  }
  const measured = tidied(change, command.measured);
  const { role, for: inStead } = holding;
  const more = { ...(words && { words }), ...(measured && { measured }), ...(inStead && { for: inStead }) };
  const verified: EventOf<'Verified'> = { type: 'Verified', by, at, role, met: known, ...more };
  const duties = dutiesFound(change, verified, { policy });
  return andClose(change, [{ ...verified, ...(duties && { duties }) }]);
}

/** Only metrics that the change has, and only what says something; nothing if nothing was written down. */
function tidied({ execution }: Change, measured: Measured | undefined): Measured | undefined {
  if (!measured) return undefined;
  const metrics = execution.metrics.flatMap(({ id }) => {
    const values = spoken(measured.metrics[id] ?? {});
    return Object.keys(values).length > 0 ? [[id, values] as const] : [];
  });
  const impact = spoken(measured.impact);
  if (metrics.length === 0 && Object.keys(impact).length === 0) return undefined;
  return { metrics: Object.fromEntries(metrics), impact };
}

/** The texts without the space around them, and without those that are empty. */
function spoken<K extends string>(texts: { [T in K]?: string }): { [T in K]?: string } {
  const entries = Object.entries<string | undefined>(texts).map(([key, text]) => [key, text?.trim()]);
  // The same keys as before, or fewer.
  return Object.fromEntries(entries.filter(([, text]) => text)) as { [T in K]?: string };
}

/**
 * Those who were asked to verify are reminded of it, and all others who may are asked too; once its time is up, or where
 * nobody is left, the overseer hears of it, every day.
 */
export function remindVerification(
  change: Change,
  { at, due }: CommandOf<'RemindVerification'>,
  { holders, policy }: Facts,
): ChangeEvent[] {
  const deadline = verificationDue(change);
  if (change.status !== 'implemented' || deadline === undefined) return [];
  if ((change.reminded.verification ?? 0) >= due) return [];
  const verifiers = verifiersOf(change, change.implementer, holders);
  const added = verifiers.filter((person) => !change.verifiers.includes(person));
  const people = verifiers.filter((person) => !added.includes(person));
  const late = due >= deadline || verifiers.length === 0;
  const overseers = late ? inRole(holders, policy.overseer) : [];
  const reminded: ChangeEvent = { type: 'VerificationReminded', by: 'docket', at, due, people, overseers };
  if (added.length === 0) return [reminded];
  return [reminded, { type: 'VerifiersAsked', by: 'docket', at, verifiers, added, overseers: [] }];
}

/** After people have come or gone: who may verify now is asked too, and where nobody is left the overseer hears of it. */
export function askVerifiersAgain(change: Change, { holders, policy }: Facts, at: Instant): ChangeEvent[] {
  if (change.status !== 'implemented') return [];
  const verifiers = verifiersToAsk(change, change.implementer, holders);
  const added = verifiers.filter((person) => !change.verifiers.includes(person));
  const emptied = verifiers.length === 0 && change.verifiers.length > 0;
  if (added.length === 0 && !emptied) return [];
  const overseers = emptied ? inRole(holders, policy.overseer) : [];
  return [{ type: 'VerifiersAsked', by: 'docket', at, verifiers, added, overseers }];
}
