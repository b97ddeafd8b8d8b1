import { expect, it } from 'vitest';
import { DANA, OLGA } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import { prepares, recordsTests } from '../change/steps.ts';
import { STANDARD } from './answers.ts';
import { cannotStart, carried, does, fills, says, windTo } from './carrying-out.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, filed, files, headline, recorded, told } from './steps.ts';

it('keeps a standard change out of a forbidden hour and of a freeze, and in its window', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas, nadia] = [slack.as('dana'), slack.as('jonas'), slack.as('nadia')];
  await dana.command('/change new Rotate the API keys');
  const form = await dana.opened('New change');
  const noon = START / 1000 + 26 * 3600;
  await form.fill({ ...STANDARD, Start: noon, End: noon + 3600 });
  const { errors } = await form.submit();
  expect(errors.Start).toMatch(/Low-risk changes .* outside the production hours .*23:00 .Europe\/Berlin/);
  expect(errors.Start).toMatch(/Free windows are below\.$/);
  expect(form.text()).toMatch(/Free instead\n1\. .*23:00/);
  await form.close();

  const number = await files(dana, 'standard', STANDARD);
  await approves(jonas);
  const top = await headline(dana, number);
  await says(dana, top, 'Approved and scheduled');

  await nadia.command('/change freeze');
  await (await nadia.opened('Freezes')).press('Declare a freeze…');
  const declaring = await nadia.opened('Declare a freeze');
  await declaring.fill({
    Kind: 'Freeze',
    Until: START / 1000 + 48 * 3600,
    Why: 'Black Friday',
    Categories: null,
  });
  await declaring.submit();
  const confirm = await nadia.opened('Declare the freeze?');
  expect(confirm.text()).toContain(number);
  expect(confirm.text()).toContain('It holds 1 change');
  await confirm.submit();
  await dana.eventually(() =>
    dana.messages('changes').some((each) => dana.read(each).includes('Black Friday')),
  );
  const caught = await told(dana, 'A freeze holds its window');
  await says(dana, top, 'not scheduled');
  const [, offer = ''] = /\[(\w{3} \d+ \w{3} \d\d:\d\d–\d\d:\d\d)\]/.exec(dana.read(caught)) ?? [];
  expect(await dana.press(caught, offer)).toEqual({ ok: true });
  await approves(jonas);
  await says(dana, top, 'Approved and scheduled');
  const [first, second] = await recorded(docket, number, 'Scheduled');
  expect(second?.startsAt).toBeGreaterThan(first?.startsAt ?? 0);

  const card = await carried(dana);
  const [change] = (await recorded(docket, number, 'Submitted')).map(({ number: n }) => n);
  expect(change).toBe(number);
  await cannotStart(dana, card, /must pass before the start/);
});

it('offers the windows that would do as buttons where the typed one cannot be had', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await says(dana, await headline(dana, number), 'Approved and scheduled');
  await dana.command(`/change schedule ${number} yesterday 22:00 for 1h`);
  const form = await dana.opened('Schedule');
  expect(form.text()).toContain('⚠️ ');
  expect(form.value('When?')).toBe('yesterday 22:00 for 1h');
  await form.fill({ 'When?': 'tomorrow 10:00 for 1h' });
  expect(await form.submit()).toMatchObject({ outcome: 'updated', errors: {} });
  expect(form.value('When?')).toBe('tomorrow 10:00 for 1h');
  const [, offer = ''] = /\[(\w{3} \d+ \w{3} \d\d:\d\d–\d\d:\d\d)\]/.exec(form.text()) ?? [];
  await form.press(offer);
  await dana.opened('Scheduled');
  expect((await recorded(docket, number, 'Scheduled')).length).toBeGreaterThan(0);
});

it('offers others where an offered window is past by the time it is chosen', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await says(dana, await headline(dana, number), 'Approved and scheduled');
  await windTo(slack, START + 40 * HOUR);
  const note = await told(dana, 'Choose another time; these windows are free');
  const offered = (words: string) => /\[(\w{3} \d+ \w{3} \d\d:\d\d–\d\d:\d\d)\]/.exec(words)?.[1] ?? '';
  const old = offered(dana.read(note));
  await windTo(slack, START + 10 * 24 * HOUR);
  await dana.press(note, old);
  const again = await dana.eventually(() => dana.ephemerals().at(-1));
  const fresh = offered(again ? dana.read(again) : '');
  expect(fresh).not.toBe('');
  expect(fresh).not.toBe(old);
  await dana.press(again ?? note, fresh);
  await says(dana, await headline(dana, number), 'waiting for');
});

it('starts in the window and not before', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await does(docket, change, recordsTests(DANA), prepares(DANA));
  const card = await carried(dana);
  await cannotStart(dana, card, /not opened yet/);
  await windTo(slack, START + 37 * HOUR);
  await fills(dana, card, 'Start…', { 'How is it carried out?': 'Standard' });
  await says(dana, card, 'You are carrying this out');
});

it('keeps in the record who tried to move a window that is not theirs, though no form opens', async () => {
  const { slack, docket } = await openDocket();
  const olga = slack.as('olga');
  const { number } = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  for (const [n, when] of ['', ' sat 22:00 for 2h'].entries()) {
    await olga.command(`/change schedule ${number}${when}`);
    await olga.eventually(
      () => olga.ephemerals().filter((m) => olga.read(m).includes('can move the window of')).length === n + 1,
    );
    expect(olga.snapshot().modals).toEqual([]);
    const attempt = { by: OLGA, command: 'Schedule', code: 'not your role' };
    expect(await recorded(docket, number, 'Refused')).toMatchObject(Array(n + 1).fill(attempt));
  }
});
