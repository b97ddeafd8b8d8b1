import * as z from 'zod';
import { FIELD_IDS, FIELDS, type FieldKind, LONGEST } from './fields.ts';
import { id, option } from './words.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const person = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'write a Slack user id, for example U012AB3CD');

const channel = z.string().regex(/^C[A-Z0-9]{2,20}$/, 'write a Slack channel id, for example C012AB3CD');

export const chosen = z.array(id).min(1);
export const riskAnswers = z.record(id, id);
export const assessment = z.record(
  id,
  z.strictObject({ affected: z.array(id).default([]), note: text(LONGEST.note).optional() }),
);

/** What a field of each kind may hold in a template. */
const HOLDS: Record<FieldKind, z.ZodType> = {
  line: text(LONGEST.line),
  text: text(LONGEST.text),
  link: z.url().max(LONGEST.link),
  minutes: z.number().int().min(0).max(999_999),
  instant: z.never('dates are chosen anew for every change'),
  person,
  people: z.array(person).min(1).max(50),
  channels: z.array(channel).min(1).max(20),
  yesNo: z.boolean(),
  choices: chosen,
  risk: riskAnswers,
  level: z.enum(['medium', 'high']),
  assessment,
};

/** What requests of some sort have in common: fields of their form, filled in. */
export const template = z.strictObject({
  title: option,
  category: z.enum(['standard', 'normal', 'emergency']),
  fields: z.strictObject(
    Object.fromEntries(FIELD_IDS.map((field) => [field, HOLDS[FIELDS[field].kind].optional()])),
  ),
});
