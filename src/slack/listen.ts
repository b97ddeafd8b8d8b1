import type { App, BlockAction, MessageShortcut, RespondFn, ViewSubmitAction } from '@slack/bolt';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonId } from '../change/types.ts';
import { inTurn } from '../engine/in-turn.ts';
import type { World } from '../engine/world.ts';
import { unsuffixed } from './block-id.ts';
import { type Drawn, plainly } from './blocks.ts';
import { explain } from './explain.ts';
import { blockErrors } from './form-errors.ts';
import { type StateValues, stateValues } from './parse-form.ts';
import { unescaped } from './plain-text.ts';

/** Somebody acting, whichever way. */
export interface Caller {
  by: PersonId;
  /**
   * Opens a modal; Slack allows three seconds from the click. `later` may look things up and have it redrawn, which
   * is not done any more if it has been redrawn meanwhile; trouble in it disturbs nobody.
   */
  open(view: ModalView, later?: () => Promise<ModalView | undefined>): Promise<void>;
  /** Says something to this person only. */
  reply(drawn: Drawn): Promise<void>;
}

/** `/change word the rest` */
export interface Spoken extends Caller {
  /** All that follows the first word. */
  words: string;
}

export interface Pressed extends Caller {
  /** What the button carries. To be parsed before it is believed. */
  value: unknown;
  /** The block that it stands in. */
  block: string;
  /** What is now ticked, where it is a group of checkboxes. */
  chosen: string[];
  /** The modal or Home in which it was pressed, if it was in one. */
  view?: { id: string; callback: string; metadata: string; values: StateValues };
  /** It was pressed in a message that only this person sees and that nobody redraws. */
  ephemeral: boolean;
  /** Redraws the view in which it was pressed; what is typed there stays. A function draws it when its turn comes. */
  update(view: ModalView | (() => Promise<ModalView | undefined>)): Promise<void>;
}

export interface Chosen extends Caller {
  /** The message in whose menu it was chosen. */
  message?: { text: string; link: string };
}

export interface Sent {
  by: PersonId;
  metadata: string;
  values: StateValues;
  /** Slack's id of the view: the same when Slack delivers the same submission again. */
  viewId: string;
}

/** Listens in one way only: acknowledge, parse, call, and turn a "no" into words for the person. */
export interface Listen {
  command(run: (caller: Spoken) => Promise<void>): void;
  button(action: string | RegExp, run: (pressed: Pressed) => Promise<void>): void;
  /** What it returns takes the form's place; nothing closes it. A `Refusal` is shown in the form, which stays. */
  submit(callback: string, run: (sent: Sent) => Promise<ModalView | undefined>): void;
  /** A shortcut of the manifest, chosen in the menu of a message or without one. */
  shortcut(callback: string, run: (chosen: Chosen) => Promise<void>): void;
  /** Somebody opens Docket's Home. */
  home(draw: (person: PersonId) => Promise<HomeView>): void;
  /** Waits for what has been acknowledged and not finished; Bolt's own stop does not. */
  drained(): Promise<void>;
}

export function makeListen(app: App, world: World): Listen {
  const underWay = new Set<Promise<void>>();
  const tracked = (work: Promise<void>): Promise<void> => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };

  let drawHome: ((person: PersonId) => Promise<HomeView>) | undefined;
  const publish = async (client: WebClient, person: PersonId) => {
    if (drawHome) await client.views.publish({ user_id: person, view: await drawHome(person) });
  };
  const inViewTurn = inTurn();

  return {
    command(run) {
      app.command('/change', ({ ack, command, client, respond }) => {
        const caller = {
          by: command.user_id,
          words: unescaped(command.text),
          open: opener(client, command.trigger_id, 'open'),
          reply: ({ text, blocks }: Drawn) =>
            respond({ response_type: 'ephemeral', text, blocks }).then(() => {}),
        };
        return tracked(ack().then(() => orSay(caller, () => run(caller))));
      });
    },
    button(action, run) {
      app.action(action, ({ ack, body, action: pressed, client, respond }) => {
        const at = body as BlockAction; // only Block Kit is ever posted, so this is what comes back
        const by = at.user.id;
        const view = at.view && viewOf(at.view);
        const open = opener(client, at.trigger_id, at.view?.type === 'modal' ? 'push' : 'open');
        const caller: Pressed = {
          ...{
            by,
            value: carriedBy(pressed),
            ...choiceOf(pressed),
            open,
            ephemeral: at.container?.is_ephemeral === true,
          },
          ...(view && { view }),
          update: (modal) =>
            inViewTurn(view?.id ?? '', async () => {
              const drawn = typeof modal === 'function' ? await modal() : modal;
              if (drawn) await client.views.update({ view_id: view?.id ?? '', view: drawn });
            }),
          reply: replying(at.response_url ? respond : undefined, open),
        };
        const pressedInHome = async () => {
          if (at.view?.type === 'home') await publish(client, by);
        };
        return tracked(
          ack()
            .then(() => orSay(caller, () => run(caller)))
            .then(pressedInHome),
        );
      });
    },
    shortcut(callback, run) {
      app.shortcut(callback, ({ ack, body, client, respond }) => {
        const open = opener(client, body.trigger_id, 'open');
        const message = body.type === 'message_action' ? messageOf(body) : undefined;
        const reply = replying(message ? respond : undefined, open);
        const caller = { by: body.user.id, open, reply, ...(message && { message }) };
        return tracked(ack().then(() => orSay(caller, () => run(caller))));
      });
    },
    submit(callback, run) {
      app.view<ViewSubmitAction>({ callback_id: callback, type: 'view_submission' }, ({ ack, body }) => {
        const { view } = body;
        const answer = async () => {
          const values = stateValues.parse(view.state.values);
          const next = await run({
            by: body.user.id,
            metadata: view.private_metadata,
            values,
            viewId: view.id,
          });
          return next
            ? ({ response_action: 'update', view: next } as const)
            : ({ response_action: 'clear' } as const);
        };
        const errors = async (error: unknown) => {
          const explained = explain(world, error);
          const beside = await blockErrors(world, explained, view.blocks);
          return beside
            ? ({ response_action: 'errors', errors: beside } as const)
            : ({ response_action: 'push', view: notice(plainly(explained.sentence).blocks) } as const);
        };
        return tracked(
          answer()
            .catch(errors)
            .then((response) => ack(response)),
        );
      });
    },
    home(draw) {
      drawHome = draw;
      app.event('app_home_opened', ({ event, client }) =>
        event.tab === 'home' ? tracked(publish(client, event.user)) : Promise.resolve(),
      );
    },
    drained: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };

  function opener(client: WebClient, trigger_id: string, how: 'open' | 'push'): Caller['open'] {
    return async (view, later) => {
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

  async function orSay(caller: Caller, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const { sentence } = explain(world, error);
      await caller
        .reply(plainly(sentence))
        .catch((failed) => world.log.warn({ err: failed }, 'could not tell a person what went wrong'));
    }
  }
}

/** Slack gives an answer address only for messages; elsewhere the words come as a window of their own. */
function replying(respond: RespondFn | undefined, open: Caller['open']): Caller['reply'] {
  return async ({ text, blocks }) =>
    respond
      ? void (await respond({ response_type: 'ephemeral', replace_original: false, text, blocks }))
      : open(notice(blocks));
}

/** The message, and its address as Slack makes it. */
function messageOf({ message, message_ts: ts, channel, team }: MessageShortcut): Chosen['message'] {
  const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${ts.replace('.', '')}${thread}`;
  return { text: message.text ?? '', link: `https://${team?.domain ?? 'app'}.slack.com/${path}` };
}

function viewOf(view: NonNullable<BlockAction['view']>): NonNullable<Pressed['view']> {
  const values = stateValues.safeParse(view.state?.values).data ?? {};
  return {
    id: view.id,
    callback: view.callback_id,
    metadata: view.private_metadata,
    values,
  };
}

function notice(blocks: KnownBlock[]): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return { type: 'modal', title: plain('Docket'), close: plain('OK'), blocks };
}

const choice = z.object({
  block_id: z.string().default('').transform(unsuffixed),
  selected_options: z.array(z.object({ value: z.string() })).default([]),
});

function choiceOf(action: object): Pick<Pressed, 'block' | 'chosen'> {
  const parsed = choice.safeParse(action).data;
  return { block: parsed?.block_id ?? '', chosen: parsed?.selected_options.map(({ value }) => value) ?? [] };
}

function carriedBy(action: object): unknown {
  return 'value' in action ? action.value : undefined;
}
