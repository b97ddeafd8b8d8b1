import type { Clock } from '../change/clocks.ts';
import type { Outcome } from '../change/execution.ts';
import type { Finding, Rating, Severity } from '../change/feedback.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import type { Words } from './words-sqlite.ts';

/**
 * What reports and metrics count, narrow so that a million changes are quick: every question is answered by one of
 * these indexes alone. Written with the events, and rebuildable by folding them.
 */
export function figures({ table, text, int, instant, json, primaryKey, index }: Words) {
  return {
    /** One row per change. Lengths are in milliseconds, efforts in minutes. */
    figures: table(
      'figures',
      {
        changeId: text('change_id').primaryKey(),
        category: text('category').$type<Category>().notNull(),
        risk: text('risk').$type<RiskLevel>().notNull(),
        submittedAt: instant('submitted_at').notNull(),
        /** When it left the road without having been carried out, and how. */
        droppedAt: instant('dropped_at'),
        dropped: text('dropped'),
        finishedAt: instant('finished_at'),
        outcome: text('outcome').$type<Outcome>(),
        /** From its approval, and from its start, to its end. */
        implementing: instant('implementing'),
        lasted: instant('lasted'),
        /** The length of its window. */
        planned: instant('planned'),
        plannedEffort: int('planned_effort'),
        effort: int('effort'),
        defects: int('defects').notNull(),
        audits: int('audits').notNull(),
      },
      (t) => [
        index('figures_by_end').on(
          ...[
            t.finishedAt,
            t.category,
            t.outcome,
            t.risk,
            t.submittedAt,
            t.implementing,
            t.lasted,
            t.planned,
          ],
          ...[t.plannedEffort, t.effort, t.defects, t.audits],
        ),
        index('figures_by_submission').on(t.submittedAt, t.category, t.risk),
        index('figures_by_drop').on(t.droppedAt, t.dropped),
      ],
    ),
    /** What a change that was carried out was about: its types and its systems. */
    touched: table(
      'touched',
      {
        changeId: text('change_id').notNull(),
        what: text('what').$type<'type' | 'system'>().notNull(),
        name: text('name').notNull(),
        finishedAt: instant('finished_at').notNull(),
        outcome: text('outcome').$type<Outcome>().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.changeId, t.what, t.name] }),
        index('touched_by_end').on(t.what, t.finishedAt, t.name, t.outcome),
      ],
    ),
    /** Windows that passed without the start of a change that was approved in time. */
    missed: table(
      'missed',
      {
        changeId: text('change_id').notNull(),
        startsAt: instant('starts_at').notNull(),
        endsAt: instant('ends_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.changeId, t.endsAt] }), index('missed_by_end').on(t.endsAt)],
    ),
    /** One row for each time that was set. `known_at`: when it was known whether it was kept. */
    clocks: table(
      'clocks',
      {
        id: text('id').primaryKey(),
        changeId: text('change_id').notNull(),
        of: text('of').$type<Clock['of']>().notNull(),
        stage: text('stage').notNull(),
        category: text('category').$type<Category>().notNull(),
        openedAt: instant('opened_at').notNull(),
        deadline: instant('deadline').notNull(),
        /** When it was done or dropped; and when it was done. */
        endedAt: instant('ended_at'),
        doneAt: instant('done_at'),
        /** How long it took, once it is done. */
        lasted: instant('lasted'),
        knownAt: instant('known_at'),
        kept: int('kept').notNull(),
      },
      (t) => [
        index('clocks_by_knowledge').on(t.knownAt, t.of, t.stage, t.category, t.kept),
        index('clocks_by_end').on(t.doneAt, t.of, t.stage, t.lasted),
        // Those that are running and late.
        index('clocks_by_deadline').on(t.endedAt, t.deadline),
      ],
    ),
    /** Defects and findings of audits, by when they were logged. */
    findings: table(
      'findings',
      {
        id: text('id').primaryKey(),
        changeId: text('change_id').notNull(),
        of: text('of').$type<Finding['of']>().notNull(),
        severity: text('severity').$type<Severity>().notNull(),
        at: instant('at').notNull(),
        finding: json('finding').$type<Finding>().notNull(),
      },
      (t) => [index('findings_by_time').on(t.at, t.of, t.severity)],
    ),
    /** How content people said that they are, by when they first did. */
    ratings: table(
      'ratings',
      {
        id: text('id').primaryKey(),
        changeId: text('change_id').notNull(),
        score: int('score').notNull(),
        at: instant('at').notNull(),
        rating: json('rating').$type<Rating>().notNull(),
      },
      (t) => [index('ratings_by_time').on(t.at, t.score)],
    ),
  };
}
