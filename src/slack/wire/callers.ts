import type { RespondFn } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { inTurn } from '../../engine/in-turn.ts';
import type { World } from '../../engine/world.ts';
import { plainly } from '../blocks/blocks.ts';
import { label } from '../blocks/inputs.ts';
import { unescaped } from '../blocks/plain-text.ts';
import { blockErrors } from '../form/form-errors.ts';
import type { Caller, Chosen, Pressed, Sent, Spoken } from '../listen.ts';
import type { Choice, Command, Press, Sending } from './arrivals.ts';
import { isViewGone } from './errors.ts';
import { explain } from './explain.ts';

/** Acknowledges once, whoever comes first; what comes later changes nothing. */
interface Acknowledge {
  (answer?: object): Promise<void>;
  done(): boolean;
}

/** What a caller is made with: the way back to whoever acted. */
export interface Back {
  client: WebClient;
  acked: Acknowledge;
  /** Slack gives an answer address only for commands and messages. */
  respond?: RespondFn;
}

export function acknowledgeOnce(ack: (answer?: object) => Promise<void>): Acknowledge {
  let first: Promise<void> | undefined;
  const acked = (answer?: object) => {
    first ??= ack(answer);
    return first;
  };
  return Object.assign(acked, { done: () => first !== undefined });
}

/**
 * Those who act, each with the ways in which they can be answered. What a click sets off is saved before Slack hears
 * that the click has arrived, so that nothing is lost that was acknowledged; and Slack hears it before it is asked for
 * anything else, since it waits three seconds only.
 */
export function makeCallers(world: World) {
  const inViewTurn = inTurn();
  return { spoken, pressed, chosen, submitted };

  function spoken({ user_id: by, text, trigger_id }: Command, back: Back): Spoken {
    const { acked, respond } = back;
    return {
      ...{ by, words: unescaped(text), open: opener(back, trigger_id, 'open') },
      // The first words go along with the acknowledgement, which saves a call.
      async reply(drawn) {
        const answer = { response_type: 'ephemeral' as const, ...drawn };
        await (acked.done() ? respond?.(answer) : acked(answer));
      },
    };
  }

  function pressed(
    { user, trigger_id, view, state, container, actions: [action] }: Press,
    back: Back,
  ): Pressed {
    const { client, acked } = back;
    const open = opener(back, trigger_id, view?.type === 'modal' ? 'push' : 'open');
    const { id = '', callback_id: callback = '', private_metadata: metadata = '' } = view ?? {};
    const values = view?.state ?? state;
    const reply = replying(back, open);
    const update: Pressed['update'] = (modal) =>
      inViewTurn(id, async () => {
        const drawn = typeof modal === 'function' ? await modal() : modal;
        await acked();
        if (drawn) await client.views.update({ view_id: id, view: drawn }).catch(unlessClosed);
      });
    return {
      ...{ by: user.id, open, reply, update, value: action.value, block: action.block_id },
      chosen: [...action.selected_options, ...(action.selected_option ? [action.selected_option] : [])].map(
        ({ value }) => value,
      ),
      ephemeral: container?.is_ephemeral === true || view?.type === 'modal',
      ...(container?.channel_id && { where: container.channel_id }),
      values,
      ...(view && { view: { id, callback, metadata, values } }),
      turn: (drawn) => (view?.type === 'modal' ? update(notice(drawn.blocks)) : reply(drawn)),
    };
  }

  function chosen(choice: Choice, back: Back): Chosen {
    const open = opener(back, choice.trigger_id, 'open');
    const message = choice.type === 'message_action' ? messageOf(choice) : undefined;
    return { by: choice.user.id, open, reply: replying(back, open), ...(message && { message }) };
  }

  /** The answer to a form: what takes its place, or what is wrong with it. */
  async function submitted(
    { user, view }: Sending,
    run: ((sent: Sent) => Promise<ModalView | undefined>) | undefined,
  ): Promise<object> {
    if (!run) return { response_action: 'push', view: notice(plainly(NOT_MINE).blocks) };
    const { id: viewId, private_metadata: metadata, state, blocks } = view;
    try {
      const next = await run({ by: user.id, metadata, values: state.values, viewId });
      return next ? { response_action: 'update', view: next } : { response_action: 'clear' };
    } catch (error) {
      const explained = explain(world, error);
      const errors = await blockErrors(world, explained, blocks, user.id);
      return errors
        ? { response_action: 'errors', errors }
        : { response_action: 'push', view: notice(plainly(explained.sentence).blocks) };
    }
  }

  function opener({ client, acked }: Back, trigger_id: string, how: 'open' | 'push'): Caller['open'] {
    return async (view, later) => {
      await acked();
      const opened = (await client.views[how]({ trigger_id, view })).view;
      if (!later || !opened?.id) return;
      const { id: view_id, hash = '' } = opened;
      const redraw = async () => {
        const next = await later();
        if (next) await client.views.update({ view_id, hash, view: next });
      };
      await redraw().catch((err) => world.log.debug({ err }, 'a form stayed as it was opened'));
    };
  }
}

export const NOT_MINE = 'This is not one of mine any more. Try `/change list`.';

/** Whoever has closed a window meanwhile has nothing to see in it any more; what they did in it is saved. */
function unlessClosed(error: unknown): void {
  if (!isViewGone(error)) throw error;
}

/** Without an answer address the words come as a window of their own. */
function replying({ respond, acked }: Back, open: Caller['open']): Caller['reply'] {
  return async ({ text, blocks }) => {
    if (!respond) return open(notice(blocks));
    await acked();
    await respond({ response_type: 'ephemeral', replace_original: false, text, blocks });
  };
}

/** The message, and its address as Slack makes it. */
function messageOf({ message, message_ts, channel, team }: Choice): Chosen['message'] {
  if (!message || !message_ts || !channel) return undefined;
  const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${message_ts.replace('.', '')}${thread}`;
  return { text: message.text ?? '', link: `https://${team?.domain ?? 'app'}.slack.com/${path}` };
}

function notice(blocks: KnownBlock[]): ModalView {
  return { type: 'modal', title: label('Docket'), close: label('OK'), blocks };
}
