import type { FieldId } from '../policy/fields.ts';
import type { Category, Policy } from '../policy/schema.ts';
import { type BegunFrom, type Offer, withItsEnd } from './from-template.ts';
import { differences, tidy } from './proposal.ts';
import { Refusal } from './refusal.ts';
import { notStarted } from './states.ts';
import type { Change, Instant, PersonId, Proposal } from './types.ts';

/** A request before its submission, or an alteration before it is saved: its owner's alone, and no part of the record. */
export interface Draft {
  /** The id that the change will have, or that of the change which is edited. */
  id: string;
  owner: PersonId;
  category: Category;
  proposal: Proposal;
  /** The screen of the form on which it stands, from 0. */
  step: number;
  /** The answer to the questions with which the change was returned. */
  words?: string;
  /** Id of the policy's template that it was begun from. */
  template?: string;
  /** What it keeps of the catalogue's template that it was begun from. */
  from?: BegunFrom;
  /** Address of the message that it was begun from. */
  source?: string;
  updatedAt: Instant;
}

/** What one screen of a form holds. */
export interface Screen {
  category: Category;
  step: number;
  /** The fields that it shows; what they do not hold is empty. */
  fields: readonly FieldId[];
  proposal: Proposal;
  /** Absent where the screen does not ask for them. */
  words?: string;
}

/**
 * The draft on which somebody goes on: the one that is there, else an empty one, or for an edit the change itself.
 * @param change the submitted change of that id, if there is one
 * @throws {Refusal} when the draft or the change is somebody else's, or the change can no longer be edited
 */
export function draftFor(
  { id, by, category }: { id: string; by: PersonId; category: Category },
  draft: Draft | undefined,
  change: Change | undefined,
): Draft {
  if (draft && draft.owner !== by)
    throw new Refusal('not the requester', 'This draft is somebody else’s, and only they can see it.');
  if (change && change.requester !== by) {
    const words = `Only <@${change.requester}>, who filed ${change.number}, can edit it.`;
    throw new Refusal('not the requester', words);
  }
  // It was begun for another category: what the present one has and the draft never had is there as well.
  if (draft && change && draft.category !== change.category)
    return { ...draft, category: change.category, proposal: { ...change.proposal, ...draft.proposal } };
  if (draft) return draft;
  const begun = change
    ? { category: change.category, proposal: change.proposal }
    : { category, proposal: {} };
  return { id, owner: by, ...begun, step: 0, updatedAt: 0 };
}

/** The draft with what a screen now holds: what the screen does not show stays as it was. */
export function withScreen(draft: Draft, screen: Screen): Draft {
  const { category, step, fields, words } = screen;
  const others = Object.entries(draft.proposal).filter(([id]) => !fields.some((field) => field === id));
  const { words: before, ...rest } = inCategory(draft, category);
  const said = words ?? before;
  return {
    ...rest,
    step,
    proposal: withItsEnd({ ...Object.fromEntries(others), ...screen.proposal }, rest.from),
    ...(said && { words: said }),
  };
}

/** Whether there is anything in a draft to be kept: what is typed, or for an edit what differs from the change. */
export function saysSomething(policy: Policy, draft: Draft, change: Change | undefined): boolean {
  if (!change) return Object.keys(draft.proposal).length > 0;
  return Boolean(draft.words) || changesOf(policy, draft, change).length > 0;
}

/** What an edit would alter, field by field. */
export function changesOf(policy: Policy, { proposal }: Draft, change: Change) {
  return differences(change.proposal, tidy(policy, change.category, proposal));
}

/** @throws {Refusal} when this person cannot edit this change, now or ever */
export function mayEdit(change: Change, by: PersonId): void {
  draftFor({ id: change.id, by, category: change.category }, undefined, change);
  notStarted(change, 'edited');
}

/**
 * The draft with what a template fills in: the fields that are still empty, and those that still hold what the
 * template before had filled in. Of risk answers and assessment each question and group is filled in by itself.
 * @param before what the template filled in that the draft was started from until now
 */
export function startedFrom(
  draft: Draft,
  template: { id: string; proposal: Proposal },
  before: Proposal = {},
): Draft {
  const altered = differences(before, draft.proposal).map(({ field }) => field);
  const own: Proposal = Object.fromEntries(
    Object.entries(draft.proposal).filter(([id]) => altered.some((field) => field === id)),
  );
  const { riskAnswers, assessment } = template.proposal;
  return {
    ...draft,
    template: template.id,
    proposal: {
      ...template.proposal,
      ...own,
      ...(riskAnswers && { riskAnswers: { ...riskAnswers, ...own.riskAnswers } }),
      ...(assessment && { assessment: { ...assessment, ...own.assessment } }),
    },
  };
}

/** The draft in a category; in another one than standard nothing of it is agreed beforehand. */
export function inCategory(draft: Draft, category: Category): Draft {
  return category === 'standard' ? { ...draft, category } : { ...withoutTemplate(draft), category };
}

/** The draft as it goes on without the catalogue's template that it was begun from; what that filled in stays. */
export function withoutTemplate({ from: _, ...draft }: Draft): Draft {
  return draft;
}

/**
 * The draft as it begins from a template of the catalogue: what the board approved, and what was typed before into
 * fields that are not fixed.
 * @param asked what differs each time, and so is not taken over from the example that the template was made of
 */
export function begunFromTemplate(
  { template: _, ...draft }: Draft,
  offer: Offer,
  asked: readonly FieldId[],
): Draft {
  const { proposal, closed: __, ...from } = offer;
  const without = (held: Proposal, fields: readonly FieldId[]): Proposal =>
    Object.fromEntries(Object.entries(held).filter(([id]) => !fields.some((field) => field === id)));
  const own = without(draft.proposal, from.locked);
  const all = { title: from.title, ...without(proposal, asked), ...own };
  return { ...draft, category: 'standard', from, proposal: withItsEnd(all, from) };
}

/** What another request like this one says too: all but when it is, who reviews it, and what set it off. */
export function copyOf({
  startsAt: _,
  endsAt: __,
  incident: ___,
  reviewer: ____,
  ...rest
}: Proposal): Proposal {
  return rest;
}
