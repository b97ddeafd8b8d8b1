import type { KnownBlock } from '@slack/types';
import type { Change } from '../../change/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { context } from '../blocks/blocks.ts';
import { escaped } from '../blocks/format.ts';
import { showLink } from './show-field.ts';

/** More than anybody watches at once. */
const SHOWN = 8;

/** Where to look while a change is carried out (guide, "Implementation Monitoring"): what the policy names for it. */
export function dashboards({ proposal, category }: Change, policy: Policy): KnownBlock[] {
  const theirs = Object.values(policy.dashboards).filter(
    ({ systems, categories }) =>
      (systems.length === 0 || systems.some((system) => proposal.systems?.includes(system))) &&
      (categories.length === 0 || categories.includes(category)),
  );
  const links = theirs.slice(0, SHOWN).map(({ title, url }) => `${escaped(title)} ${showLink(url)}`);
  return links.length > 0 ? [context(`*Dashboards*: ${links.join('  ·  ')}`)] : [];
}
