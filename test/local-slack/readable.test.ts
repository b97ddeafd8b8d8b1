import { expect, test } from 'vitest';
import { readable, readMarkup } from '../../src/local-slack/readable.ts';
import { plain } from './plain.ts';

const names: Record<string, string> = { U1: 'Dana Okafor', C1: 'changes' };
const reading = { nameOf: (id: string) => names[id] };

test.each([
  [
    '*Bold*, _soft_ and ~gone~, but 2*3*4 and snake_case_name',
    'Bold, soft and gone, but 2*3*4 and snake_case_name',
  ],
  ['<@U1> in <#C1> of <!subteam^S1|@team>', '@Dana Okafor in #changes of @@team'],
  ['<https://x.y|the record> &amp; <https://x.y>', 'the record & https://x.y'],
  ['<!date^1766000000^{date_short}|Wed 17 Dec> <!here>', 'Wed 17 Dec @here'],
  ['a &lt;b&gt;', 'a <b>'],
  ['<!date^0^{_}|*>not bold<!date^0^{_}|*> *bold <@U1>*', '*not bold* bold @Dana Okafor'],
])('%s', (markup, words) => {
  expect(readMarkup(markup, reading).replace('@@', '@')).toBe(words.replace('@@', '@'));
});

test('every block is said in words', () => {
  const cell = (text: string) => ({ type: 'raw_text', text });
  const said = readable(
    [
      { type: 'header', text: plain('Agenda') },
      { type: 'section', text: plain('One'), accessory: { type: 'button', text: plain('Vote') } },
      {
        type: 'data_table',
        caption: 'Week',
        rows: [
          [cell('No'), cell('Risk')],
          [cell('1'), { type: 'raw_number', value: 3, text: '3' }],
        ],
      },
      {
        type: 'data_visualization',
        title: 'Outcome',
        chart: { type: 'pie', segments: [{ label: 'ok', value: 4 }] },
      },
      { type: 'container', title: plain('More'), child_blocks: [{ type: 'section', text: plain('Inside') }] },
      { type: 'card', title: plain('Card'), actions: [{ type: 'button', text: plain('Open') }] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Hi ' },
              { type: 'user', user_id: 'U1' },
            ],
          },
        ],
      },
      {
        type: 'input',
        label: plain('Name'),
        block_id: 'n',
        element: { type: 'plain_text_input', action_id: 'n' },
      },
    ],
    { ...reading, values: { n: { n: { type: 'plain_text_input', value: 'Wei' } } } },
  );
  expect(said.split('\n')).toEqual([
    'Agenda',
    'One',
    '[Vote]',
    'Week',
    'No | Risk',
    '1 | 3',
    'Outcome',
    'ok 4',
    'More',
    'Inside',
    'Card',
    '[Open]',
    'Hi @Dana Okafor',
    'Name: Wei',
  ]);
});
