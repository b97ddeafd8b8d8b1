import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { machineClock, windableClock } from '../../src/clock.ts';
import { CHANGES, DANA, openSlack } from './harness.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'local-slack-')), 'kept', 'slack.json');
const newClock = () => windableClock(machineClock(() => Date.now()));

test('messages, homes, what was read and the clock survive a restart', async () => {
  const file = newFile();
  const first = await openSlack({ file, clock: newClock() });
  const web = new WebClient(first.botToken, { slackApiUrl: first.apiUrl });
  const { ts } = await web.chat.postMessage({ channel: CHANGES, text: 'Kept' });
  await web.chat.postMessage({ channel: DANA, text: 'Also kept' });
  const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text: 'Home' } }];
  await web.views.publish({ user_id: DANA, view: { type: 'home', blocks } });
  await first.act({ as: DANA, verb: 'read', channel: CHANGES });
  const week = 7 * 24 * 3_600_000;
  expect(await first.act({ as: DANA, verb: 'windTo', at: first.snapshot(DANA).now + week })).toEqual({
    ok: true,
  });
  expect(await first.act({ as: DANA, verb: 'windTo', at: 0 })).toMatchObject({ ok: false });
  await first.close();

  const second = await openSlack({ file, clock: newClock() });
  const dana = second.as('dana');
  expect(dana.messages('changes')).toMatchObject([{ text: 'Kept', ts }]);
  expect(dana.dms()).toMatchObject([{ text: 'Also kept' }]);
  expect(dana.home().text()).toBe('Home');
  expect(dana.snapshot().conversations.find(({ id }) => id === CHANGES)?.unread).toBe(0);
  expect(second.as('jonas').snapshot().unreadByPerson).toMatchObject({ U02JONAS002: 0, [DANA]: 1 });
  expect(dana.snapshot().now).toBeGreaterThan(Date.now() + week - 1000);
  const again = new WebClient(second.botToken, { slackApiUrl: second.apiUrl });
  await again.chat.update({ channel: CHANGES, ts: ts ?? '', text: 'Changed' });
  await second.close();
  expect(readFileSync(file, 'utf8')).toContain('Changed');
  expect(readdirSync(join(file, '..'))).toEqual(['slack.json']);
});

test('a file that cannot be read is left alone', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'local-slack-')), 'slack.json');
  writeFileSync(file, '{"version": 1, "teamId"');
  await expect(openSlack({ file })).rejects.toThrow('Move it away to start with a new one');
  expect(readFileSync(file, 'utf8')).toBe('{"version": 1, "teamId"');
});
