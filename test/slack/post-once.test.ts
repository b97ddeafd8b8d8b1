import { expect, it, onTestFinished } from 'vitest';
import { makePace } from '../../src/slack/wire/pace.ts';
import { postOnce } from '../../src/slack/wire/post-once.ts';
import { CHANGES, client, openSlack } from '../local-slack/harness.ts';

const drawn = (text: string) => ({ text, blocks: [] });

async function open() {
  const slack = await openSlack();
  onTestFinished(() => slack.close());
  const web = client(slack);
  const pace = makePace({ now: () => 0, alarm: () => () => {} }, 0);
  /** As a replica does it that was killed before it heard the answer, and as another one does it after that. */
  const post = (id: string, at: number, resumed: boolean, thread?: string) =>
    postOnce(web, pace, {
      ...{ channel: CHANGES, job: { id, at, resumed }, drawn: drawn(id) },
      ...(thread !== undefined && { thread }),
    });
  const times = (id: string) => slack.messages().filter(({ text }) => text === id).length;
  return { web, post, times };
}

it.each([
  'in a channel',
  'in a thread',
])('finds what was posted %s before hundreds of other messages, and does not post it again', async (where) => {
  const { web, post, times } = await open();
  const top = await post('top', 0, false);
  const thread = where === 'in a thread' ? top.ts : undefined;
  const at = Number(top.ts) * 1000;
  const posted = await post('c-1/2/1', at, false, thread);
  const more = { channel: CHANGES, ...(thread !== undefined && { thread_ts: thread }) };
  for (let n = 0; n < 450; n++) await web.chat.postMessage({ ...more, text: `another ${n}` });
  expect(await post('c-1/2/1', at, true, thread)).toEqual(posted);
  expect(times('c-1/2/1')).toBe(1);
  // What was never posted is not found, and is posted.
  await post('c-1/2/2', at, true, thread);
  expect(times('c-1/2/2')).toBe(1);
});
