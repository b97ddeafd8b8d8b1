import { expect, it } from 'vitest';
import type { TemplateIntent } from '../../src/catalogue/types.ts';
import { changeByNumber } from '../../src/db/changes.ts';
import { draftsOf } from '../../src/db/drafts.ts';
import { handleTemplate } from '../../src/engine/catalogue.ts';
import { discard } from '../../src/engine/drafts.ts';
import { handle } from '../../src/engine/handle.ts';
import { setUp } from '../../src/engine/setup.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import { FIELD_IDS } from '../../src/policy/fields.ts';
import type { Docket } from '../../src/start.ts';
import { AMIRA, DANA, JONAS, LUCIA, NADIA, OLGA, PRIYA, TOMAS } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { does, fills, ready, windTo, windToMorning } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { answered } from './spoken.ts';
import { approves, filed, headline, recorded, told } from './steps.ts';

/** A standard change of Dana's that went well in the night and is closed, on the morning after. */
async function wentWell(slack: Parameters<typeof ready>[0], docket: Docket) {
  const change = await ready(slack, docket, DANA);
  const closed = await does(docket, change, step.starts(DANA), step.finishes(DANA), step.verifies(OLGA));
  await windToMorning(slack, docket);
  return closed;
}

const listed = async (hand: Hand, words = ''): Promise<Message> => {
  const before = hand.ephemerals().length;
  await hand.command(`/change catalogue ${words}`);
  await hand.eventually(() => hand.ephemerals().length > before);
  const last = hand.ephemerals().at(-1);
  if (!last) throw new Error('nothing was listed');
  return last;
};
/** The card on which somebody of the board votes. */
const ballot = (hand: Hand, version = 1, words = '') =>
  hand.eventually(() =>
    hand
      .dms()
      .find(
        (dm) =>
          dm.text.includes(`, version ${version}, for the catalogue`) &&
          hand.read(dm).includes(words || 'vote is needed'),
      ),
  );
const BOARD = ['priya', 'lucia', 'tomas', 'amira'];

it('takes a standard change from its success into the catalogue, to a failure, and to its retirement', async () => {
  const { slack, docket } = await openDocket();
  const [dana, olga, priya, nadia] = [
    slack.as('dana'),
    slack.as('olga'),
    slack.as('priya'),
    slack.as('nadia'),
  ];
  expect(dana.read(await listed(dana))).toContain('The catalogue is empty.');

  // Proposed, from the card of a change that went well.
  const change = await wentWell(slack, docket);
  await dana.command(`/change show ${change.number}`);
  const card = await dana.eventually(() =>
    dana.ephemerals().find((each) => dana.read(each).includes('Closed (success)')),
  );
  if (!card) throw new Error('no card');
  expect(await dana.press(card, 'Propose for the catalogue…')).toEqual({ ok: true });
  const proposal = await dana.opened('For the catalogue');
  await proposal.fill({
    'What is it called in the catalogue?': 'Rotate an API key',
    'When may it be used, and when not?': 'Every quarter, for one provider at a time.',
    'What else differs each time?': ['Description'],
  });
  expect(await proposal.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  expect(dana.modal().text()).toContain('is before the board');
  await dana.modal().close();

  // The board votes, each on a card of their own.
  const first = await ballot(priya);
  expect(priya.read(first)).toContain('Affected systems (🔒 fixed)');
  expect(priya.read(first)).toContain('Title, Description and Start. It ends 120 minutes after its start.');
  const [lucia, tomas] = [slack.as('lucia'), slack.as('tomas')];
  for (const hand of [priya, slack.as('amira')])
    expect(await hand.press(await ballot(hand), 'Approve')).toEqual({ ok: true });
  // It waits in Home and among what is to be decided, too, and is voted on there.
  await lucia.openHome();
  await lucia.eventually(() => lucia.home().text().includes('The catalogue waits for your vote (1)'));
  await lucia.home().press('Approve', 'Rotate an API key');
  await lucia.eventually(() => !lucia.home().text().includes('waits for your vote'));
  const words = '1 template of the catalogue waits for your decision';
  const waiting = await answered(tomas, () => tomas.command('/change approvals'), words);
  expect(tomas.read(waiting)).toContain('Rotate an API key, version 1, for the catalogue');
  await answered(tomas, () => tomas.press(waiting, 'Approve'), 'You voted for Rotate an API key');
  await told(dana, 'The board approved Rotate an API key, version 1');
  await priya.eventually(() =>
    priya.read(first).includes('nothing more is needed from you here. It was approved'),
  );
  const top = await dana.eventually(() =>
    dana.messages('changes').find(({ text }) => text.startsWith('The catalogue: ')),
  );
  expect(dana.read(top)).toContain('In force: version 1');

  // Olga files from it: three fields and no more.
  expect(olga.read(await listed(olga))).toContain('1 to file from.');
  expect(await olga.press(top, 'File…')).toEqual({ ok: true });
  const form = await olga.opened('New change');
  expect(form.labels()).toEqual(['Title', 'Description', 'Start']);
  expect(form.text()).toContain('From the catalogue: Rotate an API key, version 1');
  expect(form.text()).toContain('Fixed, as the board approved it');
  const startsAt = START + 3 * DAY + 13 * HOUR; // a night, when it may be carried out
  await form.fill({
    Title: 'Rotate the key of the mail provider',
    Description: 'The yearly one.',
    Start: startsAt / 1000,
  });
  await olga.eventually(() => form.text().includes('It ends 120 minutes after its start:'));
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  await olga.modal().close();
  const number = 'CR-2026-002';
  const [submitted] = await recorded(docket, number, 'Submitted');
  expect(submitted?.template).toMatchObject({ version: 1, title: 'Rotate an API key' });
  expect(submitted?.proposal).toMatchObject({ endsAt: startsAt + 2 * HOUR });
  expect(olga.read(await headline(olga, number))).toContain(
    'From the catalogue: Rotate an API key, version 1.',
  );

  // An edit shows what is fixed as text, too.
  await olga.command(`/change edit ${number}`);
  const edit = await olga.opened(`Edit ${number}`);
  expect(edit.labels()).toContain('Reviewer');
  expect(edit.labels()).not.toContain('Rollback steps');
  expect(edit.text()).toContain('Fixed, as the board approved it');
  await edit.close();

  // It is carried out badly: suspended by itself, and people are told.
  await approves(slack.as('jonas'));
  const filed = await does(
    docket,
    { ...change, id: await idOf(docket, number) },
    step.recordsTests(OLGA),
    step.prepares(OLGA),
  );
  await windTo(slack, startsAt);
  await does(docket, filed, step.starts(OLGA), step.rollsBack(OLGA, 'The provider refused the key.'));
  for (const hand of [dana, priya, nadia]) await told(hand, 'is suspended: CR-2026-002');
  await dana.eventually(() => dana.read(top).includes('Suspended'));
  expect(dana.read(top)).not.toContain('[File…]');
  const list = await listed(olga);
  expect(olga.read(list)).toContain('0 to file from, 1 suspended.');
  expect(olga.read(list)).toContain('used 1 time; 0 of 1 carried out went well (0 %)');
  await olga.command('/change new');
  expect((await olga.opened('New change')).labels()).not.toContain('Start from');
  await olga.modal().close();

  // Reinstated with words, though not by whose change it was; and filed from again, in the form of a new change.
  expect(olga.read(await told(olga, 'CR-2026-002'))).not.toContain('[Reinstate…]');
  expect(lucia.read(await told(lucia, 'is suspended: CR-2026-002'))).not.toContain('[Reinstate…]');
  const word = await told(nadia, 'is suspended: CR-2026-002');
  const { sent } = await fills(nadia, word, 'Reinstate…', {
    'Why may it be used again?': 'The provider had an outage.',
  });
  expect(sent).toMatchObject({ outcome: 'closed' });
  await told(dana, 'reinstated Rotate an API key');
  await dana.eventually(() =>
    dana.thread(top).some((note) => dana.read(note).includes('The provider had an outage.')),
  );
  await olga.command('/change new');
  const again = await olga.opened('New change');
  await olga.eventually(() => again.labels().includes('Start from'));
  await again.fill({ 'Start from': 'Rotate an API key (catalogue, v1)' });
  await olga.eventually(() => again.labels().join() === 'Title,Description,Start');
  expect(again.value('Description')).toBeNull();
  await again.fill({ Description: 'Once more.', Start: (startsAt + DAY) / 1000 });

  // A new version, from its details, where nobody but who may sees the buttons; and the board is not asked for nothing.
  const jonas = slack.as('jonas');
  await jonas.press(top, 'Details');
  expect((await jonas.opened('Catalogue')).text()).not.toContain('Retire…');
  await dana.press(top, 'Details');
  await (await dana.opened('Catalogue')).press('Propose a new version…');
  const revision = await dana.opened('Propose a new version');
  expect((await revision.submit()).errors).toEqual({
    'When may it be used, and when not?': expect.stringContaining('This is version 1, which is in force.'),
  });
  // The old one stays in force until the board has decided, and then is begun from no more.
  await revision.fill({ 'Rollback steps': 'Put the old key back, and call the provider.' });
  expect(await revision.submit()).toMatchObject({ outcome: 'updated' });
  await dana.modal().close();
  await dana.modal().close();
  await windToMorning(slack, docket);
  const second = await ballot(priya, 2);
  expect(priya.read(second)).toContain('What is new since version 1, which is in force');
  for (const name of BOARD) await slack.as(name).press(await ballot(slack.as(name), 2), 'Approve');
  await told(dana, 'The board approved Rotate an API key, version 2');
  expect(await again.submit()).toMatchObject({ outcome: 'updated' });
  expect(again.text()).toContain('Version 1 of “Rotate an API key” is no longer in force; version 2 is.');
  await again.press('File it without the template');
  await olga.eventually(() => again.labels().includes('Rollback steps'));
  expect(again.value('Rollback steps')).toContain('Put the old certificates back.');
  await again.close();

  // Retired: gone from the list, and nothing is filed from it any more.
  const { sent: retired } = await fills(priya, await listed(priya), 'Retire…', {
    'Why is it no longer to be used?': 'Keys rotate by themselves now.',
  });
  expect(retired).toMatchObject({ outcome: 'closed' });
  await dana.eventually(() => dana.read(top).includes('Retired by @Priya'));
  expect(olga.read(await listed(olga))).toContain('The catalogue is empty.');
}, 120_000);

it('reminds the board, tells the overseer when the time is up, and lets a proposal be taken back', async () => {
  const { slack, docket } = await openDocket();
  const [dana, grace, nadia] = [slack.as('dana'), slack.as('grace'), slack.as('nadia')];
  const change = await wentWell(slack, docket);
  await dana.command(`/change catalogue propose ${change.number}`);
  const form = await dana.opened('For the catalogue');
  const answers = { 'When may it be used, and when not?': 'Every quarter.' };
  await form.fill(answers);
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  await dana.modal().close();
  const card = await ballot(grace);
  const { sent } = await fills(grace, card, 'Abstain…', { 'Why?': 'I know nothing of keys.' });
  expect(sent).toMatchObject({ outcome: 'closed' });
  await grace.eventually(() => !grace.read(card).includes('[Approve]'));
  // Somebody else takes a seat on the board meanwhile: they are asked, and who had it is no more.
  await setUp(docket.world, { roles: { infrastructure_architect: [JONAS] } }, NADIA);
  await ballot(slack.as('jonas'));
  await ballot(slack.as('wei'), 1, 'nothing more is needed from you here');
  await windTo(slack, START + 12 * DAY);
  await told(slack.as('lucia'), 'still waits for your vote');
  await told(nadia, 'is up. Still to vote: @Priya');
  expect(grace.dms().some((dm) => grace.read(dm).includes('still waits'))).toBe(false);
  expect(dana.read(await listed(dana))).toContain(
    'Version 1 before the board: 0 for, 0 against, 1 abstained',
  );
  expect(await dana.press(await listed(dana), 'Take back')).toEqual({ ok: true });
  const late = await ballot(slack.as('lucia'), 1, 'nothing more is needed from you here. It was taken back');
  expect(slack.as('lucia').read(late)).not.toContain('[Approve]');

  // What has been proposed already is shown, and a new version of it can be proposed.
  await dana.command(`/change catalogue propose ${change.number}`);
  expect((await dana.opened('Catalogue')).text()).toContain('Taken back before the board decided');
});

it('opens no form for a change that cannot become a template, and says why', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  const why = `Only a change that is closed and went well can become a template; ${number} is in review.`;
  await answered(dana, () => dana.command(`/change catalogue propose ${number}`), why);
  expect(dana.snapshot().modals).toEqual([]);
});

it('refuses to file from it what is forged, and what somebody may not do', async () => {
  const { slack, docket } = await openDocket();
  const sam = slack.as('sam');
  const change = await wentWell(slack, docket);
  await sam.command(`/change show ${change.number}`);
  const shown = await sam.eventually(() => sam.ephemerals().at(-1));
  expect(shown && sam.read(shown)).not.toContain('[Propose for the catalogue…]');
  const id = docket.world.newId();
  const template = { id: `template/${change.id}`, version: 1 };
  const { proposal } = change;
  await expect(
    handle(docket.world, id, { type: 'Submit', id, category: 'standard', proposal, template }, DANA),
  ).rejects.toMatchObject({ code: 'unknown' });
});

it('files nothing from a short form whose draft was discarded elsewhere', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await wentWell(slack, docket);
  const give = (intent: TemplateIntent, by: string) =>
    handleTemplate(docket.world, `template/${change.id}`, intent, by);
  const text = { title: 'Rotate an API key', use: 'Every quarter.', locked: [...FIELD_IDS] };
  const { template } = await give({ type: 'Propose', change: change.id, ...text }, DANA);
  const seen = template.versions[0]?.hash ?? '';
  for (const by of [PRIYA, LUCIA, TOMAS, AMIRA]) await give({ type: 'Vote', verdict: 'approve', seen }, by);
  await dana.press(await listed(dana), 'File…');
  const form = await dana.opened('New change');
  expect(form.labels()).toEqual(['Title', 'Start']);
  const [kept] = await draftsOf(docket.world.db, DANA);
  await discard(docket.world, kept?.draft.id ?? '', DANA);
  await form.fill({ Start: (START + 3 * DAY + 13 * HOUR) / 1000 });
  expect((await form.submit()).errors).toEqual({
    Title: 'That draft is no longer there. /change catalogue begins it anew.',
  });
  expect(await changeByNumber(docket.world.db, 'CR-2026-002')).toBeUndefined();
});

async function idOf({ world }: Docket, number: string): Promise<string> {
  return (await changeByNumber(world.db, number))?.id ?? '';
}

it('keeps in the record of a change who tried to propose it and may not, though no form opens', async () => {
  const { slack, docket } = await openDocket();
  const olga = slack.as('olga');
  const { number } = await wentWell(slack, docket);
  await answered(olga, () => olga.command(`/change catalogue propose ${number}`), 'can propose it');
  expect(olga.snapshot().modals).toEqual([]);
  const attempt = { by: OLGA, command: 'OfferAsExample', code: 'not your role' };
  expect(await recorded(docket, number, 'Refused')).toMatchObject([attempt]);
});
