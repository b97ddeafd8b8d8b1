import type { KnownBlock } from '@slack/types';
import type { Draft } from '../../change/draft.ts';
import { type BegunFrom, type FromTemplate, templateOf } from '../../change/from-template.ts';
import type { Change, Proposal } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { buttons, context, divider, section } from '../blocks/blocks.ts';
import { quote, said, when } from '../blocks/format.ts';
import { contentOf, labelsOf } from '../catalogue/template-words.ts';

/** The template that a form follows: that of the draft, or of the change which is edited. */
export function followed(draft: Draft, change: Change | undefined): FromTemplate | undefined {
  return change ? templateOf(change) : draft.from;
}

/** Which template of the catalogue a form follows, and when that may be used, at its top. */
export function templateLead({ title, version }: FromTemplate, begun?: BegunFrom): KnownBlock[] {
  return [
    section(`📗 *From the catalogue: ${quote(title, 150)}*, version ${version}`),
    ...(begun ? [section(`*When it may be used*\n${said(begun.use, 500)}`)] : []),
    context('What is fixed stands below, as the board approved it.'),
  ];
}

/** What is fixed, as text and not as inputs; and when it ends, where that follows from its start. */
export function fixedBlocks(
  policy: Policy,
  from: FromTemplate,
  proposal: Proposal,
  begun?: BegunFrom,
): KnownBlock[] {
  const fields = from.locked.map((field) =>
    section(`*${labelsOf(policy, [field])}*\n${contentOf(policy, field, proposal, 600)}`),
  );
  return [...endLine(proposal, begun), divider, section('🔒 *Fixed, as the board approved it*'), ...fields];
}

function endLine({ endsAt }: Proposal, begun: BegunFrom | undefined): KnownBlock[] {
  if (begun?.minutes === undefined) return [];
  const at = endsAt === undefined ? '' : `: ${when(endsAt)}`;
  return [context(`It ends ${begun.minutes} minutes after its start${at}.`)];
}

/** Leads from the short form to the whole one. */
export function letGoButton(action: string): KnownBlock[] {
  return buttons([
    {
      label: 'File it without the template',
      action,
      value: 'let-go',
      spoken: 'File it without the template',
    },
  ]);
}

/** On every card of a change: which template it comes from, and what that means. */
export function fromTemplateLine(policy: Policy, change: Change): KnownBlock[] {
  const from = templateOf(change);
  if (!from) return [];
  const fixed = labelsOf(policy, from.locked);
  const words = `📗 From the catalogue: *${quote(from.title, 150)}*, version ${from.version}. As the board approved it: ${fixed}.`;
  return [context(words)];
}
