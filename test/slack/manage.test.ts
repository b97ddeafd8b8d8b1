import { expect, it } from 'vitest';
import { handle } from '../../src/engine/handle.ts';
import { LOCAL_ROLES } from '../../src/local-roles.ts';
import { DANA, JONAS, LUCIA, NADIA, OLGA, PRIYA, SAM, WEI } from '../change/company.ts';
import { HOUR, normal, risky } from '../change/proposals.ts';
import { openDocket, START } from './open-docket.ts';
import { approves, asked, filed, headline, history, recorded, told } from './steps.ts';

const window = { startsAt: START + 37 * HOUR, endsAt: START + 39 * HOUR };

it('tells whose decision no longer counts, and the requester, when nothing is missing', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const { number } = await filed(docket, DANA, 'normal');
  await approves(nadia);
  await approves(priya);
  await fill(nadia, number, 'Reclassify…', { 'What is it?': 'Standard', 'Why?': 'Done every month.' });
  await told(dana, 'Approval starts over; you need not do anything.');
  await told(priya, 'Your decision no longer counts; you are asked again when it is your turn.');
  await history(dana, number, '2 approvals no longer count: @Nadia Rossi, @Priya Raman.');
  await asked(slack.as('jonas'), 'Peer review');
});

it('tells the others who oversee changes that one is an emergency from now on', async () => {
  const { slack, docket } = await openDocket({ roles: { ...LOCAL_ROLES, change_manager: [NADIA, SAM] } });
  const { id, number } = await filed(docket, DANA, 'normal');
  const intent = { type: 'Reclassify', category: 'emergency', words: 'It is down already.' } as const;
  await handle(docket.world, id, intent, NADIA);
  const note = await told(slack.as('sam'), number);
  expect(slack.as('sam').read(note)).toMatch(
    /🚨 CR-2026-001 .*\n🔀 @Nadia Rossi reclassified it from Normal to Emergency\. It waits for its requester, who is asked for what is missing\.\n.*It is down already\./,
  );
});

it('refuses what does not qualify beside the choice, and what is not somebody’s to do', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { id, number } = await filed(docket, DANA, 'normal', { riskAnswers: risky.medium });
  const sent = await fill(nadia, number, 'Reclassify…', {
    'What is it?': 'Standard',
    'Why?': 'It is small.',
  });
  expect(sent.errors['What is it?']).toContain('Standard changes must be low risk; this one is medium');
  await expect(
    handle(docket.world, id, { type: 'Reclassify', category: 'emergency', words: 'Now!' }, PRIYA),
  ).rejects.toMatchObject({ code: 'not your role' });
  expect(await recorded(docket, number, 'Refused')).toMatchObject([{ command: 'Reclassify', by: PRIYA }]);
});

it('sets the risk with a reason that everybody reads, until the answers are edited', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const { id, number } = await filed(docket, DANA, 'normal', { riskAnswers: risky.high });
  const card = await asked(nadia, 'Validation');
  expect(nadia.read(card)).toContain('High risk (10 points)');
  await nadia.press(card, 'Set risk…');
  const form = await nadia.opened('Set risk');
  await form.fill({ 'What is the risk?': 'Medium', 'Why?': 'Only our own team uses it.' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });

  await told(dana, '@Nadia Rossi set the risk from high to medium.');
  await history(dana, number, '@Nadia Rossi set the risk from high to medium.');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('Medium risk (set by @Nadia Rossi)'));
  await nadia.eventually(() => nadia.read(card).includes('Set to medium risk by @Nadia Rossi'));
  await approves(nadia);
  const technical = priya.read(await asked(priya));
  expect(technical).toContain('Only our own team uses it.');
  expect(technical).toContain('Worked out from the answers: high (10 points)');

  const riskAnswers = { ...risky.high, downtime: 'short' };
  const proposal = normal({ ...window, riskAnswers });
  await handle(docket.world, id, { type: 'Edit', proposal }, DANA);
  await history(dana, number, 'That @Nadia Rossi had set it to medium no longer holds.');
  await dana.eventually(() => dana.read(top).includes('High risk (12 points)'));
});

it('asks another reviewer, who gets the case; who was asked before may still decide', async () => {
  const { slack, docket } = await openDocket();
  const [dana, jonas, olga, nadia] = [
    slack.as('dana'),
    slack.as('jonas'),
    slack.as('olga'),
    slack.as('nadia'),
  ];
  const { number } = await filed(docket, DANA, 'standard', { reviewer: JONAS });
  const first = await asked(jonas);
  expect(olga.dms()).toEqual([]);

  const sent = await fill(nadia, number, 'Reassign…', {
    'Who is asked?': ['Olga Petrenko'],
    'Why?': 'Jonas is away.',
  });
  expect(sent).toMatchObject({ outcome: 'closed' });
  expect(olga.read(await asked(olga))).toContain('Rotate the TLS certificates');
  await history(
    dana,
    number,
    '@Nadia Rossi asked @Olga Petrenko instead of @Jonas Weber to decide as Peer reviewer.',
  );
  await jonas.eventually(() =>
    jonas.read(first).startsWith('Peer review: @Olga Petrenko is asked now instead of you.'),
  );
  expect(jonas.read(first)).toContain('[Approve]');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('waiting for @Olga Petrenko'));
  await approves(olga);
  await told(dana, 'is approved');
});

it('chooses the seat where several are open, and says who may', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'emergency', { implementer: LUCIA });
  const wrong = { 'As whom?': 'On-call engineer', 'Who is asked?': ['Olga Petrenko'] };
  const sent = await fill(nadia, number, 'Reassign…', wrong);
  expect(sent.errors['Who is asked?']).toBe(
    'Olga Petrenko cannot decide as On-call engineer now. Who can: Maya Cohen.',
  );
  const form = nadia.modal();
  await form.fill({ 'As whom?': 'Senior engineer' });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  const [event] = await recorded(docket, number, 'Reassigned');
  expect(event).toMatchObject({ seat: 'senior', people: [OLGA] });
  expect(event?.before.toSorted()).toEqual([OLGA, WEI].sort());
});

/** Looks at the change, presses one of its buttons and sends the form. */
async function fill(
  hand: Parameters<typeof asked>[0],
  number: string,
  button: string,
  answers: Record<string, string | string[]>,
) {
  await hand.command(`/change show ${number}`);
  const shown = await hand.eventually(() =>
    hand.ephemerals().find((m) => hand.read(m).includes(`[${button}]`)),
  );
  expect(await hand.press(shown ?? expect.fail(), button)).toEqual({ ok: true });
  const form = await hand.opened(button.replace('…', ''));
  await form.fill(answers);
  return form.submit();
}
