import type { ModalView } from '@slack/types';
import type { Holders } from '../change/holders.ts';
import type { Policy } from '../policy/schema.ts';
import type { Setup } from '../workspace/types.ts';
import { context, section, sections } from './blocks/blocks.ts';
import { escaped, mentions } from './blocks/format.ts';
import { label } from './blocks/inputs.ts';

function inWords(holders: Holders, role: string): string {
  const all = holders.get(role) ?? [];
  if (all.length === 0) return '⚠️ nobody yet';
  const deputies = all.every(({ deputy }) => deputy) ? ' ⚠️ deputies only' : '';
  return `${mentions([...new Set(all.filter((one) => deputies || !one.deputy).map(({ person }) => person))], 5)}${deputies}`;
}

/**
 * What was saved, and which roles are still empty: found now, not when a change gets stuck. Slack offers channels to
 * which Docket does not belong, too, and takes no message of its there.
 */
export function drawSaved(policy: Policy, holders: Holders, { announceIn, board }: Setup): ModalView {
  const lines = Object.entries(policy.roles).map(
    ([role, title]) => `• ${escaped(title)}: ${inWords(holders, role)}`,
  );
  const invited = 'Where I am not a member yet, I cannot: `/invite @Docket` there.';
  const posted = [
    ...(announceIn ? [`changes to <#${announceIn}>`] : []),
    ...(board ? [`agendas and minutes to <#${board}>`] : []),
  ];
  const rooms = posted.length > 0 ? [`📣 I post ${posted.join(', and ')}. ${invited}`] : [];
  return {
    type: 'modal',
    title: label('Saved'),
    close: label('Done'),
    blocks: [
      ...rooms.map((room) => section(room)),
      ...sections(['*Roles*', ...lines]),
      context('Guests, bots and people who left do not count.'),
    ],
  };
}
