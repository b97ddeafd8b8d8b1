import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import { projectFile } from '../../src/project-file.ts';
import { byWord } from '../../src/slack/features/by-word.ts';
import { DANA, JONAS } from '../change/company.ts';
import { heard } from './heard.ts';
import { openDocket } from './open-docket.ts';
import { approves, asked, filed, headline, recorded } from './steps.ts';

it('lists what it can do, and guesses at a word that it does not know', async () => {
  const { slack } = await openDocket();
  const sam = slack.as('sam');
  const help = await answer(sam, '/change help', 'What you can do');
  for (const word of ['new', 'emergency', 'show', 'list', 'approvals', 'edit', 'withdraw', 'setup'])
    expect(help).toContain(`/change ${word}`);
  expect(await answer(sam, '/change', 'What you can do')).toBe(help);
  expect(await answer(sam, '/change aprovals', 'aprovals')).toContain('Did you mean `approvals`?');
  expect(await answer(sam, '/change SEARHC', 'SEARHC')).toContain('Did you mean `search`?');
  // Of a short word two letters that have changed places are one slip, too.
  expect(await answer(sam, '/change shwo', 'shwo')).toContain('Did you mean `show`?');
  expect(await answer(sam, '/change hlep', 'hlep')).toContain('Did you mean `help`?');
  for (const other of ['foo', 'xyz', 'board'])
    expect(await answer(sam, `/change ${other}`, `not know \`${other}\``)).not.toContain('Did you mean');
  const unknown = await answer(sam, '/change <!channel> `now`', 'I do not know');
  expect(unknown).not.toContain('Did you mean');
  // One line, and not all of the help, which would push the guess out of sight.
  expect(unknown).toContain('`/change help` lists all that I can do.');
  expect(unknown).not.toContain('/change search');
});

it('has every word once, lets a change that it begins with be left out in its thread, and is in docs/using.md', async () => {
  const { docket } = await openDocket();
  const { words } = heard(docket);
  const names = words.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  // `export` takes a change or a list.
  const begins = words.filter(({ usage }) => /^CR-[^|]*$/.test(usage));
  expect(words.filter(({ aboutChange }) => aboutChange)).toEqual(begins);
  // "A word for every button" are too many for that page.
  const ofButtons = byWord(docket.world).words?.map(({ name }) => name) ?? [];
  const page = readFileSync(projectFile('docs/using.md'), 'utf8');
  const code = [...page.matchAll(/`([^`]*)`/g)].flatMap(([, said = '']) => said.split(' '));
  expect(names.filter((name) => !ofButtons.includes(name) && !code.includes(name))).toEqual([]);
});

it('promises words in its help only where the form has a field for them', async () => {
  const { slack } = await openDocket();
  const help = await answer(slack.as('sam'), '/change help', 'What you can do');
  for (const word of ['reject', 'answer', 'note', 'finish', 'verify', 'vote'])
    expect(help).toContain(`/change ${word} CR-… [words]`);
  for (const word of ['tests', 'start', 'retrospective', 'review', 'action'])
    expect(help).not.toContain(`/change ${word} CR-… [words]`);
});

it('opens the form for any case and spacing of the word', async () => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change   NEW  normal  Move a & b < c to *d*');
  const form = await dana.opened('New change 1/5');
  expect(form.value('Title')).toBe('Move a & b < c to *d*');
  expect(form.labels()).toContain('Business justification');
});

it('lists the open changes, mine and all of them', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  expect(await answer(dana, '/change list', 'Open changes')).toContain('Open changes: none.');
  await filed(docket, DANA, 'standard');
  await filed(docket, JONAS, 'normal', { title: 'Swap the <cache>' });
  const third = await filed(docket, DANA, 'emergency');
  await dana.command(`/change withdraw ${third.number}`);
  expect(numbersIn(await answer(jonas, '/change list', 'CR-2026-001'))).toEqual([
    'CR-2026-002',
    'CR-2026-001',
  ]);
  expect(numbersIn(await answer(jonas, '/change list mine', 'Your changes'))).toEqual(['CR-2026-002']);
  expect(await answer(jonas, '/change list all', 'All changes')).toContain('CR-2026-003');
  expect(await answer(jonas, '/change list mine', 'Swap')).toContain('Swap the <cache>');
  expect(await answer(jonas, '/change list nonsense', 'Please say')).toContain('`/change list open`');
});

it('shows fifteen changes at a time', async () => {
  const { slack, docket } = await openDocket();
  for (let n = 0; n < 17; n++) await filed(docket, DANA, 'standard');
  const sam = slack.as('sam');
  const first = await answer(sam, '/change list', 'Open changes');
  expect(numbersIn(first)).toHaveLength(15);
  const page = sam.ephemerals().at(-1);
  if (!page) throw new Error('No page.');
  await sam.press(page, 'Show more');
  const rest = await sam.eventually(() =>
    sam
      .ephemerals()
      .filter((m) => m.ts !== page.ts)
      .at(-1),
  );
  expect(numbersIn(rest ? sam.read(rest) : '')).toEqual(['CR-2026-002', 'CR-2026-001']);
});

it('shows one change, with what the reader can do', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal');
  const [dana, nadia, sam] = [slack.as('dana'), slack.as('nadia'), slack.as('sam')];
  expect(await answer(sam, '/change show 1', number)).not.toContain('[Approve]');
  expect(await answer(sam, `/change ${number}`, number)).toBe(await answer(sam, '/change 1', number));
  expect(await answer(dana, `/change show ${number}`, number)).toContain(
    '[Record tests…] [Edit…] [Withdraw] [Full record]',
  );
  expect(await answer(nadia, '/change show cr-2026-1', number)).toContain(
    '[Approve] [Reject…] [Return…] [Ask…]',
  );
  const shown = nadia.ephemerals().at(-1);
  if (!shown) throw new Error('Nothing was shown.');
  await nadia.press(shown, 'Full record');
  const record = await nadia.opened(number);
  for (const words of [
    'Stop the copy; the old table is untouched.',
    'Row counts are equal.',
    'None yet.',
    'guide 1.0.0',
  ])
    expect(record.text()).toContain(words);
  await record.close();
  await nadia.press(shown, 'Approve');
  await nadia.eventually(() =>
    nadia.ephemerals().some((m) => nadia.read(m).startsWith(`✅ You approved ${number}`)),
  );
});

it('lists what waits for somebody and lets them decide several there', async () => {
  const { slack, docket } = await openDocket();
  const [nadia, priya] = [slack.as('nadia'), slack.as('priya')];
  expect(await answer(nadia, '/change approvals', 'Nothing waits')).toContain(
    'Nothing waits for your decision.',
  );
  await filed(docket, DANA, 'normal');
  await filed(docket, DANA, 'normal', { title: 'The other one' });
  await asked(nadia);
  expect(await answer(nadia, '/change approvals', '2 changes wait')).toContain('The other one');
  const list = nadia.ephemerals().at(-1);
  if (!list) throw new Error('No list.');
  await nadia.press(list, 'Approve', 'CR-2026-001');
  await nadia.press(list, 'Approve', 'CR-2026-002');
  await nadia.eventually(() => nadia.dms().every((dm) => !nadia.read(dm).includes('[Approve]')));
  for (const number of ['CR-2026-001', 'CR-2026-002'])
    expect(await recorded(docket, number, 'Decided')).toHaveLength(1);
  await approves(priya);
});

it('shows the whole record from the message in #changes to any member there', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal');
  const sam = slack.as('sam');
  await sam.press(await headline(sam, number), 'Full record');
  expect((await sam.opened(number)).text()).toContain('Searches of the last year take 4 seconds.');
});

/** Types a command, and reads the answer: the next message for this person alone that has these words. */
async function answer(hand: Hand, command: string, words: string): Promise<string> {
  const before = hand.ephemerals().length;
  expect(await hand.command(command)).toEqual({ ok: true });
  const said = await hand.eventually(() =>
    hand
      .ephemerals()
      .slice(before)
      .map((message) => hand.read(message))
      .find((text) => text.includes(words)),
  );
  return said ?? '';
}

function numbersIn(text: string): string[] {
  return [...new Set(text.match(/CR-\d{4}-\d{3}(?! *shows)/g) ?? [])];
}
