import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { draftsOf, loadDraft, saveDraft } from '../../src/db/drafts.ts';
import { handle } from '../../src/engine/handle.ts';
import type { Fault } from '../../src/local-slack/protocol.ts';
import { DANA, SAM } from '../change/company.ts';
import { NORMAL, STANDARD } from './answers.ts';
import { answered, saved } from './drafting.ts';
import { openDocket, temporaryDatabase } from './open-docket.ts';
import { formOf, interact, pressOf } from './signed.ts';
import { edits, filed, files, fillIn, recorded } from './steps.ts';

it('keeps half a form when its window is closed, and brings it back where it was left', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new normal');
  const form = await dana.opened('New change 1/5');
  expect(form.text()).toContain('Saved as you type.');
  const { Title, Description } = NORMAL;
  await fillIn(dana, form, firstScreen(NORMAL)).catch(() => {});
  expect(form.title()).toBe('New change 2/5');
  await form.fill({ 'User impact': 'Booking is read-o' });
  await form.fill({ 'User impact': NORMAL['User impact'], Finance: ['Not affected'] });
  await form.close();
  await saved(docket, (draft) => JSON.stringify(draft).includes('finance'));

  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  expect(dana.read(list)).toContain(`${Title}\nNormal  ·  last touched`);
  expect(dana.read(list)).toMatch(/still missing: System impact, Business impact, Downtime and \d+ more/);
  await dana.press(list, 'Resume');
  const again = await dana.opened('New change 2/5');
  expect(again.value('User impact')).toBe(NORMAL['User impact']);
  await again.press('Back');
  await dana.eventually(() => again.title() === 'New change 1/5');
  expect([again.value('Title'), again.value('Description')]).toEqual([Title, Description]);
  expect(await again.submit()).toMatchObject({ outcome: 'updated' });
  expect(again.title()).toBe('New change 2/5');
  await fillIn(dana, again, restOf(NORMAL));
  expect(await again.submit()).toMatchObject({ outcome: 'updated' });
  expect(dana.modal().text()).toContain('CR-2026-001');
  expect(await draftsOf(docket.world.db, DANA)).toEqual([]);
  const [submitted] = await recorded(docket, 'CR-2026-001', 'Submitted');
  expect(submitted?.proposal).toMatchObject({ title: Title, description: Description, downtimeMinutes: 5 });
});

it('keeps nothing of a form in which nothing was typed, and mentions drafts in a new one', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new');
  await (await dana.opened('New change')).close();
  await dana.command('/change new');
  const form = await dana.opened('New change');
  await form.fill({ Category: 'Emergency' });
  await dana.eventually(() => form.labels().includes('The fix'));
  await form.fill({ Title: 'Restart' });
  await saved(docket, ({ category }) => category === 'emergency');
  await form.close();
  await dana.command('/change new');
  const third = await dana.opened('New change');
  await dana.eventually(() => third.text().includes('You have 1 other draft there'));
  await third.fill({ Category: 'Normal' });
  await dana.eventually(() => third.title() === 'New change 1/5');
  expect(third.text()).toContain('You have 1 other draft there');
});

it.each([
  ['/change new Prefilled title only', 'New change'],
  ['/change emergency Prefilled title only', 'New change'],
])('keeps the title that somebody typed after the word: %s', async (command, title) => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command(command);
  const form = await dana.opened(title);
  expect(form.text()).not.toContain('You have 1 other draft');
  await form.close();
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  expect(dana.read(list)).toContain('Prefilled title only');
  await dana.press(list, 'Resume');
  expect((await dana.opened(title)).value('Title')).toBe('Prefilled title only');
  expect(await draftsOf(docket.world.db, DANA)).toHaveLength(1);
});

it.each<Fault>([
  { on: 'method', method: 'views.open', answer: 'error', code: 'expired_trigger_id', times: 1 },
  { on: 'method', method: 'views.open', answer: 'status', status: 503, times: 1 },
])('keeps that title although Slack opens no window: $answer', async (fault) => {
  const { slack } = await openDocket();
  const dana = slack.as('dana');
  await slack.act({ as: DANA, verb: 'fault', fault });
  await dana.command('/change new normal Prefilled title only');
  await dana.eventually(() => dana.ephemerals().length > 0);
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  expect(dana.read(list)).toContain('Prefilled title only\nNormal');
});

it('says nothing where somebody has closed the form that was to be drawn anew', async () => {
  const { slack, docket, log } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new Prefilled title only');
  const form = await dana.opened('New change');
  const fault = { on: 'method', method: 'views.update', answer: 'error', code: 'not_found' } as const;
  await slack.act({ as: DANA, verb: 'fault', fault });
  await form.fill({ Category: 'Normal' });
  await form.close();
  await docket.delivery.idle();
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  expect(dana.read(list)).toContain('Prefilled title only\nNormal');
  expect(dana.ephemerals()).toHaveLength(1);
  expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('opens the form although its title cannot be saved, and says so', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket } = await openDocket({ databaseUrl });
  const dana = slack.as('dana');
  const other = new Database(
    databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice(5),
  );
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  await dana.command('/change new Rotate');
  const form = await dana.opened('New change');
  await dana.eventually(() => form.text().includes('Not saved just now'));
  expect(form.value('Title')).toBe('Rotate');
  other.exec('COMMIT');
  await form.fill({ Description: 'Both.' });
  await saved(docket, ({ proposal }) => proposal.title === 'Rotate' && proposal.description === 'Both.');
});

it('keeps an edit that was not saved, shows it as a difference, and forgets it when it is saved', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number, id } = await filed(docket, DANA, 'normal');
  await dana.command(`/change edit ${number}`);
  const form = await dana.opened(`Edit ${number}`);
  await form.press('Edit', '2  Impact');
  await dana.eventually(() => form.submitLabel() === 'Done');
  await form.fill({ 'User impact': 'Searches fail for a minute.' });
  await form.close();
  await saved(docket, (draft) => draft.id === id);
  await dana.command(`/change edit ${number}`);
  const again = await dana.opened(`Edit ${number}`);
  expect(again.text()).toContain('User impact: None expected. → Searches fail for a minute.');
  expect(again.text()).toContain('You go on with an edit that you began');
  expect(await again.submit()).toMatchObject({ outcome: 'closed' });
  expect(await recorded(docket, number, 'Edited')).toMatchObject([{ material: ['userImpact'] }]);
  expect(await loadDraft(docket.world.db, id)).toBeUndefined();
  // Typing and taking it back leaves no draft either.
  await dana.command(`/change edit ${number}`);
  const third = await dana.opened(`Edit ${number}`);
  await third.press('Edit', '2  Impact');
  await dana.eventually(() => third.submitLabel() === 'Done');
  await third.fill({ 'User impact': 'x' });
  await saved(docket, (draft) => draft.id === id);
  await third.fill({ 'User impact': 'Searches fail for a minute.' });
  await expect.poll(() => loadDraft(docket.world.db, id)).toBeUndefined();
});

it('opens no edit of what has ended meanwhile, and says what became of it', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await filed(docket, DANA, 'normal');
  await dana.command(`/change edit ${change.number}`);
  const form = await dana.opened(`Edit ${change.number}`);
  await form.press('Edit', '1  What and why');
  await dana.eventually(() => form.labels().includes('Title'));
  await form.fill({ Title: 'Another title' });
  await saved(docket, ({ proposal }) => proposal.title === 'Another title');
  await form.close();
  await handle(docket.world, change.id, { type: 'Withdraw' }, DANA);
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  await dana.press(list, 'Resume');
  await dana.eventually(() => dana.ephemerals().some((m) => dana.read(m).includes('is withdrawn now')));
  expect(dana.snapshot().modals).toEqual([]);
});

it('lets nobody but its owner see, save, submit or discard a draft', async () => {
  const { slack, docket, url } = await openDocket({ delivery: 'http' });
  const [dana, sam] = [slack.as('dana'), slack.as('sam')];
  await dana.command('/change new standard');
  const form = await dana.opened('New change');
  await form.fill({ Title: 'Mine', Description: 'My own.' });
  const draft = await saved(docket, ({ proposal }) => proposal.description === 'My own.');
  const state = { id: draft.id, category: 'standard', step: 0 };
  const sent = await interact(url, formOf(SAM, 'new-change', state, { title: 'Theirs', description: 'x' }));
  expect(sent.text).toContain('This draft is somebody else’s');
  for (const action of ['draft-resume:0', 'draft-discard:0'])
    await interact(url, pressOf(SAM, action, draft.id));
  expect(await loadDraft(docket.world.db, draft.id)).toEqual(draft);
  await answered(sam, '/change drafts', 'You have no drafts.');
  expect(sam.snapshot().modals).toEqual([]);
  const list = await answered(dana, '/change drafts', 'You have 1 draft.');
  await dana.press(list, 'Discard');
  await expect.poll(() => loadDraft(docket.world.db, draft.id)).toBeUndefined();
});

it('says while one types that nothing is saved, and that it is again', async () => {
  const databaseUrl = temporaryDatabase();
  const { slack, docket } = await openDocket({ databaseUrl });
  const dana = slack.as('dana');
  await dana.command('/change new standard');
  const form = await dana.opened('New change');
  const other = new Database(
    databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice(5),
  );
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  await form.fill({ Title: 'Rotate' });
  await dana.eventually(() => form.text().includes('Not saved just now'));
  expect(form.value('Title')).toBe('Rotate');
  other.exec('COMMIT');
  await slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + 5_000 });
  await form.fill({ Description: 'Both.' });
  await dana.eventually(() => form.text().includes('Saved as you type.'));
  await saved(docket, ({ proposal }) => proposal.title === 'Rotate' && proposal.description === 'Both.');
});

it('shows them in Home, with a way on', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  await dana.command('/change new standard');
  await (await dana.opened('New change')).fill({ Title: 'Rotate the keys' });
  await saved(docket, ({ proposal }) => proposal.title !== undefined);
  await dana.modal().close();
  await dana.openHome();
  await dana.eventually(() => dana.home().text().includes('Your drafts'));
  await dana.home().press('Resume', 'Rotate the keys');
  expect((await dana.opened('New change')).value('Title')).toBe('Rotate the keys');
  await dana.modal().close();
  await dana.home().press('Discard', 'Rotate the keys');
  await dana.eventually(() => !dana.home().text().includes('Your drafts'));
});

it('does not bring a draft back by a keystroke that arrives after the submission', async () => {
  const { slack, docket, url } = await openDocket({ delivery: 'http' });
  const dana = slack.as('dana');
  const number = await files(dana, 'standard', STANDARD);
  const [change] = await recorded(docket, number, 'Submitted');
  const { world } = docket;
  const id = (await world.db.q.select().from(world.db.t.changes))[0]?.id ?? '';
  const view = {
    ...{ id: 'V0LATE', type: 'modal', callback_id: 'new-change', blocks: [] },
    private_metadata: JSON.stringify({ id, category: 'standard', step: 0 }),
    state: {
      values: { title: { 'new-change:title': { type: 'plain_text_input', value: 'Rotate the API' } } },
    },
  };
  const press = { ...pressOf(DANA, 'new-change:title', undefined), view };
  expect((await interact(url, press)).status).toBe(200);
  await edits(dana, number, { Title: 'Rotate all API keys' });
  expect(change?.proposal.title).toBe(STANDARD.Title);
  expect(await draftsOf(world.db, DANA)).toEqual([]);
});

const ON_FIRST = [
  ...['Title', 'Description', 'Business justification', 'Affected systems', 'Database changes'],
] as const;

function firstScreen(answers: typeof NORMAL) {
  return Object.fromEntries(ON_FIRST.map((label) => [label, answers[label]]));
}

function restOf(answers: typeof NORMAL) {
  return Object.fromEntries(
    Object.entries(answers).filter(([label]) => !ON_FIRST.some((each) => each === label)),
  );
}

it('shows all drafts page by page, and how many they are', async () => {
  const { slack, docket } = await openDocket();
  const { db } = docket.world;
  const draft = { owner: DANA, category: 'standard', step: 0 } as const;
  await db.atomically((q) =>
    Array.from({ length: 32 }, (_, n) =>
      // Two at a time were touched in the same millisecond.
      saveDraft(q, db.t, {
        ...draft,
        id: `d-${n}`,
        updatedAt: 1000 + Math.floor(n / 2),
        proposal: { title: `The draft ${n};` },
      }),
    ),
  );
  const dana = slack.as('dana');
  await dana.command('/change drafts');
  const seen = new Set<string>();
  for (const shown of [15, 15, 2]) {
    const before = seen.size;
    const page = await dana.eventually(() => {
      const found = dana.ephemerals().findLast((message) => !seen.has(titlesIn(dana.read(message))[0] ?? ''));
      if (!found) throw new Error('There is no further page.');
      return found;
    });
    expect(dana.read(page)).toContain('You have 32 drafts.');
    for (const title of titlesIn(dana.read(page))) seen.add(title);
    expect(seen.size - before).toBe(shown);
    if (shown === 15) await dana.press(page, 'Show more');
    else expect(dana.read(page)).not.toContain('Show more');
  }
  // In what Home opens, too: in its place, since Slack takes no more than three on top of each other.
  await dana.openHome();
  await dana.eventually(() => dana.home().text().includes('Your drafts (32)'));
  await dana.home().press('See all', 'And 28 more.');
  const window = await dana.opened('Docket');
  const first = titlesIn(window.text());
  await window.press('Show more');
  await dana.eventually(() => !window.text().includes(first[0] ?? ''));
  expect(dana.snapshot().modals).toHaveLength(1);
  await window.press('Discard');
  await dana.eventually(() => window.text().includes('You have 31 drafts.'));
  await window.close();
  await dana.command('/change new');
  const form = await dana.opened('New change');
  await dana.eventually(() => form.text().includes('You have 31 other drafts there.'));
});

function titlesIn(text: string): readonly string[] {
  return text.match(/The draft \d+;/g) ?? [];
}
