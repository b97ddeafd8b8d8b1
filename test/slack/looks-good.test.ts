import fc from 'fast-check';
import { expect, it } from 'vitest';
import { looksGood } from '../../src/slack/change/looks-good.ts';
import { saidIn } from '../../src/slack/wire/hear.ts';
import { DANA, NADIA } from '../change/company.ts';
import { openDocket } from './open-docket.ts';
import { answered, answeredInThread } from './spoken.ts';
import { asked, filed, headline, recordOf } from './steps.ts';

const PHRASES = ['Looks good', 'LGTM', '+1', '👍🏽', ':+1:', 'Approved!', 'ok for me', 'ship it'];

it('offers the buttons to whoever could decide now, to them alone, and counts nothing', async () => {
  const { slack, docket } = await openDocket();
  const [dana, nadia, priya] = [slack.as('dana'), slack.as('nadia'), slack.as('priya')];
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(nadia, number);
  await asked(nadia);
  await docket.delivery.idle();
  const before = await recordOf(docket, number);
  for (const hand of [dana, priya])
    for (const phrase of PHRASES) await hand.say(phrase, { in: 'changes', thread: top });
  for (const phrase of PHRASES) await answeredInThread(nadia, top, phrase, 'decide nothing here');
  expect(await recordOf(docket, number)).toEqual(before);
  expect([...dana.ephemerals(), ...priya.ephemerals()]).toEqual([]);
  expect(nadia.ephemerals()).toHaveLength(PHRASES.length);

  const [offered] = nadia.ephemerals();
  if (!offered) throw new Error('Nothing was offered.');
  expect(nadia.read(offered)).toContain('[Approve] [Reject…] [Return…] [Ask…]');
  await answered(nadia, () => nadia.press(offered, 'Approve'), `✅ You approved ${number}`);
});

it('says nothing to remarks that are no approval, outside of threads, and under other messages', async () => {
  const { slack, docket } = await openDocket();
  const nadia = slack.as('nadia');
  const { number } = await filed(docket, DANA, 'normal');
  const top = await headline(nadia, number);
  const remarks = ['not approved', 'Looks good, but wait for Tomas', 'LGTM?', 'does that look good', ''];
  for (const remark of remarks) await nadia.say(remark, { in: 'changes', thread: top });
  await nadia.say('LGTM', { in: 'changes' });
  const own = nadia.messages('changes').at(-1);
  if (!own) throw new Error('Nothing was said.');
  await nadia.say('LGTM', { in: 'changes', thread: own });
  await answeredInThread(nadia, top, 'lgtm', 'decide nothing here');
  expect(nadia.ephemerals()).toHaveLength(1);
});

it('takes the whole message and nothing else for a phrase', () => {
  for (const phrase of PHRASES) expect(looksGood(phrase)).toBe(true);
  const words = fc.constantFrom(...['not', 'if', 'but', 'no', 'never', 'until', 'looks bad', '-1']);
  fc.assert(
    fc.property(words, fc.constantFrom(...PHRASES), fc.boolean(), (word, phrase, first) => {
      expect(looksGood(first ? `${word} ${phrase}` : `${phrase} ${word}`)).toBe(false);
    }),
  );
});

it('reads nothing of what people write to each other, and survives whatever Slack may send', () => {
  const text = fc.string({ unit: 'grapheme' });
  fc.assert(
    fc.property(text, fc.boolean(), (said, inThread) => {
      const message = { type: 'message', channel_type: 'channel', user: NADIA, channel: 'C1', ts: '1.1' };
      const heard = saidIn({ ...message, text: said, ...(inThread && { thread_ts: '1.0' }) }, 'U0BOT');
      expect(heard === undefined).toBe(!inThread || !looksGood(said));
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(saidIn(anything, 'U0BOT')).toBeUndefined();
    }),
  );
  const mine = { type: 'message', channel_type: 'im', channel: 'D1', ts: '1.1', text: 'help' };
  expect(saidIn({ ...mine, user: NADIA, bot_id: 'B1' }, 'U0BOT')).toBeUndefined();
  expect(saidIn({ ...mine, user: NADIA, subtype: 'message_changed' }, 'U0BOT')).toBeUndefined();
  expect(saidIn({ ...mine, user: 'U0BOT' }, 'U0BOT')).toBeUndefined();
});
