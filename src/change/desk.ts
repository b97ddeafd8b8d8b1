import type { Category, RiskLevel } from '../policy/schema.ts';
import type { Execution } from './execution.ts';
import type { Decision, Instant, PersonId, Proposal, Right, Risk, Stage, TextHash } from './types.ts';

/** A risk level that was set by hand, over the one that was worked out. */
export interface RiskSetting {
  by: PersonId;
  level: RiskLevel;
  /** What was worked out from the answers. */
  computed: RiskLevel;
  words: string;
}

/** The last time a change was put into another category. */
export interface Reclassification {
  by: PersonId;
  at: Instant;
  before: Category;
  words: string;
}

type Voided = Pick<Decision, 'stage' | 'seat' | 'by'>[];

/** What a change manager does to a change besides deciding on it (guide, "Submission Process" 3 to 5). */
export type DeskEvent =
  /** `role`: that let them, as held then, absent in old records; `for`: whom they stood in for. */
  | ({ type: 'RiskSet'; before: RiskLevel; level: RiskLevel; words: string; voided: Voided } & Partial<Right>)
  | ({
      type: 'Reclassified';
      before: Category;
      category: Category;
      /** What the new category asks for, and what was typed for another one. */
      proposal: Proposal;
      aside: Proposal;
      risk: Risk;
      route: Stage[];
      policyVersion: string;
      execution: Execution;
      dueAt: Instant;
      words: string;
      voided: Voided;
      /** Whether the new category asks for something that is not there, so that the change is returned. */
      complete: boolean;
      /** Who hears that it is an emergency from now on, besides those who are asked or hear of it anyway. */
      overseers?: PersonId[];
    } & Partial<Right>)
  /** Without a role where Docket does it, too. */
  | ({
      type: 'Reassigned';
      stage: string;
      seat: string;
      people: PersonId[];
      before: PersonId[];
      words?: string;
    } & Partial<Right>);

export type DeskCommand =
  | { type: 'SetRisk'; level: RiskLevel; seen: TextHash; words: string }
  | { type: 'Reclassify'; category: Category; words: string }
  | { type: 'Reassign'; seat: string; people: PersonId[]; words?: string };
