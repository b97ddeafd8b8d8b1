import type { KnownBlock } from '@slack/types';
import { type Lack, lacksOf } from '../../change/checklist.ts';
import { judgedAt } from '../../change/decide/edit.ts';
import type { Instant } from '../../change/types.ts';
import type { OwnDraft } from '../../db/drafts.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, section } from '../blocks/blocks.ts';
import { escaped, quote, when } from '../blocks/format.ts';
import { showLink } from '../change/show-field.ts';

export const DRAFT = { resume: 'draft-resume', discard: 'draft-discard' } as const;

/**
 * Drafts as their owner sees them in a list: what each is, what it still lacks, Resume and Discard.
 * @param drafts as `draftsOf` gives them; somebody else's are never drawn
 * @param now a start before it is one that lacks
 */
export function draftRows(policy: Policy, drafts: readonly OwnDraft[], now: Instant): KnownBlock[] {
  return drafts.flatMap(({ draft, change }, n) => {
    const { category, proposal, source, updatedAt, id } = draft;
    const name = proposal.title ? quote(proposal.title, 120) : '_Untitled_';
    const lacks = lacksOf(policy, category, proposal, judgedAt(change, proposal, now));
    const what = change ? `edit of ${change.number}` : escaped(policy.categories[category].title);
    const facts = [
      what,
      `last touched ${when(updatedAt)}`,
      missing(lacks),
      ...(source ? [`from ${showLink(source)}`] : []),
    ];
    const title = `Discard this draft?`;
    const text = change
      ? `${change.number} stays as it was filed. What you altered and never saved is gone for good.`
      : 'What you typed is gone for good.';
    return [
      section(`*${name}*\n${facts.join('  ·  ')}`),
      ...buttons([
        { label: 'Resume', action: `${DRAFT.resume}:${n}`, value: id, spoken: `Resume the draft ${n + 1}` },
        {
          ...{ label: 'Discard', action: `${DRAFT.discard}:${n}`, value: id },
          ...{ spoken: `Discard the draft ${n + 1}`, confirm: { title, text, yes: 'Discard' } },
        },
      ]),
    ];
  });
}

/** "still missing: Risks, End and 3 more". */
function missing(lacks: readonly Lack[]): string {
  const labels = [...new Set(lacks.map(({ label }) => escaped(label)))];
  if (labels.length === 0) return 'complete';
  const more = labels.length > 3 ? ` and ${labels.length - 3} more` : '';
  return `still missing: ${labels.slice(0, 3).join(', ')}${more}`;
}
