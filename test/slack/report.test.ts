import { expect, it } from 'vitest';
import { DANA, MAYA } from '../change/company.ts';
import { MINUTE } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { SUCCESS } from './answers.ts';
import { carried, does, fills, ready, toVerify, WINDOW, windTo } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { headline, history } from './steps.ts';

it('writes the implementation report by itself; people add only what is not on record', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, jonas] = [slack.as('dana'), slack.as('maya'), slack.as('jonas')];
  const change = await ready(slack, docket, MAYA);
  await does(docket, change, step.starts(MAYA), step.ticks(MAYA, 0, 1, 2), step.notes(MAYA, 'A pod hung.'));
  await windTo(slack, WINDOW + 45 * MINUTE);
  const card = await carried(maya);
  await maya.eventually(() => maya.read(card).includes('[Finish…]'));
  await fills(maya, card, 'Finish…', {
    ...SUCCESS,
    'How did it go?': 'Partial: some of it is still to be done',
    'What happened?': 'One of three is left.',
    'What was done differently than planned': 'Deployed by hand.',
  });
  const check = await toVerify(jonas, { slack, docket });
  await fills(jonas, check, 'Verify…', {
    Remarks: 'The rest follows on Friday.',
    'Response time before': '210 ms',
    'Response time after': '190 ms',
    'User impact, where it was not as expected': 'Signing in took longer for a minute.',
  });
  await jonas.eventually(() => jonas.read(check).includes('[Report]'));
  expect(await jonas.press(check, 'Report')).toEqual({ ok: true });
  const report = (await jonas.opened('Implementation report')).text();
  for (const words of [
    'Duration: 45 minutes (planned: 2 h)',
    'Result: partial',
    '> One of three is left.',
    '1. Deployed to staging: 2026-11-26',
    '4. Final validation: left open',
    '> A pod hung.',
    '- Unit tests (automated): passed',
    '- Response time: 210 ms → 190 ms',
    '- Error rate: not measured',
    '> Signing in took longer for a minute.',
    'System impact: none was foreseen in writing, and none was reported.',
    '- Steps left open: Final validation.',
    '- Left open at the verification: Change implemented as designed',
    '> Deployed by hand.',
    '> The rest follows on Friday.',
    'Approved by @Jonas Weber, 2026-11-25',
    'Implemented by @Maya Cohen, 2026-11-26',
    'Verified by @Jonas Weber, 2026-11-27',
  ])
    expect(report).toContain(words);

  const olga = slack.as('olga');
  await olga.command(`/change report ${change.number}`);
  const [asked] = await olga.eventually(() => olga.ephemerals());
  expect(asked && olga.read(asked)).toContain('The implementation report of');

  await does(docket, change, step.looksBack(DANA));
  await history(dana, change.number, `${change.number} is closed. Its report:`);
  await history(dana, change.number, 'Tell support earlier.');
  const top = await headline(dana, change.number);
  await dana.press(top, 'Full record');
  const record = (await dana.opened(change.number)).text();
  expect(record).toContain('Sign-off');
  expect(record).toContain('Verified by @Jonas Weber');
});

it('leaves the lines of the sign-off open until somebody stands for them', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const change = await ready(slack, docket, MAYA);
  const top = await headline(dana, change.number);
  expect(dana.read(top)).not.toContain('[Report]');
  await dana.command('/change report 1');
  await dana.eventually(() =>
    dana.ephemerals().some((m) => dana.read(m).includes('it has a report once it has been carried out')),
  );
  await dana.press(top, 'Full record');
  const record = (await dana.opened(change.number)).text();
  expect(record).toContain('Implemented: not yet');
  expect(record).toContain('Verified: not yet');
});
