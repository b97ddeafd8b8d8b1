import { FIELDS, type FieldId } from '../policy/fields.ts';
import type { FieldValue, Proposal } from './types.ts';

/** What a field holds, beside what the field is: by its `kind` the compiler knows the value. */
export type Held = { [F in FieldId]: (typeof FIELDS)[F] & { value: NonNullable<Proposal[F]> } }[FieldId];

/** A value of a field, which holds what its kind says (`Proposal`), for a switch over the kinds. */
export function heldIn(field: FieldId, value: FieldValue): Held {
  return { ...FIELDS[field], value } as Held; // of a field known only at run time the compiler cannot see it
}
