import * as z from 'zod';

export const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'use lower-case letters, digits and _, for example devops_lead')
  // Ids travel in Slack's option values and block ids, which are bounded.
  .max(60, 'at most 60 characters');

export const words = z.string().min(1).max(150);

/** Slack refuses an option longer than this. */
export const option = z.string().min(1).max(75);

/** Whether it is the name of an IANA zone. Asked for each message that goes to somebody, and it takes long to find out. */
export function isZone(name: string): boolean {
  const known = zones.get(name) ?? isNamed(name);
  if (zones.size < MOST_ZONES) zones.set(name, known);
  return known;
}

const zones = new Map<string, boolean>();
/** More than there are. */
const MOST_ZONES = 1_000;

function isNamed(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
