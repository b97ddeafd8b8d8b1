import { expect, it } from 'vitest';
import { DANA, MAYA } from '../change/company.ts';
import { NORMAL } from '../slack/answers.ts';
import { carried, fills } from '../slack/carrying-out.ts';
import {
  alter,
  approves,
  asked,
  edits,
  filed,
  headline,
  history,
  recorded,
  says,
  told,
  wasAsked,
} from '../slack/steps.ts';
import { openCompany, reads, seesAtHome } from './people.ts';

it('returned: Dana answers and edits, and it goes on where it was, with everybody seeing whose turn it is', async () => {
  const { docket, dana, nadia, priya, sam } = await openCompany();
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(sam, number);
  const mine = await told(dana, number);
  const card = await asked(nadia, 'Validation');
  const question = 'How long does the copy take?';
  expect(await says(nadia, card, 'Return…', question)).toMatchObject({ outcome: 'closed' });

  const back = await told(dana, `@Nadia Rossi returned ${number}`);
  await reads(dana, back, question, '[Edit and resubmit…]');
  await reads(dana, mine, 'Returned to @Dana Okafor');
  await reads(sam, top, 'Returned to @Dana Okafor');
  expect(await reads(nadia, card, 'nothing more is needed')).not.toContain('[Approve]');
  await seesAtHome(dana, 'Yours to do (1)', '[Edit and resubmit…]');
  await seesAtHome(nadia, 'Waiting for you (0)');

  await dana.press(back, 'Edit and resubmit…');
  const form = await dana.opened(`Edit ${number}`);
  expect(form.text()).toContain(question);
  const better = 'Heavy writes for twenty minutes at night.';
  await alter(dana, form, { 'Your answer': 'Twenty minutes.', 'System impact': better });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });

  const again = await asked(nadia, 'Validation');
  expect(again.ts).not.toBe(card.ts);
  await reads(nadia, again, better, question, 'Twenty minutes.', '[Approve]');
  await reads(sam, top, 'Validation: waiting for @Nadia Rossi');
  await history(sam, number, 'resubmitted it:\n> Twenty minutes.');
  await seesAtHome(nadia, 'Waiting for you (1)');
  await approves(nadia, 'Validation');
  await asked(priya, 'Technical review');
  expect(sam.dms()).toEqual([]);
}, 60_000);

it('rejected: with words, which Dana and the thread get; nobody else is asked any more', async () => {
  const { docket, dana, nadia, priya, tomas, sam } = await openCompany();
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(sam, number);
  const mine = await told(dana, number);
  await approves(nadia);
  const card = await asked(priya, 'Technical review');
  await priya.press(card, 'Reject…');
  expect(await (await priya.opened('Reject')).submit()).toMatchObject({
    outcome: 'errors',
    errors: { 'Why?': expect.any(String) },
  });
  await priya.modal().fill({ 'Why?': 'The replica has no room.' });
  expect(await priya.modal().submit()).toMatchObject({ outcome: 'closed' });

  await told(dana, '> The replica has no room.');
  for (const [hand, message] of [
    [dana, mine],
    [sam, top],
  ] as const)
    expect(await reads(hand, message, 'Rejected by @Priya Raman')).not.toMatch(/\[(Approve|Edit|Withdraw)/);
  await reads(priya, card, 'nothing more is needed from you');
  await history(sam, number, `${number} is rejected at Technical review.`);
  await seesAtHome(dana, 'Your open changes (0)');
  await seesAtHome(priya, 'Waiting for you (0)');
  expect(wasAsked(tomas, 'Business review')).toBe(false);
  expect(sam.dms()).toEqual([]);
}, 60_000);

it('withdrawn: by Dana, with a click; who was asked is let go', async () => {
  const { docket, dana, jonas, olga, sam } = await openCompany();
  const { number } = await filed(docket, DANA, 'standard');
  const top = await headline(sam, number);
  const mine = await told(dana, number);
  const cards = [
    [jonas, await asked(jonas)],
    [olga, await asked(olga)],
  ] as const;
  await seesAtHome(jonas, 'Waiting for you (1)');

  expect(await dana.press(mine, 'Withdraw')).toEqual({ ok: true });
  for (const [hand, card] of cards)
    expect(await reads(hand, card, 'nothing more is needed')).not.toContain('[Approve]');
  expect(await reads(dana, mine, 'Withdrawn')).not.toContain('[Withdraw]');
  await reads(sam, top, 'Withdrawn');
  await history(sam, number, 'withdrew it');
  await seesAtHome(jonas, 'Waiting for you (0)');
  await seesAtHome(dana, 'Your open changes (0)');
  expect(sam.dms()).toEqual([]);
}, 60_000);

it('reclassified: standard becomes normal with nothing retyped; Dana adds what is missing, and it is approved', async () => {
  const { slack, docket, dana, jonas, nadia, sam } = await openCompany();
  const { number } = await filed(docket, DANA, 'standard');
  const [peers, top, mine] = [await asked(jonas), await headline(sam, number), await told(dana, number)];
  // An edit that she has begun goes on in the new form.
  await dana.command(`/change edit ${number}`);
  const begun = await dana.opened(`Edit ${number}`);
  await begun.fill({ Description: 'Replace the keys of the payment gateway.' });
  await begun.close();

  await nadia.command(`/change show ${number}`);
  const shown = await nadia.eventually(() =>
    nadia.ephemerals().find((m) => nadia.read(m).includes('[Reclassify…]')),
  );
  expect(await nadia.press(shown ?? expect.fail(), 'Reclassify…')).toEqual({ ok: true });
  const form = await nadia.opened('Reclassify');
  expect(form.text()).toContain('all that was typed stay');
  await form.fill({ 'What is it?': 'Emergency', 'Why?': 'It touches the payments.' });
  await form.fill({ 'What is it?': 'Normal' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });

  const returned = await told(dana, `@Nadia Rossi returned ${number}`);
  const why = 'Reclassified as Normal: It touches the payments.';
  await reads(dana, returned, why, 'Still needed: Business justification, ', '[Edit and resubmit…]');
  await reads(dana, mine, `Returned to @Dana Okafor: ${why}`, '[Edit and resubmit…]');
  await seesAtHome(dana, 'Your drafts (1)', '[Resume]', 'Returned to @Dana Okafor');
  expect(await reads(jonas, peers, 'Reclassified as Normal: nothing more is needed')).not.toContain(
    '[Approve]',
  );
  await seesAtHome(jonas, 'Waiting for you (0)');
  await reads(sam, top, 'Returned to @Dana Okafor', '○ Validation (to come)');
  await history(sam, number, '@Nadia Rossi reclassified it from Standard to Normal.');

  await dana.command(`/change edit ${number}`);
  const resumed = await dana.opened(`Edit ${number}`);
  expect(resumed.text()).toContain('Replace the keys of the payment gateway.');
  await resumed.close();
  await edits(dana, number, NORMAL);
  for (const who of ['nadia', 'priya', 'tomas']) await approves(slack.as(who));
  for (const who of ['lucia', 'wei', 'priya', 'tomas'])
    await approves(slack.as(who), 'Change Advisory Board');
  await told(dana, `${number} ${NORMAL.Title} is approved.`);
  await reads(sam, top, 'Approved');
  expect(await recorded(docket, number, 'Reclassified')).toMatchObject([
    { before: 'standard', category: 'normal' },
  ]);
  expect(sam.dms()).toEqual([]);
}, 60_000);

it('cancelled: once approved, with the reason, and whoever was to carry it out hears of it', async () => {
  const { docket, dana, maya, jonas, sam } = await openCompany();
  const { number } = await filed(docket, DANA, 'standard', { implementer: MAYA });
  const top = await headline(sam, number);
  const mine = await told(dana, number);
  await approves(jonas);
  const card = await carried(maya);
  await seesAtHome(maya, 'Yours to do (1)');

  await reads(dana, mine, '[Cancel the change…]');
  await fills(dana, mine, 'Cancel the change…', { 'Why?': 'The vendor is late.' });
  await told(maya, 'cancelled it:');
  expect(await reads(maya, card, 'nothing is needed from you here')).not.toContain('[Start…]');
  for (const [hand, message] of [
    [dana, mine],
    [sam, top],
  ] as const)
    expect(await reads(hand, message, 'Cancelled')).not.toContain('[Cancel');
  await history(sam, number, 'The vendor is late.');
  await maya.openHome();
  await maya.eventually(() => !maya.home().text().includes('Yours to do'));
  await seesAtHome(dana, 'Your open changes (0)');
  expect(jonas.dms()).toHaveLength(1);
}, 60_000);
