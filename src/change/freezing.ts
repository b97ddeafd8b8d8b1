import { implementerOf } from './execution-plan.ts';
import type { Facts } from './facts.ts';
import { inRole } from './holders.ts';
import type { Actor, Filed, PersonId } from './types.ts';

type Right = 'declare' | 'stop' | 'exempt';

/** The role in which somebody may do something about freezes now: the overseer's, or one that the policy names. */
export function freezingRole(
  right: Right,
  person: Actor,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
): string | undefined {
  return rolesFor(right, { policy }).find((role) => inRole(holders, role).includes(person));
}

/** Those who may let a change into a soft freeze: never who asked for it, never who carries it out. */
export function exempters(
  change: Pick<Filed, 'requester' | 'proposal'>,
  { policy, holders }: Pick<Facts, 'policy' | 'holders'>,
): PersonId[] {
  const able = rolesFor('exempt', { policy }).flatMap((role) => inRole(holders, role));
  return [...new Set(able)].filter(
    (person) => person !== change.requester && person !== implementerOf(change),
  );
}

/** What those are called who may do it: "change manager, DevOps lead or on-call engineer". */
export function freezingTitles(right: Right, { policy }: Pick<Facts, 'policy'>): string {
  const titles = rolesFor(right, { policy }).map((role) => withinSentence(policy.roles[role] ?? role));
  return [...(titles.length > 1 ? [titles.slice(0, -1).join(', ')] : []), ...titles.slice(-1)].join(' or ');
}

/** A title in small letters, but for names such as "DevOps". */
function withinSentence(title: string): string {
  return title.replaceAll(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());
}

function rolesFor(right: Right, { policy }: Pick<Facts, 'policy'>): string[] {
  return [...new Set([policy.overseer, ...policy.freezing[right]])];
}
