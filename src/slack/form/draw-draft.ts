import type { ModalView } from '@slack/types';
import { judgedAt } from '../../change/decide/edit.ts';
import { assessRisk, keptSetting, withSetting } from '../../change/risk.ts';
import type { Written } from '../../engine/drafts.ts';
import { loadFacts } from '../../engine/facts.ts';
import { startingPoints } from '../../engine/starting-points.ts';
import { checkOf, freezesNow } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { drawCheck } from './check-screen.ts';
import { asksWhatNow, asksWhen, drawForm } from './form.ts';
import type { FormState, Shown } from './form-state.ts';
import { stepsOf } from './form-steps.ts';

/**
 * The screen of a draft at which its form stands, with what it takes to draw it: who holds which role for the last one
 * of a form in steps, and for one that asks when, or checks it, what stands against that time.
 */
export async function drawDraft(
  world: World,
  { draft, change }: Written,
  state: FormState,
  lead: Shown['lead'] = [],
  reading: Shown['reading'] = [],
): Promise<ModalView> {
  const { policy, clock } = world;
  const shown: Shown = { draft, state, lead, reading, ...(change && { change }) };
  const steps = stepsOf(policy, draft.category).length;
  const short = draft.from && !change;
  if (short || steps === 0 || state.step < steps)
    return drawForm(policy, await withTime(world, await withPoints(world, shown)));
  const [facts, timed] = await Promise.all([loadFacts(world), withTime(world, shown)]);
  return drawCheck(timed, facts, judgedAt(change, draft.proposal, clock.now()));
}

/** What stands against the window, where the screen is about it; the form is there also where that cannot be read. */
async function withTime(world: World, shown: Shown): Promise<Shown> {
  const { draft, change, state } = shown;
  const { policy } = world;
  const { id, owner, category, proposal } = draft;
  const checks = state.step >= stepsOf(policy, category).length;
  const windowless = asksWhatNow(policy, shown) && (proposal.systems ?? []).length > 0;
  if (!checks && !windowless && !asksWhen(policy, shown)) return shown;
  const set = change && keptSetting(policy, change, proposal);
  const risk = withSetting(policy, category, assessRisk(policy, category, proposal), set);
  const timed = { id, requester: owner, category, proposal, risk, exemptions: change?.exemptions };
  if (windowless) {
    const frozen = await freezesNow(world, timed).catch(() => undefined);
    return frozen ? { ...shown, frozen } : shown;
  }
  const time = await checkOf(world, timed).catch(() => undefined);
  return time ? { ...shown, time } : shown;
}

/** A new request offers what it may be started from; where that cannot be read, the form is there all the same. */
async function withPoints(world: World, shown: Shown): Promise<Shown> {
  const { draft, change, state } = shown;
  if (change || draft.from || state.step > 0) return shown;
  const points = await startingPoints(world, draft.category).catch(() => undefined);
  return points ? { ...shown, points } : shown;
}
