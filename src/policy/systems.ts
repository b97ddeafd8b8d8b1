import * as z from 'zod';
import { hoursList } from './times.ts';
import { id, option } from './words.ts';

const system = z.strictObject({
  title: option,
  /** The role that answers for it. */
  owner: id.optional(),
  /** When its users need it; the policy's hours if not said. */
  productionHours: hoursList.optional(),
  /** The systems it cannot do without. */
  dependsOn: z.array(id).default([]),
});

/** The register of systems. `booking_api: Booking API` is short for one of which nothing but the title is known. */
export const systems = z
  .record(
    id,
    z.preprocess((value) => (typeof value === 'string' ? { title: value } : value), system),
  )
  .refine((list) => Object.keys(list).length <= 100, 'at most 100, Slack shows no more');

type System = z.infer<typeof system>;

/** Id to title, as menus and lists show systems. */
export function titlesOf(register: Record<string, System>): Record<string, string> {
  return Object.fromEntries(Object.entries(register).map(([id, { title }]) => [id, title]));
}
