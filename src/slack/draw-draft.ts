import type { ModalView } from '@slack/types';
import { judgedAt } from '../change/decide-edit.ts';
import type { Written } from '../engine/drafts.ts';
import { loadFacts } from '../engine/facts.ts';
import type { World } from '../engine/world.ts';
import { drawCheck } from './check-screen.ts';
import { drawForm, type FormState, type Shown } from './form.ts';
import { stepsOf } from './form-steps.ts';

/**
 * The screen of a draft at which its form stands. Only the last one of a form in steps needs to know who holds
 * which role; all others are drawn without looking anything up.
 */
export async function drawDraft(
  world: World,
  { draft, change }: Written,
  state: FormState,
  lead: Shown['lead'] = [],
): Promise<ModalView> {
  const { policy, clock } = world;
  const shown: Shown = { draft, state, lead, ...(change && { change }) };
  const steps = stepsOf(policy, draft.category).length;
  if (steps === 0 || state.step < steps) return drawForm(policy, shown);
  return drawCheck(shown, await loadFacts(world), judgedAt(change, draft.proposal, clock.now()));
}
