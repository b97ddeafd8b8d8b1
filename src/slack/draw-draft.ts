import type { ModalView } from '@slack/types';
import { judgedAt } from '../change/decide-edit.ts';
import type { Written } from '../engine/drafts.ts';
import { loadFacts } from '../engine/facts.ts';
import { startingPoints } from '../engine/starting-points.ts';
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
  const short = draft.from && !change;
  if (short || steps === 0 || state.step < steps) return drawForm(policy, await withPoints(world, shown));
  return drawCheck(shown, await loadFacts(world), judgedAt(change, draft.proposal, clock.now()));
}

/** A new request offers what it may be started from; where that cannot be read, the form is there all the same. */
async function withPoints(world: World, shown: Shown): Promise<Shown> {
  const { draft, change, state } = shown;
  if (change || draft.from || state.step > 0) return shown;
  const points = await startingPoints(world, draft.category).catch(() => undefined);
  return points ? { ...shown, points } : shown;
}
