import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { changeMarkdown } from '../../src/change/export/markdown.ts';
import { COLUMNS, exportRow } from '../../src/change/export/row.ts';
import type { ExportSource } from '../../src/change/export/source.ts';
import { populationNamed } from '../../src/change/export.ts';
import { escapedMarkdown, inlineMarkdown, quotedMarkdown } from '../../src/change/markdown.ts';
import { labelOf } from '../../src/change/proposal.ts';
import { fieldsOf } from '../../src/policy/schema.ts';
import { play, stories } from '../slack/limits-stories.ts';
import { DANA, GUIDE, NADIA, PRIYA, TOMAS, WEI } from './company.ts';
import { type Given, given, goesOn } from './given.ts';
import { normal, risky } from './proposals.ts';
import * as step from './steps.ts';

const NAMES = new Map([
  [DANA, 'Dana Okafor'],
  [NADIA, 'Nadia Rossi'],
]);

function source({ change, history: events }: Pick<Given, 'change' | 'history'>): ExportSource {
  const names = {
    person: (id: string) => NAMES.get(id) ?? id,
    channel: (id: string) => (id === 'C02SUPPORT1' ? '#support' : id),
  };
  return { change, events, policy: GUIDE, names, requesterRoles: ['Engineer'], now: 1_790_000_000_000 };
}

/** The headings of the guide's template. */
const TEMPLATE = [
  ...['Change Summary', 'Change Details', 'Impact Assessment', 'Risk Assessment', 'Testing Plan'],
  ...['Implementation Plan', 'Rollback Plan', 'Approvals Required', 'Sign-off'],
];
const AFTERWARDS = [
  ...[
    'Test Evidence',
    'Freezes',
    'Notices',
    'Edits',
    'Questions',
    'Board Review',
    'Retrospective',
    'Action Items',
  ],
  ...['Findings', 'Implementation Report', 'History'],
];
const REPORT = [
  ...['Summary', 'Execution', 'Validation', 'Impact', 'Deviations from the plan', 'Lessons learned'],
  ...['Action items', 'Sign-off'],
];

/** Every token of a document, as an independent reader sees it. */
function tokens(text: string): Token[] {
  const all: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => void all.push(token));
  return all;
}

const headings = (text: string) =>
  tokens(text).flatMap((token) => (token.type === 'heading' ? [(token as Tokens.Heading).text] : []));

describe('a change as the guide’s document', () => {
  it('has the headings of the template in their order, and what became of it after them', () => {
    const text = changeMarkdown(source(given(...step.approvedNormal)));
    expect(headings(text)).toEqual(['Change Request: CR-2026-001', ...TEMPLATE, 'Test Evidence', 'History']);
  });

  it('says who approved what, as what, when and on which text, in boxes that are ticked', () => {
    const story = given(...step.approvedNormal);
    const text = changeMarkdown(source(story));
    expect(text).toMatch(
      /- \[x\] Validation: Nadia Rossi \(Change manager\) approved, 2026-\d\d-\d\d \d\d:\d\d:\d\d UTC, on the text [0-9a-f]{16}/,
    );
    expect(text).toContain('**Implemented By:** ___');
    expect(text).toContain('**Requester:** Dana Okafor (Engineer)');
    expect(changeMarkdown(source(given(step.filesNormal)))).toContain('- [ ] Technical review: not decided');
  });

  it('has every field that its category asks for, the environments and whom to tell among them', () => {
    const filled = normal({
      ...{
        environments: ['production'],
        executionWindow: 'Any Saturday',
        effortMinutes: 90,
        implementer: WEI,
      },
      ...{ riskAtLeast: 'medium', stakeholders: [NADIA], stakeholderChannels: ['C02SUPPORT1'] },
      ...{ configurationChanges: 'None.', codeChanges: 'None.' },
    });
    const text = changeMarkdown(source(given(step.files('normal', filled))));
    // These stand under the template's own words for them.
    const otherwise = ['riskAnswers', 'assessment', 'downtimeMinutes', 'startsAt', 'endsAt', 'reviews'];
    for (const field of fieldsOf(GUIDE, 'normal').filter((id) => !otherwise.includes(id)))
      expect(text).toContain(`**${labelOf(GUIDE, 'normal', field)}:**`);
    for (const words of ['Production', '#support', '1 h 30 min', 'medium at least'])
      expect(text).toContain(words);
  });

  it('says of a review that was not asked for that it does not apply', () => {
    const text = changeMarkdown(source(given(step.files('normal', normal({ reviews: ['security'] })))));
    expect(text).toContain('- [ ] Security review: not decided');
    expect(text).toContain('- [ ] Compliance review: does not apply, as its requester says');
  });

  it('has every event of the record with its time', () => {
    const story = given(...step.approvedNormal);
    const [, history = ''] = changeMarkdown(source(story)).split('## History');
    const lines = history.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(story.history.length);
    expect(lines[0]).toMatch(/^- 1\. 2026-\d\d-\d\d \d\d:\d\d:\d\d UTC, Dana Okafor: \*\*Submitted\*\*/);
  });

  it('says which level of risk an edit has made of which, and nothing where it stays', () => {
    const story = given(
      step.filesNormal,
      step.edits({ title: 'Split the bookings table by week' }),
      step.edits({ riskAnswers: risky.high }),
      step.edits({ riskAnswers: risky.low }),
    );
    const [, history = ''] = changeMarkdown(source(story)).split('## History');
    const edited = history.split('\n').filter((line) => line.includes('**Edited**'));
    expect(edited.map((line) => /risk level [a-z]+ → [a-z]+/.exec(line)?.[0])).toEqual([
      undefined,
      'risk level low → high',
      'risk level high → low',
    ]);
  });

  it('says also of an approval that an edit has voided on which text it was', () => {
    const story = given(
      ...step.validated,
      step.approves(PRIYA),
      step.edits({ rollbackSteps: 'Restore it.' }),
    );
    const approved = story.history.find((event) => event.type === 'Decided' && event.by === PRIYA);
    const [approvals = '', history = ''] = changeMarkdown(source(story)).split('## History');
    const seen = approved?.type === 'Decided' ? approved.seen : expect.fail();
    expect(approvals).not.toContain(seen);
    expect(history).toContain(`seen ${seen}`);
  });

  it('tells it to its end: report, review, retrospective, action items', () => {
    const ready = given(...step.approvedNormal, step.recordsTests(DANA), step.prepares(DANA));
    const open = ready.later((ready.change.proposal.startsAt ?? 0) + 600_000 - ready.at);
    const story = goesOn(
      open,
      ...[step.starts(DANA), step.notes(DANA, 'See <@U02DANA0001> for *details*')],
      ...[step.rollsBack(DANA), step.addsAction(DANA, 'Try it in staging'), step.verifies(WEI)],
      step.looksBack(DANA),
    );
    const text = changeMarkdown(source(story));
    for (const title of ['Retrospective', 'Action Items', 'Implementation Report', ...REPORT])
      expect(headings(text)).toContain(title);
    expect(text).toContain('> See @Dana Okafor for \\*details\\*');
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it('names who let it into which freeze, and counts and quotes what was found wrong', () => {
    const story = given(step.filesNormal);
    const { startsAt = 0, endsAt = 0 } = story.change.proposal;
    const freeze = {
      ...{ id: 'freeze/1', kind: 'soft' as const, startsAt, endsAt, reason: '*Year-end* closing' },
      scope: { systems: [], environments: [], categories: [] },
    };
    const held = story.with({ calendar: { freezes: [freeze], scheduled: [] } });
    const { change, history } = goesOn(
      held,
      ...[
        step.exempts(NADIA, held, 'A hole is open.'),
        step.finds(NADIA, 'audit', 'f-1', { words: '# None' }),
      ],
    );
    const text = changeMarkdown(source({ change, history }));
    expect(text).toMatch(
      /## Freezes\n\nNadia Rossi \(Change manager\) let it in, 2026-.* UTC:\n\n- soft freeze, 2026-.* UTC – 2026-.* UTC: \\\*Year\\?-end\\\* closing\n\n> A hole is open\\?\./,
    );
    expect(text).toMatch(
      /## Findings\n\nAudit finding \(.*\), Nadia Rossi \(Change manager\), 2026-.* UTC:\n\n> \\# None/,
    );
    const row = exportRow(change, GUIDE, { person: (id) => NAMES.get(id) ?? id, channel: (id) => id });
    const cell = (column: (typeof COLUMNS)[number]) => row[COLUMNS.indexOf(column)];
    expect(cell('let_into_freezes')).toMatch(
      /^Nadia Rossi \(Change manager\) 2026-.*Z into \*Year-end\* closing, 2026-.*Z\/2026-.*Z$/,
    );
    expect([cell('defects'), cell('audit_findings')]).toEqual(['0', '1']);
    expect(row).toHaveLength(COLUMNS.length);
  });

  it('says by which version of the catalogue it was agreed beforehand, and what of it that fixes', () => {
    const story = given(step.filesStandard);
    const template = {
      id: 'template/1',
      version: 2,
      title: '*TLS*',
      locked: ['systems', 'rollbackSteps'],
    } as const;
    const from = { ...template, locked: [...template.locked] };
    const filed = { change: { ...story.change, template: from }, history: story.history };
    expect(changeMarkdown(source(filed))).toContain(
      '**Agreed beforehand:** \\*TLS\\*, version 2 of the catalogue (template/1), which fixes: Affected systems, Rollback steps',
    );
    expect(changeMarkdown(source(story))).not.toContain('Agreed beforehand');
  });

  it('says who was asked and who was told what, when and where, and whom it did not reach', () => {
    const [asked, told] = [1_790_000_000_123, 1_790_000_600_000];
    const story = given(
      step.filesNormal,
      step.notifies(
        { of: 'asked', stage: 'validation', to: NADIA, event: 2, at: asked, channel: 'D1', ts: '1.2' },
        { of: 'planned', to: DANA, event: 9, at: told, channel: 'D2', ts: '1.3' },
        { of: 'started', to: 'C02SUPPORT1', event: 11, at: told, failed: 'not_in_channel' },
      ),
    );
    expect(changeMarkdown(source(story))).toContain(
      [
        '## Notices\n',
        '- Asked to decide (Validation): Nadia Rossi, 2026-09-21 14:13:20 UTC, message D1 1.2 (event 2)',
        '- Told that it is planned: Dana Okafor, 2026-09-21 14:23:20 UTC, message D2 1.3 (event 9)',
        '- Told that it has started: \\#support, 2026-09-21 14:23:20 UTC, not delivered: not\\_in\\_channel (event 11)',
      ].join('\n'),
    );
    const row = exportRow(story.change, GUIDE, source(story).names);
    expect(row[COLUMNS.indexOf('asked')]).toBe('Nadia Rossi (validation) 2026-09-21T14:13:20.123Z');
    expect(row[COLUMNS.indexOf('told')]).toBe(
      'Dana Okafor (planned) 2026-09-21T14:23:20.000Z; #support (started) not delivered: not_in_channel',
    );
  });

  it('has only its own structure, whatever people write in whichever field', () => {
    const own = new Set([...TEMPLATE, ...AFTERWARDS, ...REPORT]);
    fc.assert(
      fc.property(stories, (story) => {
        const moments = play(story);
        const last = moments.at(-1);
        if (!last) return;
        const text = changeMarkdown({
          ...source({ change: last.change, history: moments.map(({ event }) => event) }),
          policy: story.facts.policy,
        });
        const strange = tokens(text).filter((token) => FORBIDDEN.has(token.type));
        expect(strange).toEqual([]);
        const [first = '', ...rest] = headings(text);
        expect(first).toBe(`Change Request: ${last.change.number}`);
        expect(rest.filter((title) => !own.has(title))).toEqual([]);
        expect(rest.filter((title) => TEMPLATE.slice(0, -1).includes(title))).toEqual(TEMPLATE.slice(0, -1));
        const boxes = tokens(text).filter((token) => token.type === 'list_item' && token.task).length;
        const seats = last.change.route.reduce((sum, stage) => sum + Math.max(1, stage.seats.length), 0);
        const items = 'actions' in last.change ? last.change.actions.length : 0;
        expect(boxes).toBeLessThanOrEqual(seats + items);
      }),
      { numRuns: Number(process.env.EXPORT_RUNS ?? 8) },
    );
  }, 120_000);
});

/** What the document never has: so what there is of it would be somebody's own. */
const FORBIDDEN = new Set(['link', 'image', 'html', 'table', 'hr', 'code', 'codespan', 'def', 'del', 'em']);

/** Pieces that mean something in Markdown, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['# x', '## x', '===', '---', '***', '- [x] y', '* a', '+ a', '1. a', '2) a', '> q', '```', '~~~'],
        ...['[a](https://b.c)', '[a]: https://b.c', '![i](x)', '<b>', '<!-- ', '| a | b |\n|---|---|', '`c`'],
        ...[
          'https://evil.example/x',
          'www.evil.example',
          '    code',
          '\tcode',
          '\r',
          '\r\n',
          '\n',
          '\n\n',
          '\\',
        ],
        ...['**b**', '__b__', '&lt;', '&#35; x', '$$', '\u0000', '\u2028', ' '],
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('a text of somebody’s', () => {
  it('is nothing but text: in a quotation, in a line, and in a list', () => {
    const allowed = new Set([
      'blockquote',
      'paragraph',
      'text',
      'escape',
      'br',
      'space',
      'list',
      'list_item',
      'strong',
    ]);
    fc.assert(
      fc.property(hostile, (text) => {
        const document = `**Own:**\n\n${quotedMarkdown(text)}\n\n- x: ${inlineMarkdown(text)}\n- y\n`;
        const found = tokens(document);
        expect(found.filter(({ type }) => !allowed.has(type))).toEqual([]);
        expect(found.filter(({ type }) => type === 'list_item')).toHaveLength(2);
        expect(found.filter((token) => token.type === 'list_item' && token.task)).toEqual([]);
        expect(found.filter(({ type }) => type === 'strong')).toHaveLength(1);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads as it was written', () => {
    const text = '# 1 * 2 = 2_000 <a> [x] `y` 50% ~ 3 | 4 & more';
    const html = marked.parse(escapedMarkdown(text), { async: false });
    const read = html
      .replaceAll(/<\/?p>|\n/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(read).toBe(text);
  });
});

describe('which changes', () => {
  const zone = 'Europe/Berlin';
  /** Midnight in Berlin has passed, and in Greenwich not. */
  const NOW = Date.parse('2026-12-31T23:30:00Z');
  const span = (words: string) => {
    const { start = 0, end = 0 } = populationNamed(words, zone, DANA, NOW)?.submitted ?? {};
    return [new Date(start).toISOString(), new Date(end).toISOString()];
  };

  it('are named by year, month and week of the company’s calendar', () => {
    expect(span('2026')).toEqual(['2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z']);
    expect(span('2026-10')).toEqual(['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z']);
    expect(span('2026-W44')).toEqual(['2026-10-25T23:00:00.000Z', '2026-11-01T23:00:00.000Z']);
    expect(span('2026-w01')).toEqual(['2025-12-28T23:00:00.000Z', '2026-01-04T23:00:00.000Z']);
    expect(span('2026-Q4')).toEqual(['2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z']);
    expect(span('2026-h1')).toEqual(['2025-12-31T23:00:00.000Z', '2026-06-30T22:00:00.000Z']);
    expect(span('2026-W53')).toEqual(['2026-12-27T23:00:00.000Z', '2027-01-03T23:00:00.000Z']);
  });

  it.each([
    ['Q4 2026', '2026-q4'],
    ['w7 2026', '2026-w07'],
    ['October  2026', '2026-10'],
    ['oct 2026', '2026-10'],
    ['last quarter', '2026-q4'],
    ['this quarter', '2027-q1'],
    ['last half year', '2026-h2'],
    ['this week', '2026-w53'],
    ['Last month', '2026-12'],
    ['this year', '2027'],
  ])('are named as people write periods: %s', (words, which) => {
    expect(populationNamed(words, zone, DANA, NOW)?.which).toBe(which);
    expect(populationNamed(which, zone, DANA, 0)?.submitted).toEqual(
      populationNamed(words, zone, DANA, NOW)?.submitted,
    );
  });

  it('are named by what they are to whoever asks, and by nothing else', () => {
    expect(populationNamed(' Mine ', zone, DANA, NOW)).toMatchObject({ requester: DANA });
    expect(populationNamed('open', zone, DANA, NOW)?.statuses).not.toContain('closed');
    for (const words of [
      '',
      '2026-13',
      '2026-00',
      '2026-W00',
      '2026-W54',
      '2025-W53',
      '2026-Q5',
      '2026-Q0',
      '2026-H3',
      'ma 2026',
      'Q4',
      '202611',
      'last decade',
      '1999',
      'yours',
      'CR-2026-001',
    ])
      expect(populationNamed(words, zone, TOMAS, NOW), words).toBeUndefined();
  });
});
