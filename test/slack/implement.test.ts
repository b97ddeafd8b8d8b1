import { expect, it } from 'vitest';
import { DANA, MAYA, NADIA, PRIYA } from '../change/company.ts';
import { DAY, HOUR } from '../change/proposals.ts';
import * as step from '../change/steps.ts';
import { STANDARD_CHECKLIST, SUCCESS } from './answers.ts';
import { cannotStart, carried, does, fills, ready, says, toVerify, WINDOW, windTo } from './carrying-out.ts';
import { openDocket } from './open-docket.ts';
import { approves, filed, headline, history, recorded, told } from './steps.ts';

it('takes a standard change from its approval to its end, as people see it', async () => {
  const { slack, docket } = await openDocket();
  const [dana, maya, jonas] = [slack.as('dana'), slack.as('maya'), slack.as('jonas')];
  const { number } = await filed(docket, DANA, 'standard', { implementer: MAYA });
  await approves(jonas);
  const card = await carried(maya);
  expect(maya.read(card)).toContain('Tests (3 to pass before the start)');
  expect(maya.read(card)).toContain('Yours to carry out. Record the tests, tick what is ready, then start.');
  expect(maya.read(card)).toContain('Not recorded yet: Unit tests (automated), Integration tests');
  expect(maya.read(card)).toContain(
    '☐ Backup procedures verified, ☐ Monitoring alerts configured, ☐ Rollback procedures tested',
  );

  // What comes next stands first.
  expect(maya.read(card)).toContain('[Record tests…] [Start…]');

  // All that is missing is said on the press, and no form opens for it.
  await cannotStart(
    maya,
    card,
    /must pass before the start: Unit tests.*\n.*tick these first: Backup.*\n.*not opened yet: it opens \w+day/,
  );

  const passed = await fills(maya, card, 'Record tests…', {
    'Which tests?': ['Unit tests (automated)', 'Integration tests (automated)'],
    'How did they go?': 'Passed',
    'Where were they run?': 'Staging',
    'Link to the results': 'https://ci.example.com/runs/7',
  });
  expect(passed.sent.outcome).toBe('closed');
  // A test of an environment counts there only; what was typed stays, and the place is chosen in the same form.
  const failed = {
    ...{ 'Which tests?': ['Basic functionality tests (manual)'], 'How did they go?': 'Failed' },
    'Where were they run?': 'Production',
  };
  const elsewhere = await fills(maya, card, 'Record tests…', failed);
  expect(elsewhere.sent.errors).toEqual({
    'Where were they run?': expect.stringMatching(
      /^These count in Development or Staging only: Basic functionality/,
    ),
  });
  await elsewhere.form.fill({ 'Where were they run?': 'Development' });
  expect(await elsewhere.form.submit()).toMatchObject({ outcome: 'closed' });
  await says(maya, card, '✗ Failed in Development, @Maya Cohen');
  expect(maya.read(card)).toContain('✓ Passed in Staging, @Maya Cohen');
  expect(maya.read(card)).toContain('Tests (1 to pass before the start)');
  await history(dana, number, 'recorded tests. Failed: Basic functionality tests (manual).');
  await fills(maya, card, 'Record tests…', {
    ...{ ...failed, 'How did they go?': 'Passed', 'Where were they run?': 'Development' },
  });

  await says(maya, card, '[Start…] [Record tests…]');

  expect(await maya.tick(card, ['Backup procedures verified'])).toEqual({ ok: true });
  await docket.delivery.idle();
  await cannotStart(
    maya,
    card,
    /^Please tick these first: Monitoring alerts configured, Rollback procedures tested, Sup/,
  );
  await says(maya, card, 'Yours to carry out. Tick what is ready, then start.');
  await maya.tick(card, STANDARD_CHECKLIST);
  await docket.delivery.idle();
  await says(maya, card, 'Yours to carry out. Everything is ready for the start.');
  await cannotStart(maya, card, /^The window of CR-2026-001 has not opened yet/);
  // What was tried too early is in the record, as whatever is forbidden.
  expect(
    (await recorded(docket, number, 'Refused')).map(({ command, code }) => [command, code]),
  ).toContainEqual(['Start', 'not ready']);
  await windTo(slack, WINDOW);
  const { sent } = await fills(maya, card, 'Start…', { 'How is it carried out?': 'Canary' });
  expect(sent).toMatchObject({ outcome: 'closed' });

  await says(maya, card, 'You are carrying this out.');
  await told(dana, 'started it (Canary)');
  const top = await headline(dana, number);
  await says(dana, top, '○ Canary deployed');
  await maya.tick(card, ['Canary deployed', 'Metrics watched']);
  await says(dana, top, '✓ Canary deployed,');
  expect(dana.read(top)).toContain('○ 10 % of traffic routed to it');
  await fills(maya, card, 'Note…', { 'What happened, and what did you do?': 'A pod hung; restarted it.' });
  await history(dana, number, 'A pod hung; restarted it.');

  const silent = await fills(maya, card, 'Finish…', { 'How did it go?': 'Failed' });
  expect(silent.sent.errors['What happened?']).toBe('Please say what happened.');
  expect(silent.form.text()).toContain(
    'Not ticked, so the report will say that it was left open: 10 % of traffic routed to it, Raised to 25 %',
  );
  await silent.form.fill(SUCCESS);
  expect(await silent.form.submit()).toMatchObject({ outcome: 'closed' });
  await says(maya, card, 'It waits to be verified');
  expect(maya.read(card)).toContain('✓ Passed in Production, @Maya Cohen');
  await told(dana, 'finished it: success');

  const check = await toVerify(jonas, { slack, docket });
  expect(jonas.read(check)).toContain('A pod hung; restarted it.');
  const all = ['Change implemented as designed', 'All success criteria met', 'No unexpected side effects'];
  const some = await fills(jonas, check, 'Verify…', { 'Tick what you have checked and found right': all });
  expect(some.sent.errors.Remarks).toContain('left open');
  expect(some.form.text()).toContain('needs a remark; the change then stays open for a retrospective.');
  await some.form.fill({ Remarks: 'The documentation follows on Friday.' });
  expect(await some.form.submit()).toMatchObject({ outcome: 'closed' });
  await told(
    dana,
    'verified it. Left open: Monitoring systems functioning, Documentation updated, Stakeholders',
  );
  await says(jonas, check, 'nothing more is needed from you');
  // A success, but not in everything: it is looked back on, which a standard change needs only then.
  await says(dana, top, 'still open: retrospective by');
  expect(jonas.read(check)).toContain('Retrospective due by');
  const asked = await told(maya, 'Please look back by');
  const lookedBack = await fills(maya, asked, 'Retrospective…', {
    'How did the implementation go?': 'As planned.',
    'Were the success criteria met?': 'Yes.',
    'Issues and their root causes': 'Nobody had time for the documentation.',
    'What went well': 'The canary.',
    'What could be improved': 'Write it before the start.',
  });
  expect(lookedBack.sent).toMatchObject({ outcome: 'closed', errors: {} });
  await says(dana, top, 'Closed (success)');
  for (const words of ['started it (Canary)', 'finished it: success', 'verified it', `${number} is closed.`])
    await history(dana, number, words);
});

it('rolls a normal change back and looks back on it together', async () => {
  const { slack, docket } = await openDocket();
  const [dana, wei] = [slack.as('dana'), slack.as('wei')];
  const change = await filed(docket, DANA, 'normal', { implementer: MAYA });
  for (const who of ['nadia', 'priya', 'tomas']) await approves(slack.as(who));
  for (const who of ['priya', 'wei', 'grace', 'lucia'])
    await approves(slack.as(who), 'Change Advisory Board');
  const card = await carried(slack.as('maya'));
  await windTo(slack, WINDOW);
  await does(docket, change, step.recordsTests(MAYA), step.prepares(MAYA), step.starts(MAYA));
  const maya = slack.as('maya');
  await says(maya, card, '[Roll back…]');
  await fills(maya, card, 'Roll back…', { 'Why?': 'Replication fell behind.' });
  await history(dana, change.number, 'rolled it back:');
  const check = await toVerify(wei, { slack, docket });
  expect(wei.read(check)).toContain('Replication fell behind.');
  const none = await fills(wei, check, 'Verify…', { Remarks: 'The old table is back and complete.' });
  expect(none.sent.outcome).toBe('closed');
  const back = await told(dana, 'Please look back');
  const { sent } = await fills(dana, back, 'Retrospective…', {
    'How did the implementation go?': 'We stopped after ten minutes.',
    'Were the success criteria met?': 'No: p95 was at 900 ms.',
    'Issues and their root causes': 'The replica is too small for a Saturday.',
    'What went well': 'We noticed within a minute.',
    'What could be improved': 'Test with the load of a Saturday.',
    Recommendations: 'Read replicas first.',
  });
  expect(sent.outcome).toBe('closed');
  await history(dana, change.number, 'Test with the load of a Saturday.');
  await says(dana, await headline(dana, change.number), 'Closed (rolled back)');
});

it('expires thirty days after its window, once', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  const { number } = await filed(docket, DANA, 'standard');
  await approves(slack.as('jonas'));
  await carried(dana);
  await windTo(slack, WINDOW + 2 * HOUR + 30 * DAY - 1000);
  await docket.delivery.idle();
  expect(await recorded(docket, number, 'Expired')).toEqual([]);
  await windTo(slack, WINDOW + 2 * HOUR + 31 * DAY);
  await told(dana, 'has expired');
  await says(dana, await headline(dana, number), 'Expired');
  expect(await recorded(docket, number, 'Expired')).toHaveLength(1);
});

it('starts and finishes once, however often it is said', async () => {
  const { slack, docket } = await openDocket();
  const maya = slack.as('maya');
  const { number } = await ready(slack, docket, MAYA);
  const card = await carried(maya);
  const twice = () =>
    slack.act({ as: DANA, verb: 'fault', fault: { on: 'delivery', what: 'duplicate', times: 1 } });
  await maya.press(card, 'Start…');
  const form = await maya.opened('Start');
  await form.fill({ 'How is it carried out?': 'Standard' });
  await twice();
  expect(await form.submit()).toMatchObject({ outcome: 'closed' });
  await says(maya, card, '[Finish…]');
  await maya.press(card, 'Finish…');
  const finish = await maya.opened('Finish');
  await finish.fill({
    'How did it go?': 'Success',
    'What was deployed (pull request, commit or pipeline run)': 'https://git.example.com/search/pull/42',
  });
  await twice();
  expect(await finish.submit()).toMatchObject({ outcome: 'closed' });
  await toVerify(slack.as('jonas'), { slack, docket });
  await docket.delivery.idle();
  for (const type of ['Started', 'Finished'] as const)
    expect(await recorded(docket, number, type)).toHaveLength(1);
  expect(await recorded(docket, number, 'Finished')).toMatchObject([
    { deployed: 'https://git.example.com/search/pull/42' },
  ]);
  expect(await recorded(docket, number, 'Refused')).toEqual([]);
  expect(slack.as('jonas').dms()).toHaveLength(2);
});

it('refuses whoever tries from a card that was theirs before an edit', async () => {
  const { slack, docket } = await openDocket();
  const change = await filed(docket, DANA, 'standard', { implementer: MAYA });
  await approves(slack.as('jonas'));
  const card = await carried(slack.as('maya'));
  await does(docket, change, step.edits({ implementer: NADIA }));
  await approves(slack.as('jonas'));
  await carried(slack.as('nadia'));
  await says(slack.as('maya'), card, 'this approval no longer holds');
  expect(slack.as('maya').read(card)).not.toContain('[Start…]');
});

it('asks for the tests that come after an emergency before it is verified', async () => {
  const { slack, docket } = await openDocket();
  const [olga, priya] = [slack.as('olga'), slack.as('priya')];
  const change = await filed(docket, DANA, 'emergency', { implementer: PRIYA });
  for (const who of ['maya', 'olga', 'klaus']) await approves(slack.as(who));
  const card = await carried(priya);
  const before =
    (test: string): step.Step =>
    (_, at) => ({
      ...{ type: 'RecordTests', by: PRIYA, at },
      tests: [{ test, result: 'pass', environment: 'Staging' }],
    });
  const ready = [before('critical'), before('basic_integration'), step.prepares(PRIYA), step.starts(PRIYA)];
  await does(docket, change, ...ready, step.finishesUntested(PRIYA));
  await says(priya, card, 'record the tests that come afterwards');
  const met = { Remarks: 'All seen.' };
  const early = await fills(olga, await toVerify(olga, { slack, docket }), 'Verify…', met);
  expect(Object.values(early.sent.errors)[0]).toContain(
    'still has to record these tests: Post-implementation validation',
  );
  await fills(priya, card, 'Record tests…', {
    'Which tests?': ['Post-implementation validation (manual)'],
    'How did they go?': 'Passed',
  });
  await says(priya, card, 'It waits to be verified');
  expect(await early.form.submit()).toMatchObject({ outcome: 'closed' });
  await history(slack.as('dana'), change.number, 'verified it');
});
