import { expect, it } from 'vitest';
import type { Planned } from '../../src/change/planned.ts';
import { drawConfirm } from '../../src/slack/features/freeze.ts';
import { freezeForm } from '../../src/slack/freeze-form.ts';
import { DANA, GUIDE } from '../change/company.ts';
import { HOUR } from '../change/proposals.ts';
import { prepares, recordsTests } from '../change/steps.ts';
import { STANDARD } from './answers.ts';
import { carried, does, fills, says, windTo } from './carrying-out.ts';
import { WIDEST } from './limits-extremes.ts';
import { wrongInView } from './limits-taken.ts';
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
  expect(errors.Start).toContain('These windows would do:');
  expect(errors.Start).toContain('Thursday 26 November 2026 23:00 UTC+01:00');
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
  const early = await fills(dana, card, 'Start…', { 'How is it carried out?': 'Standard' });
  expect(JSON.stringify(early.sent.errors)).toMatch(/must pass before the start/);
});

it('starts in the window and not before', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await does(docket, change, recordsTests(DANA), prepares(DANA));
  const card = await carried(dana);
  const early = await fills(dana, card, 'Start…', { 'How is it carried out?': 'Standard' });
  expect(JSON.stringify(early.sent.errors)).toMatch(/not opened yet/);
  await dana.modal().close();
  await windTo(slack, START + 37 * HOUR);
  await fills(dana, card, 'Start…', { 'How is it carried out?': 'Standard' });
  await says(dana, card, 'You are carrying this out');
});

it('draws nothing of a freeze that Slack would refuse', () => {
  const words = '漢<&'.repeat(200).slice(0, 400);
  const scope = { systems: Object.keys(WIDEST.systems).slice(0, 20), environments: [], categories: [] };
  const freeze = { kind: 'hard', startsAt: START, endsAt: START + HOUR, reason: words, scope } as const;
  const one: Planned = {
    ...{ id: 'c', number: 'CHANGEXX-2026-1000000', title: words.slice(0, 150), status: 'scheduled' },
    ...{
      category: 'normal',
      risk: 'high',
      requester: DANA,
      implementer: DANA,
      systems: [],
      environments: [],
    },
    ...{ startsAt: START, endsAt: START + HOUR },
  };
  const view = drawConfirm({ policy: WIDEST }, 'freeze/1', freeze, Array(300).fill(one));
  expect(wrongInView(view)).toEqual([]);
  const released = Array(300).fill(one);
  expect(wrongInView(drawConfirm({ policy: WIDEST }, 'freeze/1', freeze, released, { released }))).toEqual(
    [],
  );
  for (const policy of [GUIDE, WIDEST]) {
    expect(wrongInView(freezeForm(policy, 'freeze/1', ['hard', 'soft', 'stop']))).toEqual([]);
    expect(wrongInView(freezeForm(policy, 'freeze/1', ['hard', 'soft', 'stop'], freeze))).toEqual([]);
  }
});
