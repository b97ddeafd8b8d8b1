import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanAt } from '../../src/calendar/days.ts';
import type { Freeze } from '../../src/calendar/freezes.ts';
import type { Planned } from '../../src/change/planned.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { drawCalendar } from '../../src/slack/calendar-view.ts';
import { DANA, GUIDE, SAM } from '../change/company.ts';
import { HOUR, MONDAY_10 } from '../change/proposals.ts';
import { texts, WIDEST } from './limits-extremes.ts';
import { wrongInView } from './limits-taken.ts';

const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

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
