import type { KnownBlock } from '@slack/types';
import * as z from 'zod';
import type { Draft } from '../../change/draft.ts';
import type { Obstacle } from '../../change/scheduling.ts';
import type { Change } from '../../change/types.ts';
import type { StartingPoint } from '../../engine/starting-points.ts';
import { CATEGORIES } from '../../policy/schema.ts';
import type { TimeCheck } from './time-blocks.ts';

/** The two forms of a change request: its submission, and an edit of it afterwards. */
export const FORM = { new: 'new-change', edit: 'edit-change' } as const;

/** The input in which one chooses what to start from. */
export const START = 'template';

/** Buttons that lead from screen to screen carry nothing: where they lead stands in the form. */
export const MOVE = {
  back: 'form-back',
  goTo: 'form-go-to',
  makeNormal: 'form-make-normal',
  letGo: 'form-let-go',
  takeWindow: 'form-take-window',
} as const;

/** What a form carries along. It is believed for nothing but which draft it is about and how it is drawn. */
export const formState = z.object({
  /** Of the draft: the change's own, so that submitting it twice cannot make two changes. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  category: z.enum(CATEGORIES),
  /** The screen, from 0. */
  step: z.number().int().min(0).max(99).default(0),
  /** How often a template has filled its fields (`block-id.ts`). */
  generation: z.number().int().min(0).default(0),
  /** Whether the screen was opened from the last one, to which it leads back. */
  jumped: z.boolean().default(false),
  /** How many other drafts this person has. */
  others: z.number().int().min(0).default(0),
  /** The short form of something that is filed from the catalogue. */
  short: z.boolean().default(false),
  /** What is typed could not be saved. */
  unsaved: z.boolean().default(false),
  /** How many approvals an edit makes void, as far as it says so. */
  voids: z.number().int().min(0).default(0),
});
export type FormState = z.infer<typeof formState>;

/** What a form is drawn from. */
export interface Shown {
  draft: Draft;
  /** The submitted change, when it is edited. */
  change?: Change;
  state: FormState;
  /** Shown at the top: what needs attention. */
  lead?: KnownBlock[];
  /** What it may be started from; if not said, what the policy has for that. */
  points?: StartingPoint[];
  /** What stands against its window, where one is asked for and was looked up. */
  time?: TimeCheck;
  /** How what was written below its dates has been read. */
  reading?: KnownBlock[];
  /** The freezes that hold it now, where it asks for no window and they were looked up. */
  frozen?: readonly Obstacle[];
}

/** What the form of a draft carries as it is drawn anew. */
export function stateOf(draft: Draft, more: Partial<FormState> = {}): FormState {
  const { id, category, step, from } = draft;
  const short = from !== undefined;
  return {
    id,
    category,
    step,
    generation: 0,
    jumped: false,
    others: 0,
    short,
    unsaved: false,
    voids: 0,
    ...more,
  };
}
