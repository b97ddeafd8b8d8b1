import { expect, it } from 'vitest';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Fault } from '../../src/local-slack/protocol.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { DANA } from '../change/company.ts';
import { onBoth } from '../db/both.ts';
import { STANDARD } from './answers.ts';
import { openDocket } from './open-docket.ts';
import { approves, asked, edits, filed, headline, history, recorded, told, typed } from './steps.ts';

onBoth('exactly once', (_open, urls) => {
  it('gives a seat to one of two who press at the same instant, and tells the other', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const [dana, jonas, olga] = [slack.as('dana'), slack.as('jonas'), slack.as('olga')];
    const { number } = await filed(docket, DANA, 'standard');
    const [his, hers] = [await asked(jonas), await asked(olga)];
    await Promise.all([jonas.press(his, 'Approve'), olga.press(hers, 'Approve')]);
    await told(dana, `${number} Rotate the TLS certificates is approved.`);
    await dana.eventually(() => [...jonas.ephemerals(), ...olga.ephemerals()].length === 1);
    const [sorry] = [...jonas.ephemerals(), ...olga.ephemerals()];
    expect(sorry?.text).toMatch(/already decided|nothing to decide/);
    await docket.delivery.idle();
    for (const type of ['Decided', 'StagePassed', 'ChangeApproved'] as const)
      expect(await recorded(docket, number, type)).toHaveLength(1);
    expect(dana.dms().filter((dm) => dana.read(dm).includes('is approved.'))).toHaveLength(1);
    const top = await headline(dana, number);
    expect(dana.thread(top).filter((note) => dana.read(note).includes('is approved'))).toHaveLength(1);
  });

  it('fills the last two seats pressed at the same instant and approves once', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const { number } = await filed(docket, DANA, 'emergency');
    await approves(slack.as('maya'));
    await Promise.all([approves(slack.as('olga')), approves(slack.as('klaus'))]);
    await told(slack.as('dana'), 'is approved.');
    expect(await recorded(docket, number, 'Decided')).toHaveLength(3);
    expect(await recorded(docket, number, 'ChangeApproved')).toHaveLength(1);
  });

  it('takes a double click for one, without a word', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const nadia = slack.as('nadia');
    const { number } = await filed(docket, DANA, 'normal');
    const card = await asked(nadia);
    await Promise.all([1, 2, 3].map(() => nadia.press(card, 'Approve')));
    await asked(slack.as('priya'), 'Technical review');
    expect(await recorded(docket, number, 'Decided')).toHaveLength(1);
    expect(await recorded(docket, number, 'Refused')).toEqual([]);
    expect(nadia.ephemerals()).toEqual([]);
  });

  it('does once what Slack says twice: a submission, a question, an approval', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const [dana, jonas] = [slack.as('dana'), slack.as('jonas')];
    await dana.command('/change new', { in: 'changes' });
    const form = await dana.opened('New change');
    await form.fill(STANDARD);
    await twice(slack);
    expect(await form.submit()).toMatchObject({ outcome: 'updated' });
    expect(dana.modal().text()).toContain('CR-2026-001');
    const card = await asked(jonas);
    await jonas.press(card, 'Ask…');
    const question = await jonas.opened('Ask');
    await question.fill({ 'Your question': 'Which keys?' });
    await twice(slack);
    expect(await question.submit()).toMatchObject({ outcome: 'closed' });
    await history(dana, 'CR-2026-001', '> Which keys?');
    await twice(slack);
    await approves(jonas);
    await told(dana, 'is approved.');
    await docket.delivery.idle();
    for (const type of ['Submitted', 'QuestionAsked', 'Decided', 'ChangeApproved'] as const)
      expect(await recorded(docket, 'CR-2026-001', type)).toHaveLength(1);
    expect(dana.messages('changes')).toHaveLength(1);
    expect(dana.dms().filter((dm) => dana.read(dm).includes('asks about'))).toHaveLength(1);
    expect(jonas.ephemerals()).toEqual([]);
  });

  it('numbers what is submitted at the same instant without a gap', async () => {
    const { slack } = await openDocket({ databaseUrl: await urls.fresh() });
    const people = ['dana', 'klaus', 'grace', 'sam', 'henrik'].map((name) => slack.as(name));
    const forms = await Promise.all(people.map((hand) => typed(hand, 'standard', STANDARD)));
    await Promise.all(forms.map((form) => form.submit()));
    const numbers = people.map((hand) => /CR-\S+/.exec(hand.modal().text())?.[0]);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `CR-2026-00${n}`));
  });

  it('refuses a click on a card that shows an older text, says so, and draws it anew', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const [dana, nadia] = [slack.as('dana'), slack.as('nadia')];
    const { number } = await filed(docket, DANA, 'normal');
    const card = await asked(nadia);
    await docket.delivery.idle();
    await fault(slack, { on: 'method', method: 'chat.update', answer: 'ratelimited', retryAfterSeconds: 2 });
    await edits(dana, number, { 'User impact': 'Searches fail for a minute.' });
    await dana.eventually(() => slack.calls('chat.update').at(-1)?.answer === 'ratelimited');
    expect(nadia.read(card)).not.toContain('Searches fail');
    await nadia.press(card, 'Approve');
    await ephemeral(nadia, `${number} has changed since this was shown to you.`);
    await slack.act({ as: DANA, verb: 'clearFaults' });
    await nadia.eventually(() => nadia.read(card).includes('Searches fail for a minute.'));
    expect(await recorded(docket, number, 'Decided')).toEqual([]);
    expect(await recorded(docket, number, 'Refused')).toMatchObject([{ code: 'stale' }]);
    await approves(nadia);
  });

  it('draws anew a card of which Slack never said that it was posted, once it is found', async () => {
    const { slack, docket } = await openDocket({ databaseUrl: await urls.fresh() });
    const dana = slack.as('dana');
    await fault(slack, { on: 'method', method: 'chat.postMessage', answer: 'lost', times: 1 });
    const { number } = await filed(docket, DANA, 'emergency');
    for (const name of ['maya', 'olga', 'klaus']) {
      const card = await asked(slack.as(name));
      await slack.as(name).press(card, 'Approve');
    }
    await slack.clock.advanceTo(slack.clock.now() + 10_000);
    const top = await headline(dana, number);
    await dana.eventually(() => dana.read(top).includes('Approved'));
    for (const name of ['maya', 'olga', 'klaus'])
      await dana.eventually(() =>
        slack
          .as(name)
          .dms()
          .every((dm) => !slack.as(name).read(dm).includes('[Approve]')),
      );
    expect(dana.messages('changes')).toHaveLength(1);
  });

  it('delivers once although two replicas share the database and the Slack', async () => {
    const databaseUrl = await urls.fresh();
    const { slack, docket } = await openDocket({ databaseUrl });
    const second = await openDocket({ databaseUrl, slack });
    const dana = slack.as('dana');
    const changes = await Promise.all(
      [docket, second.docket, docket, second.docket].map((each) => filed(each, DANA, 'emergency')),
    );
    for (const { number } of changes) await headline(dana, number);
    for (const name of ['maya', 'olga', 'klaus'])
      await slack.as(name).eventually(() => slack.as(name).dms().length === 4);
    for (const name of ['maya', 'olga', 'klaus'])
      await Promise.all(
        slack
          .as(name)
          .dms()
          .map((card) => slack.as(name).press(card, 'Approve')),
      );
    await dana.eventually(
      () => dana.dms().filter((dm) => dana.read(dm).includes('is approved.')).length === 4,
    );
    await docket.delivery.idle();
    await second.docket.delivery.idle();
    expect(dana.messages('changes')).toHaveLength(4);
    expect(slack.as('maya').dms()).toHaveLength(4);
    expect(dana.dms()).toHaveLength(8);
    // What one click brings about may be one message.
    const story = (top: Parameters<typeof dana.thread>[0]) =>
      dana.thread(top).flatMap((reply) => dana.read(reply).split('\n'));
    for (const top of dana.messages('changes')) expect(story(top)).toHaveLength(6);
  });
});

function fault(slack: LocalSlack, what: Fault) {
  return slack.act({ as: DANA, verb: 'fault', fault: what });
}

function twice(slack: LocalSlack) {
  return fault(slack, { on: 'delivery', what: 'duplicate', times: 1 });
}

function ephemeral(hand: Hand, words: string) {
  return hand.eventually(() => hand.ephemerals().find((message) => hand.read(message).includes(words)));
}
