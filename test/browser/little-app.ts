import type { App } from '@slack/bolt';
import { plain } from '../local-slack/plain.ts';
import { everyInput } from './form.ts';

type Values = Record<string, Record<string, unknown>>;

export interface LittleApp {
  write(bot: App): void;
  /** What the last submit held. */
  submitted(): Values | undefined;
}

/** An app that opens a form, posts what it was given, and asks Lucía to approve it. */
export function littleApp(): LittleApp {
  let values: Values | undefined;
  return {
    submitted: () => values,
    write(bot) {
      bot.command('/change', async ({ ack, command, body, client }) => {
        if (command.text !== 'new') return ack(`There is no “${command.text}”.`);
        await client.views.open({ trigger_id: body.trigger_id, view: everyInput() });
        await ack();
      });
      bot.action('more', async ({ ack, body, client }) => {
        await ack();
        if (!('view' in body) || !body.view) return;
        const view = everyInput();
        const note = { type: 'section' as const, text: plain('One more line') };
        await client.views.update({
          view_id: body.view.id,
          view: { ...view, blocks: [note, ...view.blocks] },
        });
      });
      bot.view('every', async ({ ack, view, client }) => {
        values = view.state.values as unknown as Values; // Bolt's type names every field of every element
        const title = String(view.state.values.title?.title?.value);
        if (title === 'bad') return ack({ response_action: 'errors', errors: { title: 'Say it in words.' } });
        await ack();
        const { channel } = await client.conversations.open({ users: 'U02LUCIA004' });
        await client.chat.postMessage({
          channel: channel?.id ?? '',
          text: `Approve ${title}?`,
          blocks: [
            { type: 'section', text: { type: 'mrkdwn', text: `*${title}*` } },
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  action_id: 'approve',
                  style: 'primary',
                  text: plain('Approve'),
                  confirm: { title: plain('Sure?'), text: plain('It is final.'), confirm: plain('Do it') },
                },
              ],
            },
          ],
        });
      });
      bot.action('approve', async ({ ack, respond, body }) => {
        await ack();
        await respond({ replace_original: true, text: `Approved by <@${body.user.id}>` });
      });
      bot.event('app_home_opened', async ({ event, client }) => {
        const blocks = [{ type: 'header' as const, text: plain('Nothing waits for you') }];
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
    },
  };
}
