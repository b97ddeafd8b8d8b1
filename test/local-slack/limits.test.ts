import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMessage, checkView } from '../../src/local-slack/limits.ts';
import { plain } from './plain.ts';

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const of = (length: number) => 'x'.repeat(length);
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const option = (text: string) => ({ text: plain(text), value: text });
const button = (more: object = {}) => ({ type: 'button', action_id: 'b', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('L'),
  element,
  ...more,
});
const modal = (...blocks: object[]) => ({ type: 'modal', title: plain('T'), submit: plain('S'), blocks });
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 's',
  options: [option('a')],
  ...more,
});
const rows = (count: number, width = 2) =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => ({ type: 'raw_text', text: 'x' })));
const table = (more: object = {}) => ({ type: 'data_table', caption: 'C', rows: rows(3), ...more });
const line = (more: object = {}) => ({
  type: 'data_visualization',
  title: 'T',
  chart: {
    type: 'line',
    series: [{ name: 'a', data: [{ label: 'Mon', value: 1 }] }],
    axis_config: { categories: ['Mon'] },
    ...more,
  },
});
const pie = (...values: number[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'pie', segments: values.map((value) => ({ label: 'l', value })) },
});
const container = (more: object = {}) => ({
  type: 'container',
  title: plain('T'),
  child_blocks: [section('x')],
  ...more,
});

test.each([
  ['text alone', { text: 'Hello' }],
  [
    'every kind of block',
    {
      text: 'x',
      blocks: [
        section(of(3000)),
        {
          type: 'section',
          fields: [mrkdwn(of(2000))],
          accessory: button({ confirm: { text: plain('Sure?') } }),
        },
        { type: 'header', text: plain(of(150)) },
        { type: 'divider' },
        {
          type: 'context',
          elements: [mrkdwn('x'), { type: 'image', image_url: 'https://x.y/z.png', alt_text: 'z' }],
        },
        actions(
          button({ style: 'primary', value: of(2000) }),
          select({ action_id: 'c', initial_option: option('a') }),
        ),
        container({ is_collapsible: true, default_collapsed: true }),
        { type: 'card', title: mrkdwn('T'), body: mrkdwn(of(200)), actions: [button({ action_id: 'card' })] },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
        },
        { type: 'markdown', text: '# x' },
        table({ page_size: 100 }),
        line(),
        pie(1, 2),
      ],
    },
  ],
])('a message may have %s', (_what, message) => {
  expect(checkMessage(message)).toEqual([]);
});

test.each([
  ['/text', 'no text', []],
  ['/blocks/0/text/text', 'must be less than 3001 characters', [section(of(3001))]],
  ['/blocks', 'no more than 50 items allowed', Array(51).fill({ type: 'divider' })],
  ['/blocks/0/type', 'unsupported type: alert', [{ type: 'alert', text: plain('x') }]],
  ['/blocks/0', 'missing required field: text or fields', [{ type: 'section' }]],
  [
    '/blocks/0/text',
    'invalid additional property: emoji',
    [{ type: 'section', text: { ...mrkdwn('x'), emoji: true } }],
  ],
  ['/blocks/0/text/text', 'must be less than 151 characters', [{ type: 'header', text: plain(of(151)) }]],
  ['/blocks/0/text/type', 'unsupported type: mrkdwn', [{ type: 'header', text: mrkdwn('x') }]],
  [
    '/blocks/0/elements',
    'no more than 25 items',
    [actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `${n}` })))],
  ],
  [
    '/blocks/0/elements',
    'no more than 10 items',
    [{ type: 'context', elements: Array(11).fill(mrkdwn('x')) }],
  ],
  ['/blocks/0/elements/0/text/text', 'less than 76', [actions(button({ text: plain(of(76)) }))]],
  ['/blocks/0/elements/0/value', 'less than 2001', [actions(button({ value: of(2001) }))]],
  ['/blocks/0/elements/0/url', 'less than 3001', [actions(button({ url: of(3001) }))]],
  ['/blocks/0/elements/0/style', 'must be one of', [actions(button({ style: 'default' }))]],
  [
    '/blocks/0/elements/0/confirm/confirm/text',
    'less than 31',
    [actions(button({ confirm: { text: plain('x'), confirm: plain(of(31)) } }))],
  ],
  [
    '/blocks/0/elements/0/type',
    'unsupported type: plain_text_input',
    [actions({ type: 'plain_text_input' })],
  ],
  ['/blocks', '`action_id` b already exists', [actions(button(), button())]],
  [
    '/blocks',
    'block_id `x` already exists',
    [
      { type: 'divider', block_id: 'x' },
      { type: 'divider', block_id: 'x' },
    ],
  ],
  [
    '/blocks/0/elements/0/options',
    'no more than 100',
    [actions(select({ options: Array(101).fill(option('a')) }))],
  ],
  [
    '/blocks/0/elements/0/options/0/value',
    'less than 151',
    [actions(select({ options: [{ ...option('a'), value: of(151) }] }))],
  ],
  ['/blocks/0/elements/0', 'either options or option_groups', [actions(select({ options: undefined }))]],
  ['/blocks/0/elements/0', 'initial options must match', [actions(select({ initial_option: option('z') }))]],
  [
    '/blocks/0/elements/0/options',
    'no more than 5',
    [actions({ type: 'overflow', options: Array(6).fill(option('a')) })],
  ],
  [
    '/blocks/0/elements/0/options',
    'no more than 10',
    [actions({ type: 'checkboxes', options: Array(11).fill(option('a')) })],
  ],
  [
    '/blocks/0/elements/0/initial_date_time',
    'must be between',
    [actions({ type: 'datetimepicker', initial_date_time: 1_766_000_000_000 })],
  ],
  ['/blocks', 'no more than 1 data_table', [table(), table()]],
  ['/blocks/0/rows', 'no more than 101', [table({ rows: rows(102) })]],
  ['/blocks/0/rows', 'at least 2', [table({ rows: rows(1) })]],
  ['/blocks/0/rows/0', 'no more than 20', [table({ rows: rows(2, 21) })]],
  ['/blocks/0', 'missing required field: caption', [table({ caption: undefined })]],
  ['/blocks/0', 'same number of cells', [table({ rows: [...rows(1, 2), ...rows(1, 3)] })]],
  [
    '/blocks/0',
    'less than 10001',
    [table({ rows: [...rows(1, 1), [{ type: 'raw_text', text: of(10_000) }]] })],
  ],
  ['/blocks', 'no more than 2 data_visualization', [line(), line(), line()]],
  ['/blocks/0/chart/segments/1/value', 'greater than 0', [pie(1, 0)]],
  ['/blocks/0/chart/segments', 'no more than 6', [pie(1, 2, 3, 4, 5, 6, 7)]],
  ['/blocks/0/chart', 'labels must match', [line({ axis_config: { categories: ['Tue'] } })]],
  ['/blocks/0/child_blocks', 'no more than 10', [container({ child_blocks: Array(11).fill(section('x')) })]],
  [
    '/blocks/0/child_blocks/0/type',
    'unsupported type: container',
    [container({ child_blocks: [container()] })],
  ],
  ['/blocks/0/body/text', 'less than 201', [{ type: 'card', body: mrkdwn(of(201)) }]],
  [
    '/blocks',
    'markdown blocks together',
    [
      { type: 'markdown', text: of(7000) },
      { type: 'markdown', text: of(7000) },
    ],
  ],
  ['/blocks', 'together are too long', Array(5).fill(section(of(2900)))],
])('a message is refused at %s: %s', (pointer, message, blocks) => {
  const text = blocks.length > 0 ? 'x' : '';
  expect(checkMessage({ text, blocks })).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});

test.each([
  ['/title/text', 'less than 25', { ...modal(), title: plain(of(25)) }],
  [
    '/blocks/0/element',
    'invalid additional property: dispatch_action_config',
    modal(input(select({ dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } }))),
  ],
  [
    '/blocks/0/element/dispatch_action_config/trigger_actions_on/0',
    'must be one of: on_enter_pressed, on_character_entered',
    modal(input({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['always'] } })),
  ],
  ['/submit', 'submit is required', { ...modal(input({ type: 'plain_text_input' })), submit: undefined }],
  ['/private_metadata', 'less than 3001', { ...modal(), private_metadata: of(3001) }],
  ['/callback_id', 'less than 256', { ...modal(), callback_id: of(256) }],
  ['/blocks', 'no more than 100', modal(...Array(101).fill({ type: 'divider' }))],
  ['/blocks/0/type', 'unsupported type: data_table', modal(table())],
  ['/blocks/0/type', 'unsupported type: markdown', modal({ type: 'markdown', text: 'x' })],
  [
    '/blocks/0/label/text',
    'less than 2001',
    modal(input({ type: 'plain_text_input' }, { label: plain(of(2001)) })),
  ],
  [
    '/blocks/0/element/max_length',
    'between 1 and 3000',
    modal(input({ type: 'plain_text_input', max_length: 3001 })),
  ],
  [
    '/blocks/0/element/placeholder/text',
    'less than 151',
    modal(input({ type: 'plain_text_input', placeholder: plain(of(151)) })),
  ],
  ['/blocks/0/element', 'missing required field: is_decimal_allowed', modal(input({ type: 'number_input' }))],
  ['/blocks/0/element/type', 'unsupported type: button', modal(input(button()))],
  [
    '/blocks',
    'only one element can have focus_on_load',
    modal(
      input({ type: 'plain_text_input', focus_on_load: true }),
      input({ type: 'datepicker', focus_on_load: true }),
    ),
  ],
  [
    '/blocks/0/type',
    'unsupported type: alert',
    { type: 'home', blocks: [{ type: 'alert', text: plain('x') }] },
  ],
  ['', 'more than 250 KB', modal(...Array.from({ length: 90 }, () => section(of(3000))))],
])('a view is refused at %s: %s', (pointer, message, view) => {
  expect(checkView(view)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringContaining(message) }),
  );
});

test('good views pass', () => {
  const alert = { type: 'alert', level: 'warning', text: mrkdwn('Careful') };
  expect(
    checkView(modal(alert, input({ type: 'plain_text_input', multiline: true, max_length: 3000 }))),
  ).toEqual([]);
  expect(checkView({ type: 'home', blocks: [section('x'), { type: 'card', title: mrkdwn('x') }] })).toEqual(
    [],
  );
});

test('nothing that an app could send breaks the checks', () => {
  const types = [
    'section',
    'actions',
    'input',
    'container',
    'card',
    'data_table',
    'data_visualization',
    'button',
  ];
  const keys = [
    'type',
    'text',
    'elements',
    'element',
    'accessory',
    'child_blocks',
    'rows',
    'chart',
    'options',
  ];
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(...types),
      fc.jsonValue(),
      tie('list'),
      tie('record'),
    ),
    list: fc.array(tie('json'), { maxLength: 4 }),
    record: fc.dictionary(fc.constantFrom(...keys), tie('json'), { maxKeys: 5 }),
  }));
  fc.assert(
    fc.property(json, (sent) => {
      const value = JSON.parse(JSON.stringify(sent));
      checkMessage({ text: 'x', blocks: value });
      checkMessage({ text: 'x', blocks: [value] });
      checkView(value);
      checkView({ type: 'home', blocks: [value] });
    }),
    { numRuns: 500 },
  );
});
