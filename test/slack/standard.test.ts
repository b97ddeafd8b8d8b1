import { expect, it } from 'vitest';
import { STANDARD } from './answers.ts';
import { openDocket } from './open-docket.ts';

it('takes a standard change from /change new to approved with one click of a peer', async () => {
  const { slack } = await openDocket();
  const [dana, jonas, olga] = [slack.as('dana'), slack.as('jonas'), slack.as('olga')];

  await dana.command('/change new Rotate the API keys', { in: 'changes' });
  const form = await dana.opened('New change');
  expect(form.value('Title')).toBe('Rotate the API keys');
  await form.fill(STANDARD);
  expect(form.text()).toContain('Low risk');
  expect(await form.submit()).toMatchObject({ outcome: 'updated' });
  expect(dana.modal().text()).toContain('CR-2026-001 Rotate the API keys is filed.');
  await dana.modal().close();

  const [headline] = await dana.eventually(() => dana.messages('changes'));
  if (!headline) throw new Error('no headline');
  expect(dana.read(headline)).toContain('Peer review: waiting for');
  const [mine] = await dana.eventually(() => dana.dms());
  if (!mine) throw new Error('no card for the requester');

  const [asked] = await jonas.eventually(() => jonas.dms());
  if (!asked) throw new Error('nobody asked Jonas');
  expect(jonas.read(asked)).toContain('Replace the keys of the payment gateway');
  await olga.eventually(() => olga.dms());

  await jonas.press(asked, 'Approve');
  await dana.eventually(() => dana.read(headline).includes('Approved'));
  await dana.eventually(() =>
    dana
      .dms()
      .some((message) => message.text.includes('CR-2026-001') && message.text.includes('is approved')),
  );
  await jonas.eventually(() => !jonas.read(asked).includes('[Approve]'));
  await olga.eventually(() => !olga.read(olga.dms()[0] ?? asked).includes('[Approve]'));
  await dana.eventually(() => dana.read(mine).includes('Approved'));
  await dana.eventually(() => dana.thread(headline).at(-1)?.text.includes('CR-2026-001 is scheduled'));
});
