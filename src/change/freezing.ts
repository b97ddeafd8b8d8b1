import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { candidates, rightInOneOf } from './holders.ts';
import type { Actor, Filed, PersonId, Right } from './types.ts';

type May = 'declare' | 'stop' | 'exempt';

/** The right in which somebody may do something about freezes now: the overseer's, or that of a role that the policy names. */
export function freezingAs(
  may: Exclude<May, 'exempt'>,
  person: Actor,
  facts: Pick<Facts, 'policy' | 'holders'>,
): Right | undefined {
  return rightInOneOf(rolesFor(may, facts), person, [], facts.holders);
}

/** The same to let a change into a soft freeze; never that of whoever asked for it or carries it out. */
export function exemptingAs(
  change: Pick<Filed, 'requester' | 'proposal'>,
  person: Actor,
  facts: Pick<Facts, 'policy' | 'holders'>,
): Right | undefined {
  return rightInOneOf(rolesFor('exempt', facts), person, ownersOf(change), facts.holders);
}

/** Those who may let a change into a soft freeze: never who asked for it or carries it out, nor in the right of either. */
export function exempters(
  change: Pick<Filed, 'requester' | 'proposal'>,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
): PersonId[] {
  const barred = ownersOf(change);
  const able = rolesFor('exempt', { policy }).flatMap((role) =>
    candidates({ roles: [role] }, barred, holders),
  );
  return [...new Set(able)];
}

function ownersOf(change: Pick<Filed, 'requester' | 'proposal'>): PersonId[] {
  return [change.requester, implementerOf(change)];
}

/** What those are called who may do it: "change manager, DevOps lead or on-call engineer". */
export function freezingTitles(may: May, { policy }: Pick<Facts, 'policy'>): string {
  const titles = rolesFor(may, { policy }).map((role) => withinSentence(policy.roles[role] ?? role));
  return [...(titles.length > 1 ? [titles.slice(0, -1).join(', ')] : []), ...titles.slice(-1)].join(' or ');
}

/** A title in small letters, but for names such as "DevOps". */
function withinSentence(title: string): string {
  return title.replaceAll(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());
}

function rolesFor(may: May, { policy }: Pick<Facts, 'policy'>): string[] {
  return [...new Set([policy.overseer, ...policy.freezing[may]])];
}
