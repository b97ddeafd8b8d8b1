import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanAt } from '../../src/calendar/days.ts';
import type { Freeze } from '../../src/calendar/freezes.ts';
import type { Draft } from '../../src/change/draft.ts';
import type { Planned } from '../../src/change/planned.ts';
import type { Obstacle } from '../../src/change/scheduling.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES, type Category, type Policy } from '../../src/policy/schema.ts';
import { drawCalendar } from '../../src/slack/calendar/calendar-view.ts';
import { drawCheck } from '../../src/slack/form/check-screen.ts';
import { drawForm } from '../../src/slack/form/form.ts';
import { stateOf } from '../../src/slack/form/form-state.ts';
import { stepsOf } from '../../src/slack/form/form-steps.ts';
import type { TimeCheck } from '../../src/slack/form/time-blocks.ts';
import { DANA, GUIDE, SAM } from '../change/company.ts';
import { HOUR, MONDAY_10 } from '../change/proposals.ts';
import { many, texts, WIDEST } from './limits-extremes.ts';
import { COMPANIES } from './limits-stories.ts';
import { wrongInView } from './limits-taken.ts';

test('a full month of long titles and freezes fits, and says how many are not shown', () => {
  fc.assert(
    fc.property(texts(LONGEST.line), texts(500), fc.boolean(), (title, reason, wide) => {
      const policy = wide ? WIDEST : GUIDE;
      const range = spanAt('month', MONDAY_10, 'Europe/Berlin');
      const at = (n: number) => ({
        startsAt: range.start + n * 3 * HOUR,
        endsAt: range.start + (n * 3 + 40) * HOUR,
      });
      const systems = Object.keys(policy.systems);
      const scheduled = many(
        240,
        (n): Planned => ({
          ...{ id: `c-${n}`, number: `CR-2026-${n}`, title, status: 'scheduled', category: 'normal' },
          ...{ risk: 'high', requester: DANA, implementer: SAM, environments: [], systems, ...at(n) },
        }),
      );
      const scope = { systems: [], environments: [], categories: [] };
      const freezes = many(200, (n): Freeze => ({ id: `f-${n}`, kind: 'soft', scope, reason, ...at(n) }));
      const view = drawCalendar({
        ...{ span: 'month', range, filters: { minutes: 120 }, zone: 'Europe/Berlin' },
        found: { policy, freezes, scheduled, now: MONDAY_10 },
        free: many(3, at),
      });
      expect(wrongInView(view)).toEqual([]);
      expect(JSON.stringify(view)).toContain('And 180 more');
    }),
    { numRuns: 30 },
  );
}, 60_000);

test('however much stands against a time, below the dates of a form and where it is checked', () => {
  fc.assert(
    fc.property(texts(LONGEST.line), texts(500), (title, reason) => {
      for (const company of COMPANIES)
        for (const category of CATEGORIES) {
          const { policy } = company;
          const shown = shownWith(category, timeOf(policy, title, reason));
          const steps = stepsOf(policy, category);
          const views = [
            ...steps.map((_, step) => drawForm(policy, { ...shown, state: stateOf(shown.draft, { step }) })),
            steps.length > 0
              ? drawCheck({ ...shown, state: stateOf(shown.draft, { step: steps.length }) }, company, 0)
              : drawForm(policy, shown),
          ];
          for (const view of views) expect(wrongInView(view)).toEqual([]);
        }
    }),
    { numRuns: 10 },
  );
}, 120_000);

/** Forty clashes for every reason there can be, twenty freezes, and three windows that would do. */
function timeOf(policy: Policy, title: string, reason: string): TimeCheck {
  const systems = Object.keys(policy.systems);
  const window = { startsAt: MONDAY_10, endsAt: MONDAY_10 + HOUR };
  const clashes = many(40, (n): Obstacle => {
    const with_: Planned = {
      ...{ id: `c-${n}`, number: `CR-2026-${n}`, title, status: 'scheduled', category: 'normal' },
      ...{ risk: 'high', requester: DANA, implementer: SAM, environments: [], systems, ...window },
    };
    const because = systems.map((system) => ({ kind: 'upstream' as const, system, other: system }));
    return { kind: 'clash', weight: 'warning', sentence: reason, clash: { with: with_, because } };
  });
  const scope = { systems: [], environments: [], categories: [] };
  const freezes = many(20, (n): Obstacle => {
    const freeze: Freeze = { id: `f-${n}`, kind: 'hard', scope, reason, ...window };
    return { kind: 'hard freeze', weight: 'refused', sentence: reason, freeze };
  });
  return { found: [...clashes, ...freezes], free: many(3, () => window) };
}

function shownWith(category: Category, time: TimeCheck) {
  const proposal = { startsAt: MONDAY_10, endsAt: MONDAY_10 + HOUR };
  const draft: Draft = { id: 'c-1', owner: DANA, category, proposal, step: 0, updatedAt: 1 };
  return { draft, state: stateOf(draft), time };
}
