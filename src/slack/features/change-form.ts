import type { ModalView } from '@slack/types';
import { lacksOf } from '../../change/checklist.ts';
import { judgedAt, voidedSoFar } from '../../change/decide/edit.ts';
import {
  begunFromTemplate,
  type Draft,
  inCategory,
  type Screen,
  startedFrom,
  withoutTemplate,
  withScreen,
} from '../../change/draft.ts';
import { askedEachTime } from '../../change/from-template.ts';
import { type Problems, problemsOf } from '../../change/proposal.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change } from '../../change/types.ts';
import { discard, makeLiveDrafts, read, type Written, write } from '../../engine/drafts.ts';
import { startingPoints } from '../../engine/starting-points.ts';
import type { World } from '../../engine/world.ts';
import { context } from '../blocks/blocks.ts';
import { parseChoice, parseWords } from '../blocks/parse-form.ts';
import { WHEN } from '../calendar/written-window.ts';
import type { Feature } from '../feature.ts';
import { drawDraft } from '../form/draw-draft.ts';
import { fillDates, readWritten, takeWindow } from '../form/fill-dates.ts';
import { checkStillThere, type Filling, filling, isStillThere } from '../form/filling.ts';
import { hasWindow } from '../form/form.ts';
import { FORM, type FormState, MOVE, START, stateOf } from '../form/form-state.ts';
import { stepsOf } from '../form/form-steps.ts';
import { submitDraft } from '../form/submit-draft.ts';
import type { Pressed } from '../listen.ts';

/** The inputs whose answer changes what the form shows: other fields, the risk, who is asked, a note to write. */
const REDRAWS = /^(category|reviews|riskAtLeast|riskAnswers\..+|assessment\.[^.]+)$/;

/** The inputs on which it depends whether a time can be had, where the form asks for one, or which freezes hold it now. */
const ON_TIME: ReadonlySet<string> = new Set([
  'startsAt',
  'endsAt',
  'systems',
  'environments',
  'implementer',
]);

/** Filling in the form of a change: kept while it is typed, screen by screen, until it is submitted. */
export function changeForm(world: World): Feature {
  const { policy, clock } = world;
  const keepLive = makeLiveDrafts(world);

  return {
    listen({ button, submit }) {
      for (const callback of Object.values(FORM)) {
        button(callback, filledIn);
        submit(callback, async (sent) => {
          const filled = filling(policy, { ...sent, callback });
          const written = parseWords(sent.values, WHEN);
          if (written) return readWritten(world, filled, written);
          const { category } = filled.screen;
          const { length: steps } = stepsOf(policy, category);
          return !filled.state.short && filled.state.step < steps ? next(filled) : submitDraft(world, filled);
        });
      }
      button(MOVE.back, (pressed) =>
        moves(pressed, ({ state: { jumped, step } }, { category }) => ({
          step: jumped ? stepsOf(policy, category).length : Math.max(0, step - 1),
        })),
      );
      button(MOVE.goTo, (pressed) =>
        moves(pressed, () => ({ step: Number(pressed.value) || 0, jumped: true })),
      );
      button(MOVE.letGo, letGo);
      button(MOVE.takeWindow, (pressed) => takeWindow(world, pressed));
      button(MOVE.makeNormal, makeNormal);
    },
  };

  /** Something was typed or chosen. */
  async function filledIn({ by, block, view, update }: Pressed): Promise<void> {
    if (!view) return;
    const filled = filling(policy, { by, ...view });
    const { state, writing, screen } = filled;
    if (block === START) return startFrom(filled, parseChoice(view.values, START), update);
    if (block === WHEN) return fillDates(world, filled, parseWords(view.values, WHEN), update);
    const kept = await keepLive(writing, state.step, (draft) => withScreen(draft, screen));
    const unsaved = kept === 'not saved';
    const looksOtherwise =
      kept !== 'overtaken' && (unsaved !== state.unsaved || (!unsaved && voidsOthers(kept, state)));
    if (!redraws(block, screen) && !looksOtherwise) return;
    // What is drawn is looked up when it is this redraw's turn: the person may have gone on meanwhile.
    await update(async () => {
      const now = unsaved ? await unkept(filled) : await read(world, writing);
      return isStillThere(now, filled)
        ? drawDraft(world, now, { ...state, category: screen.category, unsaved })
        : undefined;
    });
  }

  /** Whether the form shows something else by what this input holds. */
  function redraws(block: string, { category, fields }: Screen): boolean {
    const isAboutTime = ON_TIME.has(block) && (fields.includes('startsAt') || !hasWindow(policy, category));
    return isAboutTime || REDRAWS.test(block);
  }

  /** Whether an edit in one screen makes other approvals void than it says. */
  function voidsOthers(kept: Written, { voids }: FormState): boolean {
    if (stepsOf(policy, kept.draft.category).length > 0) return false;
    return voidedSoFar(policy, kept.draft, kept.change).length !== voids;
  }

  /** A template was chosen: it fills the form, whose inputs then have to be new ones. */
  async function startFrom(
    filled: Filling,
    id: string | undefined,
    update: Pressed['update'],
  ): Promise<void> {
    const { state, writing, screen } = filled;
    const points = await startingPoints(world, screen.category);
    const template = points.find((point) => point.id === id);
    if (!template) return;
    const written = await write(world, writing, (draft) => {
      const now = withScreen(draft, screen);
      if (template.offer)
        return begunFromTemplate(now, template.offer, askedEachTime(policy, template.offer));
      const before = points.find((point) => point.id === draft.template)?.proposal;
      return startedFrom(now, template, before);
    });
    checkStillThere(written, filled);
    const { category } = screen;
    const drawn = stateOf(written.draft, { ...state, category, generation: state.generation + 1 });
    await update(await drawDraft(world, written, { ...drawn, short: written.draft.from !== undefined }));
  }

  /** On without the template: all that it filled in stays, and nothing of it is fixed any more. */
  async function letGo({ by, view, update }: Pressed): Promise<void> {
    if (!view) return;
    const filled = filling(policy, { by, ...view });
    const written = await write(world, filled.writing, (draft) => ({
      ...withoutTemplate(withScreen(draft, filled.screen)),
      step: 0,
    }));
    checkStillThere(written, filled);
    const generation = filled.state.generation + 1;
    await update(await drawDraft(world, written, stateOf(written.draft, { generation })));
  }

  /** The draft with what could not be saved of it. A form is redrawn also where nothing can even be read. */
  async function unkept({ writing, screen }: Filling): Promise<Written> {
    const blank: Draft = { ...writing, owner: writing.by, proposal: {}, step: 0, updatedAt: 0 };
    const { draft, change } = await read(world, writing).catch(() => ({ draft: blank, change: undefined }));
    return { draft: withScreen(draft, screen), ...(change && { change }) };
  }

  /** On to the next screen, if nothing is missing on this one. */
  async function next(filled: Filling): Promise<ModalView> {
    const { state, writing, screen } = filled;
    const steps = stepsOf(policy, screen.category);
    const step = state.jumped ? steps.length : state.step + 1;
    let problems: Problems = {};
    const written = await write(world, writing, (draft, change) => {
      const all = withScreen(draft, screen);
      problems = problemsHere(all, change, steps[state.step]?.fields ?? []);
      return Object.keys(problems).length > 0 ? all : { ...all, step };
    });
    checkStillThere(written, filled);
    if (Object.keys(problems).length > 0)
      throw new Refusal('incomplete', 'This screen still needs you.', problems);
    return drawDraft(world, written, stateOf(written.draft, { generation: state.generation }));
  }

  function problemsHere(draft: Draft, change: Change | undefined, fields: readonly string[]): Problems {
    const at = judgedAt(change, draft.proposal, clock.now());
    const all = Object.entries(problemsOf(policy, draft.category, draft.proposal, at));
    return Object.fromEntries(all.filter(([spot]) => fields.includes(spot.split('.')[0] ?? '')));
  }

  /** To another screen, with what this one holds, whether it is complete or not. */
  async function moves(
    { by, view, update }: Pressed,
    to: (filled: Filling, draft: Draft) => Partial<Pick<FormState, 'step' | 'category' | 'jumped'>>,
  ): Promise<void> {
    if (!view) return;
    const filled = filling(policy, { by, ...view });
    let jumped = false;
    const written = await write(world, filled.writing, (draft) => {
      const all = withScreen(draft, filled.screen);
      const { jumped: jumps = false, ...where } = to(filled, all);
      jumped = jumps;
      return { ...inCategory(all, where.category ?? all.category), ...where };
    });
    checkStillThere(written, filled);
    // Slack would keep the category that is ticked, were its input the same.
    const generation = filled.state.generation + (written.draft.category === filled.screen.category ? 0 : 1);
    const state = stateOf(written.draft, { jumped, generation });
    await update(await drawDraft(world, written, state));
  }

  /**
   * A standard change that does not meet the criteria becomes a normal one with all that was typed. One that is filed
   * already is not its requester's to reclassify: what they made of it begins a request of its own.
   */
  async function makeNormal(pressed: Pressed): Promise<void> {
    const { by, view, update } = pressed;
    if (!view) return;
    const { writing, screen } = filling(policy, { by, ...view });
    if (!writing.editing)
      return moves(pressed, (_, { proposal }) => ({
        category: 'normal',
        step: firstLacking('normal', proposal),
      }));
    const { draft, change } = await read(world, writing);
    const { proposal } = withScreen(draft, screen);
    const anew = { id: world.newId(), by, category: 'normal', editing: false } as const;
    const step = firstLacking('normal', proposal);
    const written = await write(world, anew, (empty) => ({ ...empty, proposal, step }));
    await discard(world, writing.id, by);
    const lead = change
      ? [context(`${change.number} stays as it is: withdraw it once this one is filed.`)]
      : [];
    await update(await drawDraft(world, written, stateOf(written.draft), lead));
  }

  /** The first screen that lacks something, else the last. */
  function firstLacking(category: Draft['category'], proposal: Draft['proposal']): number {
    const lacks = lacksOf(policy, category, proposal, clock.now());
    const steps = stepsOf(policy, category);
    const first = steps.findIndex(({ fields }) => lacks.some(({ field }) => fields.includes(field)));
    return first < 0 ? steps.length : first;
  }
}
