import { expect, it } from 'vitest';
import { handleTemplate, TEMPLATE } from '../../src/engine/catalogue.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { FieldId } from '../../src/policy/fields.ts';
import { DANA, KLAUS, MAYA, NADIA, OLGA } from '../change/company.ts';
import { DAY } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, ready, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { answered } from './spoken.ts';
import { filed } from './steps.ts';

/** The lists that are worked off while they are read. Each shows some at once and gives a way to the rest. */
const asks = (hand: Hand, word: string, words: string) =>
  answered(hand, () => hand.command(`/change ${word}`), words);
const goesOn = (hand: Hand, list: Message, words: string) =>
  answered(hand, () => hand.press(list, 'Show more'), words);
const numbersIn = (hand: Hand, list: Message) => [
  ...new Set(hand.read(list).match(/CR-\d{4}-\d{3}(?= {2})/g) ?? []),
];

it('shows an approver all that waits, fifteen by fifteen, also where some of it is decided in between', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const changes = [];
  for (let n = 1; n <= 33; n++) changes.push(await filed(docket, DANA, 'normal', { title: `No. ${n}` }));
  const first = await asks(nadia, 'approvals', '33 changes wait for your decision');
  expect(nadia.read(first)).toContain('And 18 more.');
  expect(nadia.read(first)).not.toContain('16 to');
  const [one] = changes;
  if (one) await does(docket, one, step.approves(NADIA));
  const second = await goesOn(nadia, first, '32 changes wait for your decision');
  expect(nadia.read(second)).toContain('Here are 15 to 29');
  const third = await goesOn(nadia, second, 'Here are 30 to 32');
  expect(nadia.read(third)).not.toContain('[Show more]');
  const shown = [first, second, third].flatMap((list) => numbersIn(nadia, list));
  expect(shown).toEqual(changes.map(({ number }) => number));
  // In what Home opens, too.
  await nadia.openHome();
  await nadia.eventually(() => nadia.home().text().includes('See all'));
  await nadia.home().press('See all', 'And 25 more.');
  await nadia.opened('Docket');
  for (const which of ['Here are 16 to 30', 'Here are 31 and 32']) {
    await nadia.modal().press('Show more');
    await nadia.eventually(() => nadia.modal().text().includes(which));
    // In its place: Slack takes no more than three on top of each other.
    expect(nadia.snapshot().modals).toHaveLength(1);
  }
  // What the page ended with has been decided: what is left begins anew, so that nothing is passed over.
  const last = changes[14];
  if (last) await does(docket, last, step.approves(NADIA));
  const again = await goesOn(nadia, first, '31 changes wait for your decision');
  expect(numbersIn(nadia, again)[0]).toBe(changes[1]?.number);
}, 90_000);

it('shows the change manager all of the desk, and everybody all that is theirs to do', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  for (let n = 0; n < 17; n++) {
    const change = await filed(docket, DANA, 'emergency', { implementer: MAYA });
    await does(docket, change, ...[MAYA, OLGA, KLAUS].map((one) => step.approves(one)));
    await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
    await does(docket, change, step.finishes(MAYA), step.recordsTests(MAYA));
  }
  await windTo(slack, START + 5 * DAY);
  for (const [hand, word, words, left, which] of [
    [nadia, 'desk', '17 changes are late or stuck', 7, 'Here are 11 to 17'],
    [slack.as('olga'), 'todo', '17 things wait for you to do', 2, 'Here are 16 and 17'],
  ] as const) {
    const first = await asks(hand, word, words);
    expect(hand.read(first)).toContain(`And ${left} more.`);
    // With all that is wrong with each, to its end.
    expect(hand.read(first)).not.toContain('…\n');
    const rest = await goesOn(hand, first, which);
    const all = [first, rest].flatMap((list) => numbersIn(hand, list));
    expect(new Set(all).size).toBe(17);
  }
}, 90_000);

it('shows all action items, twenty by twenty', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const change = await filed(docket, DANA, 'emergency', { implementer: MAYA });
  await does(docket, change, ...[MAYA, OLGA, KLAUS].map((one) => step.approves(one)));
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  await does(docket, change, step.finishes(MAYA));
  for (let n = 1; n <= 23; n++)
    await does(docket, change, step.addsAction(NADIA, MAYA, START + n * DAY, `a-${n}`, `Item ${n}.`));
  const first = await asks(nadia, 'actions', 'Open action items: 0 of yours, 23 of others.');
  expect(nadia.read(first)).toContain('And 3 more.');
  const rest = await goesOn(nadia, first, 'Here are 21 to 23');
  expect(nadia.read(rest).match(/Item \d+/g)).toEqual(['Item 21', 'Item 22', 'Item 23']);
});

it('shows all of the catalogue, or all that has a word in it, fifteen by fifteen', async () => {
  const { slack, docket } = await openDocket();
  const olga = slack.as('olga');
  const change = await ready(slack, docket, DANA);
  await does(docket, change, step.starts(DANA), step.finishes(DANA), step.verifies(OLGA));
  const fixed: FieldId[] = ['description', 'systems', 'successCriteria', 'rollbackSteps'];
  for (let n = 1; n <= 18; n++)
    await handleTemplate(
      ...([docket.world, `${TEMPLATE}${n}`] as const),
      {
        ...{ type: 'Propose', change: change.id, title: `No. ${String(n).padStart(2, '0')}`, locked: fixed },
        use: n > 1 ? 'At the end of the year.' : 'Never.',
      },
      DANA,
    );
  const titles = (list: Message) =>
    olga
      .read(list)
      .match(/No\. \d+/g)
      ?.map((name) => Number(name.slice(4)));
  const first = await asks(olga, 'catalogue', '18 before the board');
  expect(titles(first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(olga.read(first)).toContain('And 3 more.');
  expect(titles(await goesOn(olga, first, 'Here are 16 to 18'))).toEqual([16, 17, 18]);
  const found = await asks(olga, 'catalogue of the year', '17 before the board');
  expect(titles(await goesOn(olga, found, 'Here are 16 and 17'))).toEqual([17, 18]);
});
