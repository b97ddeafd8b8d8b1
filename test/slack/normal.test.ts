import { expect, it } from 'vitest';
import { DANA } from '../change/company.ts';
import { NORMAL } from './answers.ts';
import { openDocket } from './open-docket.ts';
import {
  alter,
  approves,
  asked,
  filed,
  files,
  headline,
  history,
  recorded,
  recordOf,
  says,
  told,
  wasAsked,
} from './steps.ts';

it('takes a security-related change through every review and the board, with one click each', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya, tomas] = [
    slack.as('dana'),
    slack.as('nadia'),
    slack.as('priya'),
    slack.as('tomas'),
  ];
  const [amira, lucia, wei, henrik, sam] = [
    slack.as('amira'),
    slack.as('lucia'),
    slack.as('wei'),
    slack.as('henrik'),
    slack.as('sam'),
  ];

  const number = await files(dana, 'normal', { ...NORMAL, 'Reviews that apply': ['Security review'] });
  expect(number).toBe('CR-2026-001');
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('Validation: waiting for @Nadia Rossi'));
  expect(dana.read(top)).toContain('○ Security review (to come)');
  expect(dana.read(top)).not.toContain('Compliance');

  const card = await asked(nadia, 'Validation');
  const whole = nadia.read(card);
  for (const words of Object.values(NORMAL).filter((answer) => String(answer).endsWith('.')))
    if (
      ![
        NORMAL['Contingency plan'],
        NORMAL['Required resources'],
        NORMAL['Communication plan'],
        NORMAL['Rollback validation'],
        NORMAL['Database changes'],
      ].includes(String(words))
    )
      expect(whole).toContain(String(words).split('\n')[0]);
  expect(whole).toContain('Many users (+3)');
  expect(priya.dms()).toEqual([]);
  await approves(nadia, 'Validation');
  await dana.eventually(() => dana.read(top).includes('Technical review: waiting for @Priya Raman'));

  await approves(priya, 'Technical review');
  await approves(tomas, 'Business review');
  expect(wasAsked(amira, 'Change Advisory Board')).toBe(false);
  await approves(amira, 'Security review');
  await dana.eventually(() =>
    dana.read(top).includes('✓ Security review (passed) → ● Change Advisory Board (open)'),
  );

  for (const voter of [lucia, wei, priya]) await approves(voter, 'Change Advisory Board');
  const lastAsked = await asked(tomas, 'Change Advisory Board');
  await tomas.eventually(() =>
    tomas.read(lastAsked).includes('3 for, 0 against, 0 abstained; 3 of 6 have voted, the quorum is 4'),
  );
  expect(dana.read(top)).not.toContain('Approved');
  await approves(tomas, 'Change Advisory Board');

  await told(dana, `${number} Move bookings to PostgreSQL 18 is approved.`);
  await dana.eventually(() => dana.read(top).includes('✅ Approved'));
  await history(sam, number, `${number} is approved`);
  const notes = dana.thread(top).map((note) => dana.read(note));
  expect(notes[0]).toMatch(/^Validation: asked @Nadia Rossi, until/);
  expect(notes.filter((note) => note.includes('approved as'))).toEqual([
    '@Nadia Rossi approved as Change manager (Validation).',
    '@Priya Raman approved as DevOps lead (Technical review).',
    '@Tomáš Novák approved as Product manager (Business review).',
    '@Amira Haddad approved as Security team lead (Security review).',
    '@Lucía Moreno approved as Development lead (Change Advisory Board).',
    '@Wei Zhang approved as Infrastructure architect (Change Advisory Board).',
    '@Priya Raman approved as DevOps lead (Change Advisory Board).',
    '@Tomáš Novák approved as Product manager (Change Advisory Board).',
  ]);
  // The board is decided as soon as nobody can turn it; those who have not voted see it, too.
  await amira.eventually(() => amira.dms().every((dm) => !amira.read(dm).includes('[Approve]')));
  for (const bystander of [henrik, sam]) expect(bystander.dms()).toEqual([]);
  expect((await recordOf(docket, number)).filter(({ type }) => type === 'StageOpened')).toHaveLength(5);
});

it('asks compliance where it applies, and not security', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal', { reviews: ['compliance'] });
  await approves(slack.as('nadia'), 'Validation');
  await approves(slack.as('priya'), 'Technical review');
  await approves(slack.as('tomas'), 'Business review');
  await approves(slack.as('henrik'), 'Compliance review');
  await history(slack.as('sam'), number, 'Change Advisory Board: asked');
  expect(wasAsked(slack.as('amira'), 'Security review')).toBe(false);
});

it('ends with the reason when the board votes against it', async () => {
  const { slack, docket } = await openDocket();
  const { number } = await filed(docket, DANA, 'normal');
  for (const name of ['nadia', 'priya', 'tomas']) await approves(slack.as(name));
  for (const name of ['lucia', 'wei', 'grace', 'amira']) {
    const voter = slack.as(name);
    expect(
      await says(voter, await asked(voter, 'Change Advisory Board'), 'Reject…', 'Not before the season.'),
    ).toMatchObject({ outcome: 'closed' });
  }
  const dana = slack.as('dana');
  await told(dana, `rejected ${number} Split the bookings table by month.\n> Not before the season.`);
  const top = await headline(dana, number);
  await dana.eventually(() => dana.read(top).includes('⛔ Rejected by @Amira Haddad'));
  expect(await recorded(docket, number, 'ChangeRejected')).toHaveLength(1);
});

it('goes on where it was after the change manager has returned it and the requester has answered', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia, 'Validation');
  expect(await says(nadia, card, 'Return…', 'How long does the copy take?')).toMatchObject({
    outcome: 'closed',
  });
  const back = await told(dana, `@Nadia Rossi returned ${number}`);
  await nadia.eventually(() => !nadia.read(card).includes('[Approve]'));

  await dana.press(back, 'Edit and resubmit…');
  const form = await dana.opened(`Edit ${number}`);
  expect(form.text()).toContain('How long does the copy take?');
  await alter(dana, form, {
    'Your answer': 'Twenty minutes.',
    'System impact': 'Heavy writes for twenty minutes at night.',
  });
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });

  const again = await asked(nadia, 'Validation');
  expect(again.ts).not.toBe(card.ts);
  await history(dana, number, 'resubmitted it:\n> Twenty minutes.');
  await approves(nadia, 'Validation');
  await asked(slack.as('priya'), 'Technical review');
});

it('rejects with words, which the requester and the thread get', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const { number } = await filed(docket, DANA, 'normal');
  await approves(nadia);
  const card = await asked(priya);
  await priya.press(card, 'Reject…');
  expect(await (await priya.opened('Reject')).submit()).toMatchObject({
    outcome: 'errors',
    errors: { 'Why?': expect.any(String) },
  });
  await priya.modal().fill({ 'Why?': 'The replica has no room.' });
  expect(await priya.modal().submit()).toMatchObject({ outcome: 'closed' });
  await told(dana, '> The replica has no room.');
  await history(dana, number, `${number} is rejected at Technical review.`);
  await priya.eventually(() => priya.read(card).includes('nothing more is needed from you'));
  expect(wasAsked(slack.as('tomas'), 'Business review')).toBe(false);
});

it('lets an approver ask and the requester answer while the change stays where it is', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
  const { number } = await filed(docket, DANA, 'normal');
  const card = await asked(nadia);
  await says(nadia, card, 'Ask…', 'Who watches the replica?');
  const question = await told(dana, '@Nadia Rossi asks about');
  await says(dana, question, 'Answer…', 'Maya, all night.');
  await told(nadia, '> Maya, all night.');
  await nadia.eventually(
    () =>
      nadia.read(card).includes('Who watches the replica?') && nadia.read(card).includes('Maya, all night.'),
  );
  await history(dana, number, 'Maya, all night.');
  await approves(nadia);
});
