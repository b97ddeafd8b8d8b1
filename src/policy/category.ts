import * as z from 'zod';
import { FIELD_IDS } from './fields.ts';
import { id, words } from './words.ts';

const field = z.enum(FIELD_IDS);
/** Fields of the template. */
export const fields = z.array(field).default([]);

/** How long a decision may take: counted in working time, or day and night. */
export const clock = z.union(
  [
    z.strictObject({ workingDays: z.number().positive() }),
    z.strictObject({ workingHours: z.number().positive() }),
    z.strictObject({ hours: z.number().positive() }),
  ],
  'write it as { workingHours: 4 }, { workingDays: 5 } or { hours: 2 }',
);

const seat = z.strictObject({
  id,
  title: words,
  /** Holding any one of these lets a person fill the seat. */
  roles: z.array(id).min(1),
  /** A person field in which the requester may name who is asked. */
  namedBy: z.enum(['reviewer', 'implementer']).optional(),
  /** Asks those of its roles that own an affected system, where somebody holds one; the others may decide as well. */
  askOwners: z.boolean().optional(),
});

const stage = z.strictObject({
  id,
  title: words,
  /** `validation` may also return the change; `review` needs every seat; `vote` is a board's majority. */
  kind: z.enum(['validation', 'review', 'vote']).default('review'),
  /** Only for changes that tick this review. */
  when: id.optional(),
  /** Its part of the category's clock, 0 to 1. */
  share: z.number().min(0).max(1).default(1),
  /** A change of these fields voids what this stage has approved. */
  material: z
    .union([z.literal('all'), z.array(field).min(1)], 'list fields of the template, or write all')
    .default('all'),
  seats: z.array(seat).min(1).max(20),
  /** Whoever carries the change out has no say in this stage, like its requester. */
  notByImplementer: z.boolean().default(false),
  /** For a vote: how many must have voted, and whose vote decides a tie. */
  quorum: z.number().int().positive().optional(),
  chair: id.optional(),
});

const lookBack = z.enum(['always', 'unless success', 'never']);
/** When a change is looked back on together, and within how many hours of its end. A word alone means the guide's 48. */
const retrospective = z
  .union(
    [lookBack, z.strictObject({ when: lookBack, withinHours: z.number().positive() })],
    'write it as always, unless success, never, or { when: always, withinHours: 48 }',
  )
  .transform((given) => (typeof given === 'string' ? { when: given, withinHours: 48 } : given));

/** What the policy says of one kind of change: what it asks, whom it asks, and how it is carried out. */
export const category = z.strictObject({
  title: words,
  summary: words,
  required: fields,
  optional: fields,
  /** What this category calls a field, where that differs from the template. */
  labels: z.partialRecord(field, words).default({}),
  /** What it says below a field. A field that it calls by another name has no hint but this one. */
  hints: z.partialRecord(field, words).default({}),
  /** Changes of a higher risk are refused. */
  highestRisk: z.enum(['low', 'medium', 'high']).default('high'),
  /** For a category without a questionnaire. */
  assumedRisk: z.enum(['low', 'medium', 'high']).optional(),
  /** Carried out as soon as it is approved: the execution times of its risk do not hold it. */
  atAnyTime: z.boolean().default(false),
  clock,
  stages: z.array(stage).min(1).max(20),
  /** Tests that must have passed before the start, and those to be recorded before it counts as verified. */
  testsBefore: z.array(id).default([]),
  testsAfter: z.array(id).default([]),
  /** What the implementer ticks before the start. */
  preparation: z.array(id).default([]),
  /** Who may verify the result. */
  verifiers: z.array(id).min(1),
  retrospective: retrospective.default({ when: 'never', withinHours: 48 }),
  /** A board that reviews every change of this category once it has been carried out: a stage of some category. */
  boardReview: z
    .strictObject({
      withinHours: z.number().positive(),
      category: z.enum(['standard', 'normal', 'emergency']),
      stage: id,
    })
    .optional(),
});
