import type { KnownBlock } from '@slack/types';
import type { Facts } from '../../change/facts.ts';
import type { Change } from '../../change/types.ts';
import { context, section } from '../blocks/blocks.ts';
import { escaped, mention, quote, when } from '../blocks/format.ts';
import { fromTemplateLine } from '../form/from-template-blocks.ts';
import { showRisk } from './show-field.ts';
import { decisionLines, road, statusLine, windowBeside } from './status.ts';

/** What every card of a change begins with: its name, where it stands, its risk, its road, who has decided. */
export function summary(
  change: Change,
  { policy, holders }: Facts,
  decisions: 'with decisions' | 'without decisions' = 'with decisions',
): KnownBlock[] {
  const { proposal, category, risk } = change;
  const facts = [
    escaped(policy.categories[category].title),
    showRisk(risk),
    `filed by ${mention(change.requester)} ${when(change.submittedAt)}`,
    ...windowBeside(change),
  ];
  const decided = decisions === 'with decisions' && decisionLines(change);
  return [
    section(`*${change.number}  ${quote(proposal.title ?? '', 300)}*\n${statusLine(change, holders)}`),
    context(facts.join('  ·  ')),
    ...fromTemplateLine(policy, change),
    ...road(change),
    ...(decided ? [section(decided)] : []),
  ];
}
