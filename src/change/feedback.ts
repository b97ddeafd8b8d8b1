import type { Instant, PersonId, Right } from './types.ts';

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Something that was found wrong: with what a change has done, or by an audit with how it was handled. The role is that
 * of an audit's, as held then; old records have none.
 */
export interface Finding extends Partial<Right> {
  id: string;
  of: 'defect' | 'audit';
  severity: Severity;
  words: string;
  /** Where more is known: a ticket, an incident, a paper of the auditors. */
  link?: string;
  by: PersonId;
  at: Instant;
}

/** How content somebody is with a change that closed, from 1 to 5. */
export interface Rating {
  by: PersonId;
  /** When they first said so; what they say later takes its place. */
  at: Instant;
  score: number;
  words?: string;
}

/** What people say about a change once others can see what it has done (guide, "Quality Metrics"). */
export type FeedbackEvent =
  | ({ type: 'FindingLogged'; finding: string } & Omit<Finding, 'id' | 'by' | 'at'>)
  | { type: 'Rated'; score: number; words?: string };

export type FeedbackCommand =
  /** `finding`: its id, the same when it is delivered again. */
  | ({ type: 'LogFinding'; finding: string; link?: string } & Omit<
      Finding,
      'id' | 'by' | 'at' | 'link' | keyof Right
    >)
  | { type: 'Rate'; score: number; words?: string };
