import { expect, it } from 'vitest';
import type { Fault } from '../../src/local-slack/protocol.ts';
import { DANA, MAYA, SAM } from '../change/company.ts';
import * as step from '../change/steps.ts';
import { onBoth } from '../db/both.ts';
import { does, WINDOW, windTo } from './carrying-out.ts';
import { type Opened, openDocket } from './open-docket.ts';
import { approves, asked, filed, headline, recorded, recordOf, told } from './steps.ts';

const MINUTE = 60_000;
const [CAB, GENERAL] = ['C02CABBOARD', 'C02GENERAL1'];

onBoth('who was told', (_open, urls) => {
  it('is in the record, with when and where, or why not; in its export; and nobody hears of that', async () => {
    const opened = await openDocket({ databaseUrl: await urls.fresh() });
    const { slack, docket } = opened;
    const [dana, sam] = [slack.as('dana'), slack.as('sam')];
    const named = { stakeholders: [SAM], stakeholderChannels: [CAB, GENERAL] };
    const change = await filed(docket, DANA, 'normal', { implementer: MAYA, ...named });
    const card = await asked(slack.as('nadia'));
    for (const who of ['nadia', 'priya', 'tomas']) await approves(slack.as(who));
    for (const who of ['priya', 'wei', 'grace', 'lucia'])
      await approves(slack.as(who), 'Change Advisory Board');
    const news = await told(sam, 'is scheduled. @Maya Cohen carries it out');
    await told(dana, 'I could not tell #general, because I am not in there.');
    await docket.delivery.idle();
    await putDown(opened);
    const events = await recordOf(docket, change.number);
    const notices = (await recorded(docket, change.number, 'Notified')).flatMap((each) => each.notices);
    const first = { of: 'asked', stage: 'validation', event: 2, channel: card.channel, ts: card.ts };
    expect(notices[0]).toEqual({ ...first, to: 'U02NADIA013', at: Math.round(Number(card.ts) * 1000) });
    // Everybody whom a stage asked, each once, and by a message that stands there.
    const asks = events.flatMap((event, n) =>
      event.type === 'StageOpened'
        ? [...new Set(Object.values(event.asked).flat())].map((to) => `${to} ${n + 1} ${event.stage}`)
        : [],
    );
    const reached = notices.filter(({ of }) => of === 'asked');
    expect(reached.map(({ to, event, stage }) => `${to} ${event} ${stage}`).toSorted()).toEqual(
      asks.toSorted(),
    );
    for (const { to, ...notice } of reached)
      expect(slack.messages()).toContainEqual(
        expect.objectContaining('ts' in notice ? { channel: notice.channel, ts: notice.ts } : { to }),
      );
    const scheduled = events.findIndex(({ type }) => type === 'Scheduled') + 1;
    expect(notices.filter(({ of }) => of === 'planned')).toEqual([
      {
        of: 'planned',
        to: SAM,
        event: scheduled,
        at: expect.any(Number),
        channel: news.channel,
        ts: news.ts,
      },
      expect.objectContaining({ to: CAB, channel: CAB }),
      expect.objectContaining({
        to: GENERAL,
        failed: expect.stringMatching(/^not_in_channel, so who asked/),
      }),
    ]);

    // What was put down is no news: no card is drawn anew, nothing is said in the thread.
    const [updates, thread] = [
      slack.calls('chat.update').length,
      dana.thread(await headline(dana, change.number)),
    ];
    await putDown(opened);
    expect(slack.calls('chat.update')).toHaveLength(updates);
    expect(dana.thread(await headline(dana, change.number))).toEqual(thread);

    await dana.command(`/change show ${change.number}`);
    const shown = await dana.eventually(() => dana.ephemerals().at(-1));
    await dana.press(shown, 'Full record');
    const record = (await dana.opened(change.number)).text();
    expect(record).toMatch(/• asked for Validation: @Nadia Rossi 2026-11-25 /);
    expect(record).toMatch(
      /• told that it is planned: @Sam Tanaka, #C02CABBOARD 2026-.*; ⚠️ not #general \(not_in_channel/,
    );
  });

  it('is known by when Slack took it, although Docket was told only when it looked, and once', async () => {
    const opened = await openDocket({ databaseUrl: await urls.fresh() });
    const { slack, docket } = opened;
    const dana = slack.as('dana');
    await fault(opened, { on: 'method', method: 'chat.postMessage', answer: 'lost' });
    const { number } = await filed(docket, DANA, 'emergency');
    const asked = ['maya', 'olga', 'klaus'].map((name) => slack.as(name));
    // A Slack that gives no answers is asked one at a time.
    for (let n = 0; n < 9 && asked.some((who) => who.dms().length === 0); n++) {
      await docket.delivery.idle();
      await slack.clock.advanceTo(slack.clock.now() + MINUTE / 6);
    }
    await slack.act({ as: DANA, verb: 'clearFaults' });
    await slack.clock.advanceTo(slack.clock.now() + MINUTE);
    await docket.delivery.idle();
    await putDown(opened);
    const notices = (await recorded(docket, number, 'Notified')).flatMap((each) => each.notices);
    for (const who of asked) {
      const [card, ...more] = who.dms();
      expect(more).toEqual([]);
      const theirs = notices.filter((notice) => 'ts' in notice && notice.ts === card?.ts);
      expect(theirs.map(({ at }) => at)).toEqual([Math.round(Number(card?.ts) * 1000)]);
    }
    expect(dana.messages('changes')).toHaveLength(1);
  });
});

it('says of whom nothing could be told, when it has been given up, also after the change has moved on', async () => {
  const opened = await openDocket();
  const { slack, docket } = opened;
  const change = await filed(docket, DANA, 'normal', { implementer: MAYA, stakeholders: [SAM] });
  await does(docket, change, ...step.approvedNormal.slice(1));
  await told(slack.as('sam'), 'is scheduled');
  await windTo(slack, WINDOW);
  await docket.delivery.idle();
  // Their direct messages are not known any more, and cannot be opened.
  await docket.world.db.q.delete(docket.world.db.t.people);
  await fault(opened, { on: 'method', method: 'conversations.open', answer: 'error', code: 'user_disabled' });
  await does(
    docket,
    change,
    step.recordsTests(MAYA),
    step.prepares(MAYA),
    step.starts(MAYA),
    step.finishes(MAYA),
  );
  await docket.delivery.idle();
  await putDown(opened);
  const notices = (await recorded(docket, change.number, 'Notified')).flatMap((each) => each.notices);
  const sams = notices.filter(({ to, of }) => to === SAM && of !== 'planned');
  expect(sams).toMatchObject([
    { of: 'started', failed: 'user_disabled' },
    { of: 'ended', failed: 'user_disabled' },
  ]);
});

/** Winds on until all that has been told so far has been put down. */
async function putDown({ slack, docket }: Opened): Promise<void> {
  await slack.clock.advanceTo(slack.clock.now() + 5 * MINUTE);
  await docket.delivery.idle();
}

function fault({ slack }: Opened, what: Fault) {
  return slack.act({ as: DANA, verb: 'fault', fault: what });
}
