import * as z from 'zod';
import { board } from './board.ts';
import { catalogue } from './catalogue.ts';
import { category, fields } from './category.ts';
import { dashboards } from './dashboards.ts';
import { FIELD_IDS, FIELDS, type FieldId, NOT_AFFECTED } from './fields.ts';
import { posts } from './posts.ts';
import { checkReferences } from './references.ts';
import { systems, titlesOf } from './systems.ts';
import { template } from './templates.ts';
import { tests } from './tests.ts';
import { executionTime, executionTimes, hoursList, night, yearlyFreeze } from './times.ts';
import { id, isZone, option, words } from './words.ts';

const choices = z
  .record(id, option)
  .refine((list) => Object.keys(list).length <= 100, 'at most 100, Slack shows no more');

const ticked = choices.refine((list) => Object.keys(list).length <= 10, 'at most 10, Slack shows no more');

/** One group of the impact assessment; "Not affected" is the tenth of the ten checkboxes that Slack shows. */
const assessed = z.strictObject({
  title: words,
  items: choices
    .refine((list) => inMenu(Object.keys(list).length), 'name at least one')
    .refine((list) => Object.keys(list).length <= 9, 'at most 9, Slack shows no more')
    .refine((list) => !Object.hasOwn(list, NOT_AFFECTED), `${NOT_AFFECTED} is added by itself`),
});

const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'write it as 09:00-17:00')
  .refine((text) => text.slice(0, 5) < text.slice(6), 'the end must come after the start');

const riskAnswer = z.strictObject({
  label: option,
  points: z.number().int().min(0),
  /** What the rest of the form has to bear out, so that nobody's answers make a risk look less than it is. */
  window: executionTime.optional(),
  downtimeAtMost: z.number().int().min(0).optional(),
});

const riskQuestion = z.strictObject({
  ask: words,
  answers: z
    .record(id, riskAnswer)
    .refine((list) => inMenu(Object.keys(list).length), 'give 1 to 100 answers, Slack shows no more'),
});

const shape = z.strictObject({
  version: z.string().min(1).max(60),
  company: words,
  zone: z.string().refine(isZone, 'name an IANA zone, for example Europe/Berlin'),
  /** What numbers start with: CR-2026-001. */
  prefix: z.string().regex(/^[A-Z]{1,8}$/, 'one to eight capital letters, for example CR'),
  workingTime: z.strictObject({
    monday: hours.optional(),
    tuesday: hours.optional(),
    wednesday: hours.optional(),
    thursday: hours.optional(),
    friday: hours.optional(),
    saturday: hours.optional(),
    sunday: hours.optional(),
    holidays: z.array(z.iso.date()).default([]),
    /** A country, or a part of it, whose public holidays are added when the policy is loaded. */
    publicHolidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]+){0,2}$/, 'write a country as DE, or a part of it as DE-BE')
      .optional(),
  }),
  /** When users need the systems that do not say it themselves. */
  productionHours: hoursList.default([]),
  /** When as few as possible are disturbed. */
  offHours: hoursList.default([]),
  executionTimes: executionTimes.prefault({}),
  freezes: z.array(yearlyFreeze).default([]),
  /** The roles that, besides the overseer, declare freezes, stop the line, and let a change into a soft freeze. */
  freezing: z
    .strictObject({
      declare: z.array(id).default([]),
      stop: z.array(id).default([]),
      exempt: z.array(id).default([]),
    })
    .prefault({}),
  /** Whether a window that overlaps another on the same or dependent systems is refused or only pointed out. */
  clashes: z.enum(['warn', 'block']).default('warn'),
  /** Name of the channel that changes are announced in, until `/change setup` chooses another. */
  announceIn: z.string().min(1).max(80),
  /** At which parts of a stage's time those who have not decided are reminded, in percent. */
  reminders: z.array(z.number().int().min(1).max(100)).max(10),
  /** Who hears of a late decision, one after the other: a role, or `deputies`, and at which part of the time. */
  escalation: z.record(id, z.number().int().min(100).max(1000)).default({}),
  roles: z.record(id, words),
  /** The role that is told when a stage's time is up. */
  overseer: id,
  /** The role whose holders log what an audit has found, besides the overseer's. */
  auditors: id.optional(),
  /** The role that takes part in every retrospective. */
  processImprovement: id.optional(),
  systems,
  environments: choices,
  reviews: choices,
  risk: z.strictObject({
    questions: z
      .record(id, riskQuestion)
      .refine((list) => Object.keys(list).length <= 20, 'at most 20, a form shows no more'),
    /** From how many points on a change is of this level; low is below them. */
    medium: z.number().int().positive(),
    high: z.number().int().positive(),
  }),
  /** What the requester ticks as affected, group by group. */
  assessment: z
    .record(id, assessed)
    .refine((list) => Object.keys(list).length <= 12, 'at most 12, a form shows no more')
    .default({}),
  tests: tests.default({}),
  /** Ticked in place, and Slack shows no more than ten checkboxes. */
  preparation: ticked.default({}),
  verification: ticked.default({}),
  /** What is measured before and after, for the implementation report. */
  metrics: ticked.default({}),
  /** What to watch while a change is carried out: of these systems and categories, or of every change. */
  dashboards,
  /** Ways of carrying a change out, each with its steps. */
  strategies: z
    .record(id, z.strictObject({ title: option, steps: z.array(option).min(1).max(10) }))
    .refine((list) => Object.keys(list).length <= 10, 'at most 10, Slack shows no more'),
  /** How long after its approval, or its window's end, a change that was not carried out expires. */
  expiresAfterDays: z.number().positive().default(30),
  /** For how long somebody may have another person stand in. */
  delegation: z.strictObject({ mostDays: z.number().positive() }).default({ mostDays: 30 }),
  /** From when on a change counts as stuck: returned, or carried out and not verified, for so many days. */
  stuck: z
    .strictObject({ returnedDays: z.number().positive(), unverifiedDays: z.number().positive() })
    .default({ returnedDays: 5, unverifiedDays: 2 }),
  /**
   * How many direct messages somebody gets on one day of theirs, at most, and when nobody is asked anything, because
   * they sleep. Neither is for emergencies.
   */
  messages: z
    .strictObject({ mostPerDay: z.number().int().min(5).optional(), night: night.optional() })
    .default({}),
  /** What Docket does by the calendar, and when. */
  posts,
  board,
  /** From more changes at once on, reports call hours overbooked. */
  reports: z.strictObject({ mostAtOnce: z.number().int().positive() }).default({ mostAtOnce: 2 }),
  edits: z.strictObject({
    /** In these fields a correction of at most `typo` characters voids nothing. */
    wording: fields,
    typo: z.number().int().min(0),
  }),
  /** What a request may be started from. */
  templates: z
    .record(id, template)
    .refine((list) => Object.keys(list).length <= 100, 'at most 100, Slack shows no more')
    .default({}),
  /** Standard changes agreed beforehand; without it there are none. */
  catalogue: catalogue.optional(),
  categories: z.strictObject({ standard: category, normal: category, emergency: category }),
});

export const policySchema = shape.superRefine(checkReferences);

export type Policy = z.infer<typeof shape>;
export type Category = keyof Policy['categories'];
export type CategoryPolicy = Policy['categories'][Category];
export type StagePolicy = CategoryPolicy['stages'][number];
export type DecisionClock = CategoryPolicy['clock'];
export const RISK_LEVELS = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

export const CATEGORIES = ['standard', 'normal', 'emergency'] as const satisfies Category[];

/**
 * The fields that a category asks for, in the order of the template; within one section of it the required ones as
 * the policy lists them. So a company may ask first what matters first in its own words.
 */
export function fieldsOf(policy: Policy, category: Category): FieldId[] {
  const { required, optional } = policy.categories[category];
  const left = [...new Set(required)];
  return FIELD_IDS.filter((id) => required.includes(id) || optional.includes(id)).map((id) => {
    if (!required.includes(id)) return id;
    const next = left.findIndex((other) => FIELDS[other].section === FIELDS[id].section);
    return left.splice(next, 1)[0] ?? id;
  });
}

/** What a field that chooses from one of the policy's lists offers: id to title. */
export function choicesFrom(
  policy: Policy,
  list: 'systems' | 'environments' | 'reviews',
): Record<string, string> {
  return list === 'systems' ? titlesOf(policy.systems) : policy[list];
}

/** What Slack's menus show. */
function inMenu(count: number): boolean {
  return count >= 1 && count <= 100;
}
