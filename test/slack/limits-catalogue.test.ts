import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardOf } from '../../src/catalogue/board.ts';
import { ofTemplate } from '../../src/catalogue/decide-proposal.ts';
import { begunFrom, offerOf } from '../../src/catalogue/offer.ts';
import type { Template, TemplateEvent, Version } from '../../src/catalogue/types.ts';
import { begunFromTemplate, type Draft } from '../../src/change/draft.ts';
import type { Facts } from '../../src/change/facts.ts';
import type { Change, Decision, PersonId } from '../../src/change/types.ts';
import { FIELD_IDS, LONGEST } from '../../src/policy/fields.ts';
import type { Drawn } from '../../src/slack/blocks/blocks.ts';
import { drawCatalogue } from '../../src/slack/catalogue/catalogue-list.ts';
import { templateTarget } from '../../src/slack/catalogue/template-buttons.ts';
import {
  drawTemplateAsk,
  drawTemplateDetails,
  drawTemplateHeadline,
} from '../../src/slack/catalogue/template-cards.ts';
import { proposeForm, reviseForm, TEMPLATE_WORDS } from '../../src/slack/catalogue/template-forms.ts';
import { templateHistory, templateNote } from '../../src/slack/catalogue/template-notes.ts';
import { drawNote } from '../../src/slack/catalogue/template-subject.ts';
import { templateName } from '../../src/slack/catalogue/template-words.ts';
import { drawCard } from '../../src/slack/change/card.ts';
import { drawRecord } from '../../src/slack/change/record.ts';
import { drawForm } from '../../src/slack/form/form.ts';
import { stateOf } from '../../src/slack/form/form-state.ts';
import { targetOf } from '../../src/slack/ids.ts';
import { drawFormAbout } from '../../src/slack/step-form.ts';
import { DANA, PRIYA, SAM } from '../change/company.ts';
import { MONDAY_10 } from '../change/proposals.ts';
import { CROWD, texts } from './limits-extremes.ts';
import { COMPANIES, play, proposals } from './limits-stories.ts';
import { wrongInMessage, wrongInView } from './limits-taken.ts';

/** The first failure is worth more than a smaller one: to shrink these takes minutes. */
const RUNS = { numRuns: Number(process.env.LIMITS_RUNS ?? 120) / 4, endOnFailure: true };

interface Worst {
  company: Facts;
  template: Template;
  words: string;
  change: Change;
}

/** A template of the longest texts, with a dozen versions on which everybody has voted with as many words as there are. */
const worst: fc.Arbitrary<Worst> = fc.constantFrom(...COMPANIES).chain((company) =>
  fc
    .tuple(
      proposals(company.policy, 'standard'),
      ...[texts(LONGEST.line), texts(LONGEST.text), texts(LONGEST.text)],
      fc.constantFrom('open', 'suspended', 'retired', 'rejected', 'in force'),
      fc.nat(4),
    )
    .map(([proposal, title = '', use = '', words = '', how, loose]): Worst | undefined => {
      const filed = play({ facts: company, category: 'standard', proposal, tried: [] }).at(-1)?.change;
      if (!filed) return undefined; // something that is required was left out
      const board = boardOf(company);
      const votes = board.seats.map((seat, n): Decision => {
        const by = CROWD[n] ?? SAM;
        const verdict = n % 3 === 0 ? 'reject' : 'approve';
        return {
          stage: board.id,
          seat: seat.id,
          verdict,
          by,
          role: seat.roles[0] ?? '',
          for: PRIYA,
          at: 1,
          seen: '',
          words,
        };
      });
      const locked = FIELD_IDS.filter((_, n) => n % 5 !== loose);
      const content = {
        title,
        use,
        proposal: ofTemplate(company.policy, proposal),
        locked,
        minutes: 999_999,
      };
      const version = (n: number): Version => ({
        ...{
          version: n,
          content: n === 12 ? content : { ...content, title: `${n}`, use: 'x', proposal: {}, locked: [] },
        },
        ...{ hash: 'a'.repeat(16), proposer: DANA, proposedAt: 1, board, voters: votes.length, asked: CROWD },
        ...{ deadline: 1, votes: how === 'open' && n === 12 ? votes.slice(2) : votes },
        ...(how === 'open' && n === 12
          ? {}
          : { decided: { outcome: how === 'rejected' ? 'rejected' : 'approved', at: 1 } as const }),
      });
      const template: Template = {
        ...{
          id: `template/${'x'.repeat(64)}`,
          seq: 1,
          owner: DANA,
          from: { change: 'c-1', number: filed.number },
        },
        ...{ versions: Array.from({ length: 12 }, (_, n) => version(n + 1)), failures: [] },
        ...(how === 'suspended' && {
          suspended: { change: 'c', number: filed.number, why: words, at: 1, people: [SAM] },
        }),
        ...(how === 'retired' && { retired: { by: DANA, at: 1, words } }),
      };
      const from = { id: template.id, version: 12, title, locked };
      return { company, template, words, change: { ...filed, template: from } };
    })
    .filter((each) => each !== undefined),
);

test('every card, list, note and window of the catalogue', () => {
  fc.assert(
    fc.property(worst, ({ company, template, words }) => {
      const usage = { filed: 1000, carriedOut: 999, wentWell: 998 };
      const many = Array.from({ length: 40 }, (_, n) => ({ ...template, id: `template/${n}` }));
      const used = new Map(many.map(({ id }) => [id, usage]));
      const messages: [string, Drawn][] = [
        ['headline', drawTemplateHeadline(template)],
        ...people(company).map((who): [string, Drawn] => [
          'ask',
          drawTemplateAsk(template, 12, who, company, MONDAY_10),
        ]),
        ['ask of an older version', drawTemplateAsk(template, 1, DANA, company, MONDAY_10)],
        ...people(company).map((who): [string, Drawn] => [
          'list',
          drawCatalogue(many, used, company, who, MONDAY_10),
        ]),
        ['no such words', drawCatalogue(many, used, company, DANA, MONDAY_10, `${words}?`)],
        ...events(template, words).flatMap((event) => notes(event, template)),
      ];
      for (const [name, drawn] of messages) expect(wrongInMessage(drawn), name).toEqual([]);
      for (const who of people(company))
        expect(wrongInView(drawTemplateDetails(template, usage, company, who, MONDAY_10)), 'details').toEqual(
          [],
        );
    }),
    RUNS,
  );
}, 600_000);

test('every form of the catalogue', () => {
  fc.assert(
    fc.property(worst, ({ company, template, change }) => {
      const { policy } = company;
      const about = [...TEMPLATE_WORDS, reviseForm(policy)];
      const views: [string, ModalView][] = about.map((form) => [
        form.action,
        drawFormAbout(
          form,
          template,
          templateName(template),
          { target: templateTarget(template), by: DANA },
          company,
          new Map(),
        ),
      ]);
      const propose = drawFormAbout(
        proposeForm(policy),
        change,
        'x',
        { target: targetOf(change), by: DANA },
        company,
        new Map(),
      );
      for (const [name, view] of [...views, ['propose', propose] as const])
        expect(wrongInView(view), name).toEqual([]);
    }),
    RUNS,
  );
}, 600_000);

test('what is filed from it: the short form, its edit, its cards and its record', () => {
  fc.assert(
    fc.property(worst, ({ company, template, change }) => {
      const { policy } = company;
      const last = template.versions.at(-1);
      if (!last) return;
      const empty: Draft = {
        id: 'c-2',
        owner: DANA,
        category: 'standard',
        proposal: {},
        step: 0,
        updatedAt: 1,
      };
      const offer = offerOf(template) ?? {
        ...begunFrom(template.id, last),
        use: '',
        proposal: last.content.proposal,
      };
      const full = begunFromTemplate(empty, { ...offer, ...last.content }, []);
      const short = drawForm(policy, { draft: full, state: stateOf(full, { others: 20 }) });
      expect(wrongInView(short), 'short form').toEqual([]);
      const edited: Draft = { ...empty, proposal: change.proposal };
      const state = stateOf(edited, { step: 99 });
      expect(wrongInView(drawForm(policy, { draft: edited, change, state })), 'edit').toEqual([]);
      expect(wrongInView(drawRecord(change, company)), 'record').toEqual([]);
      const points = Array.from({ length: 100 }, (_, n) => ({ ...offer, id: `template/${n}`, offer }));
      const start = drawForm(policy, { draft: empty, state: stateOf(empty), points });
      expect(wrongInView(start), 'start from').toEqual([]);
      for (const card of [{ card: 'headline' }, { card: 'requester', to: DANA }] as const)
        expect(wrongInMessage(drawCard(card, change, company, MONDAY_10)), card.card).toEqual([]);
    }),
    RUNS,
  );
}, 600_000);

/** Somebody who may do all there is to do, somebody on the board, and a stranger. */
function people({ holders, policy }: Facts): PersonId[] {
  return [holders.get(policy.overseer)?.[0]?.person ?? DANA, CROWD[0] ?? DANA, PRIYA, SAM];
}

function events({ versions }: Template, words: string): TemplateEvent[] {
  const at = { by: DANA, at: 1 };
  const last = versions.length;
  return [
    { type: 'TemplateApproved', version: last, ...at },
    { type: 'TemplateRejected', version: last, ...at },
    { type: 'TemplateReminded', version: last, percent: 100, people: CROWD, overseers: [NADIA], ...at },
    { type: 'TemplateReminded', version: last, percent: 50, people: [SAM], overseers: [], ...at },
    {
      type: 'TemplateSuspended',
      change: 'c',
      number: 'CR-2026-001',
      why: words,
      people: [],
      tell: CROWD,
      ...at,
    },
    { type: 'TemplateReinstated', words, ...at },
    { type: 'TemplateRetired', words, ...at },
  ];
}
const NADIA = 'U02NADIA013';

function notes(event: TemplateEvent, template: Template): [string, Drawn][] {
  const history = templateHistory(event, template);
  const steps = new Set(['reinstate', 'revise', 'retire'] as const);
  const told = [SAM, NADIA].flatMap((to) => templateNote(event, template, to) ?? []);
  return [
    ...(history === undefined ? [] : [[event.type, { text: history, blocks: [] }] as [string, Drawn]]),
    ...told.map((words): [string, Drawn] => [event.type, drawNote(words, template, steps)]),
  ];
}
