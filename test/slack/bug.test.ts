import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openDocket } from './open-docket.ts';
import { asked, filed } from './steps.ts';

it('gives a person a reference for a bug, in a message or in the form, and the operator its stack', async () => {
  const { slack, docket, log } = await openDocket();
  const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
  const change = await filed(docket, dana.person.id, 'standard');
  await jonas.press(await asked(jonas), 'Reject…');
  const form = await jonas.opened('Reject');
  await form.fill({ 'Why?': 'Not this week.' });
  await docket.delivery.idle();

  // A row that no release ever wrote stands for whatever nobody has thought of.
  const { t } = docket.world.db;
  const broken = JSON.stringify({ status: 'in review', number: change.number });
  await docket.world.db.atomically((q) => [
    q
      .update(t.changes)
      .set({ state: sql`${broken}`, head: 'of nothing that was' })
      .where(eq(t.changes.id, change.id)),
  ]);

  await dana.command(`/change show ${change.number}`, { in: 'changes' });
  const [sorry] = await dana.eventually(() => dana.ephemerals());
  const inMessage = /nothing was changed.*reference: (\w{8})/.exec(sorry?.text ?? '')?.[1];
  const { errors, outcome } = await form.submit();
  const inForm = /reference: (\w{8})/.exec(errors['Why?'] ?? '')?.[1];

  expect(outcome).toBe('errors');
  expect(form.value('Why?')).toBe('Not this week.');
  for (const reference of [inMessage, inForm]) {
    const line = log.find((one) => reference !== undefined && one.includes(`"reference":"${reference}"`));
    expect(line).toContain('"stack":"TypeError');
  }
});
