import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Freeze } from '../../src/calendar/freezes.ts';
import type { Wanted } from '../../src/calendar/windows.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Planned } from '../../src/change/planned.ts';
import type { Obstacle, SchedulingEvent } from '../../src/change/scheduling.ts';
import type { Change, ChangeEvent } from '../../src/change/types.ts';
import { named, obstacles, wantedBy } from '../../src/change/window-rules.ts';
import type { DeclaredFreeze, FreezeEvent } from '../../src/freeze/types.ts';
import { LONGEST } from '../../src/policy/fields.ts';
import { CATEGORIES, type Policy } from '../../src/policy/schema.ts';
import { cut } from '../../src/slack/blocks/format.ts';
import { freezeForm } from '../../src/slack/calendar/freeze-form.ts';
import { drawFreeze, freezeHistory } from '../../src/slack/calendar/freeze-subject.ts';
import { drawConfirm, drawEnd, drawFreezes } from '../../src/slack/calendar/freeze-views.ts';
import { askWhen, confirmWhen } from '../../src/slack/calendar/schedule-forms.ts';
import { drawCard } from '../../src/slack/change/card.ts';
import { exemptForm } from '../../src/slack/change/exempt-form.ts';
import { historyNote } from '../../src/slack/change/notes.ts';
import { offerButtons } from '../../src/slack/change/offers.ts';
import { personalNote } from '../../src/slack/change/personal-notes.ts';
import { drawRecord } from '../../src/slack/change/record.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { drawStepForm } from '../../src/slack/step-form.ts';
import { DANA, SAM } from '../change/company.ts';
import { HOUR, MONDAY_10 } from '../change/proposals.ts';
import { CROWD, many, texts } from './limits-extremes.ts';
import { COMPANIES, play, proposals } from './limits-stories.ts';
import { wrongInMessage, wrongInView } from './limits-taken.ts';

const RUNS = { numRuns: Number(process.env.LIMITS_RUNS ?? 300) / 10 };
const WINDOW = { startsAt: MONDAY_10, endsAt: MONDAY_10 + HOUR };
const FREE = many(3, () => WINDOW);
const FARTHEST = 'America/Argentina/ComodRivadavia';

test('the list of freezes, and all that is shown and asked of one', () => {
  fc.assert(
    fc.property(texts(400), texts(LONGEST.text), (reason, words) => {
      for (const { policy } of COMPANIES) {
        const freeze = widest(policy, reason);
        const changes = many(900, (n) => neighbour(policy, reason, n));
        const list = many(90, (n): DeclaredFreeze => ({ ...declared(freeze), id: `freeze/${n}` }));
        const kinds = ['hard', 'soft', 'stop'] as const;
        for (const may of [true, false]) {
          const view = drawFreezes(policy, list, { may: () => may, declares: may });
          expect(wrongInView(view)).toEqual([]);
          expect(JSON.stringify(view)).toContain('50 more');
        }
        for (const view of [
          ...[
            freezeForm(policy, 'freeze/1', kinds),
            freezeForm(policy, 'freeze/1', kinds, { ...freeze, seq: 1 }),
          ],
          ...[drawConfirm(policy, { id: 'freeze/1', seen: undefined }, freeze, changes), drawEnd('freeze/1')],
          drawConfirm(policy, { id: 'freeze/1', seen: 1 }, freeze, changes, {
            released: changes,
            newly: changes,
          }),
        ])
          expect(wrongInView(view)).toEqual([]);
        const { id: _, ...before } = freeze;
        const [by, at, until] = [DANA, MONDAY_10, freeze.endsAt];
        for (const event of [
          { type: 'FreezeAltered', by, at, before, ...before },
          { type: 'FreezeEnded', by, at, words, until },
        ] satisfies FreezeEvent[])
          expect(wrongInMessage({ text: freezeHistory(event, policy) ?? '', blocks: [] })).toEqual([]);
        const ended = { ...declared(freeze), ended: { by, at, words, until } };
        for (const one of [declared(freeze), ended])
          expect(wrongInMessage(drawFreeze(one, policy))).toEqual([]);
      }
    }),
    RUNS,
  );
}, 120_000);

test('cards, forms and notes of a change at whose time everything else happens', () => {
  const filed = fc.constantFrom(...COMPANIES).chain((company) =>
    fc.constantFrom(...CATEGORIES).chain((category) =>
      fc.tuple(proposals(company.policy, category), texts(400)).map(([proposal, reason]) => {
        const { change } = play({ facts: company, category, proposal, tried: [] })[0] ?? {};
        return { change, company, reason };
      }),
    ),
  );
  let drawn = 0;
  fc.assert(
    fc.property(filed, ({ change, company, reason }) => {
      const wanted = change && wantedBy(change);
      if (!wanted) return;
      drawn++;
      const facts = crowded(company, wanted, reason);
      const found = obstacles(change, wanted, facts, MONDAY_10);
      expect(found).toHaveLength(61);
      expect(wrongWithViews(change, facts, found, reason)).toEqual([]);
      for (const card of [
        { card: 'headline' },
        { card: 'requester', to: DANA },
        { card: 'ask', to: SAM, stage: change.route[0]?.id ?? '', round: 1 },
      ] as const)
        expect(wrongInMessage(drawCard(card, change, facts, MONDAY_10))).toEqual([]);
      for (const event of happens(found, reason)) {
        const text = historyNote(event, change, facts.policy) ?? '';
        expect(wrongInMessage({ text, blocks: [] })).toEqual([]);
        for (const to of [change.requester, ...CROWD.slice(0, 1)]) {
          const note = personalNote(event, change, to, facts.policy, offerButtons(change, FREE, FARTHEST));
          expect(note && wrongInMessage(note)).toEqual([]);
        }
      }
    }),
    RUNS,
  );
  expect(drawn).toBeGreaterThan(0);
}, 300_000);

function wrongWithViews(change: Change, facts: Facts, found: Obstacle[], reason: string): string[] {
  const { policy } = facts;
  const now = MONDAY_10;
  const shown = { facts, now, zone: FARTHEST, free: FREE };
  const names = new Map(CROWD.map((id) => [id, '漢'.repeat(80)]));
  const form = exemptForm({ clock: { now: () => now, alarm: () => () => {} } });
  return [
    askWhen(change, shown),
    askWhen(change, shown, { typed: reason, problem: found.map(({ sentence }) => sentence).join(' ') }),
    confirmWhen(change, WINDOW, FARTHEST, happens(found, reason), policy),
    drawRecord(change, facts),
    drawStepForm(form, change, { target: targetOf(change), by: SAM }, facts, names),
  ].flatMap(wrongInView);
}

/** Whatever can become of a change's place, with all of that in it. */
function happens(found: Obstacle[], reason: string): ChangeEvent[] {
  const freezes = found.flatMap((each) => ('freeze' in each ? [named(each.freeze)] : []));
  const [freeze] = freezes;
  if (!freeze) throw new Error('no freeze holds it');
  const exempters = CROWD.slice(0, 9);
  const events: SchedulingEvent[] = [
    { type: 'Scheduled', ...WINDOW, expiresAt: WINDOW.endsAt, clashes: found },
    { type: 'Unscheduled', against: found, exempters, lost: WINDOW },
    { type: 'Unscheduled', against: found, exempters: [] },
    { type: 'Caught', freeze, against: found, exempters, lost: WINDOW },
    { type: 'FreezeLifted', freeze },
    { type: 'Exempted', ...WINDOW, freezes, role: 'role_4', words: reason.repeat(7) },
  ];
  return events.map((event) => ({ ...event, by: SAM, at: MONDAY_10 }));
}

/** Forty neighbours on every system, of the same implementer, and twenty-one freezes of all. */
function crowded(facts: Facts, wanted: Wanted, reason: string): Facts {
  const { startsAt, endsAt, implementer } = wanted;
  const all = { systems: [], environments: [], categories: [] };
  const kinds = ['soft', 'hard', 'stop'] as const;
  const freezes = many(21, (n): Freeze => {
    const kind = kinds[n % kinds.length] ?? 'soft';
    return { id: `freeze/${n}`, kind, scope: all, reason, startsAt, endsAt };
  });
  const scheduled = many(40, (n) => ({
    ...neighbour(facts.policy, reason, n),
    ...{ implementer: implementer ?? DANA, startsAt, endsAt },
  }));
  return { ...facts, calendar: { freezes, scheduled } };
}

function neighbour(policy: Policy, reason: string, n: number): Planned {
  return {
    ...{ id: `n-${n}`, number: `CHANGEXX-2026-${1_000_000 + n}`, title: cut(reason, 150) },
    ...{ status: 'scheduled', category: 'normal', risk: 'high', requester: DANA, implementer: DANA },
    ...{ systems: Object.keys(policy.systems), environments: [], ...WINDOW },
  };
}

/** With as long words, and of as many systems and environments, as the form takes. */
function widest({ systems, environments }: Policy, reason: string): Freeze {
  const scope = {
    systems: Object.keys(systems).slice(0, 20),
    environments: Object.keys(environments).slice(0, 10),
    categories: [...CATEGORIES],
  };
  return { id: 'freeze/1', kind: 'soft', reason, scope, ...WINDOW };
}

function declared(freeze: Freeze): DeclaredFreeze {
  const altered = { by: SAM, at: MONDAY_10 };
  return { ...freeze, seq: 2, declaredBy: DANA, declaredAt: MONDAY_10, altered };
}
