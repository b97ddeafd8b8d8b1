import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { saveMessage } from '../../src/db/messages.ts';
import { handle } from '../../src/engine/handle.ts';
import { makePace } from '../../src/slack/wire/pace.ts';
import { makePerform } from '../../src/slack/wire/perform.ts';
import { DANA } from '../change/company.ts';
import { complete } from '../change/proposals.ts';
import { onSqlite } from '../db/both.ts';
import { makeTestWorld, settle } from '../engine/open-world.ts';

const SECOND = 1_000;

onSqlite('cards that are drawn anew', (open) => {
  /** A few changes, the cards of each in a channel and in direct messages, and what Slack does as one is updated. */
  async function start(changes: number, update: (channel: string) => Promise<void> = async () => {}) {
    const world = makeTestWorld(await open());
    await settle(world);
    const drawn: string[] = [];
    for (let n = 1; n <= changes; n++) {
      const [id, proposal] = [`c-${n}`, complete.emergency()];
      await handle(world, id, { type: 'Submit', id, category: 'emergency', proposal }, DANA);
      const card = { stream: id, drawnSeq: 0, ts: String(n) };
      await saveMessage(world.db, { ...card, audience: 'headline', channel: 'C1' });
      await saveMessage(world.db, { ...card, audience: `requester/${DANA}`, channel: `D${n}` });
    }
    const chat = {
      async update({ channel, ts }: { channel: string; ts: string }) {
        await update(channel);
        drawn.push(`${channel} ${ts}`);
      },
    };
    // Nothing else of the client is used.
    const client = { chat } as unknown as WebClient;
    const pace = () => makePace(world.clock, SECOND);
    const perform = makePerform(world, client, pace(), pace());
    const redraw = (n: number) =>
      perform({
        ...{ id: `c-${n}/redraw`, stream: `c-${n}`, effect: { do: 'redraw' }, seq: 0, resumed: false },
        ...{ behind: [], room: async () => undefined, mine: async () => true },
      });
    return { redraw, drawn, clock: world.clock, start: world.clock.now() };
  }

  it('have one turn a second in each channel, and wait for it in the outbox', async () => {
    const { redraw, drawn, clock, start: at } = await start(3);
    expect(await redraw(1)).toEqual({ end: 'done' });
    expect(await redraw(2)).toMatchObject({ end: 'held', until: at + SECOND });
    expect(await redraw(3)).toMatchObject({ end: 'held', until: at + 2 * SECOND });
    // What stands elsewhere does not wait.
    expect(drawn.sort()).toEqual(['C1 1', 'D1 1', 'D2 2', 'D3 3']);
    await clock.advanceTo(at + SECOND);
    expect(await redraw(2)).toEqual({ end: 'done' });
    expect(drawn.slice(4)).toEqual(['C1 2']);
  });

  it('all wait as long as Slack asks one of them to', async () => {
    const {
      redraw,
      drawn,
      start: at,
    } = await start(2, async (channel) => {
      if (channel === 'D1') throw new WebAPIRateLimitedError(30);
    });
    expect(await redraw(1)).toMatchObject({ end: 'later', after: 30 * SECOND });
    expect(await redraw(2)).toMatchObject({ end: 'held', until: at + 30 * SECOND });
    expect(drawn).toEqual(['C1 1']);
  });

  it('are settled only when nothing is under way any more, which could come after what is drawn next', async () => {
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { redraw, drawn } = await start(1, async (channel) => {
      if (channel === 'D1') throw new WebAPIRateLimitedError(1);
      await slow;
    });
    const settled = redraw(1).then(() => [...drawn]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer();
    expect(await settled).toEqual(['C1 1']);
  });
});
