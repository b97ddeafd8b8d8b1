import type { BegunFrom, Offer } from '../change/from-template.ts';
import { quoted } from '../change/refusal.ts';
import type { Template, Version } from './types.ts';

/** The version in force: the last one that the board has approved. */
export function inForce({ versions }: Template): Version | undefined {
  return versions.findLast(({ decided }) => decided?.outcome === 'approved');
}

/** The version that is before the board, if the template is not retired. */
export function beforeBoard({ versions, retired }: Template): Version | undefined {
  return retired ? undefined : versions.find(({ decided }) => !decided);
}

/**
 * What a change may be filed from: the version in force, and why nothing may be filed from it now, if so.
 * Nothing for a template that the board has never approved.
 */
export function offerOf(template: Template): Offer | undefined {
  const current = inForce(template);
  if (!current) return undefined;
  const why = closedBecause(template);
  const { proposal } = current.content;
  return { ...begunFrom(template.id, current), proposal, ...(why !== undefined && { closed: why }) };
}

/** What a draft that is begun from a version keeps of it. */
export function begunFrom(id: string, { version, content }: Version): BegunFrom {
  const { title, use, locked, minutes } = content;
  return { id, version, title, use, locked, ...(minutes !== undefined && { minutes }) };
}

function closedBecause({ suspended, retired }: Template): string | undefined {
  if (retired) return `it was retired: ${quoted(retired.words).replace(/[.\s]+$/, '')}.`;
  if (suspended)
    return `it is suspended since ${suspended.number} did not go well: ${quoted(suspended.why).replace(/[.\s]+$/, '')}.`;
  return undefined;
}
