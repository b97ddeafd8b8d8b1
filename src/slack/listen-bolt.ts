import type { App, BlockAction, RespondFn, ViewSubmitAction } from '@slack/bolt';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { PersonId } from '../change/types.ts';
import { inTurn } from '../engine/in-turn.ts';
import type { World } from '../engine/world.ts';
import { type Drawn, plainly } from './blocks.ts';
import { explain } from './explain.ts';
import { blockErrors } from './form-errors.ts';
import type { Caller, Listen, Pressed } from './listen.ts';
import { stateValues } from './parse-form.ts';
import { carriedBy, choiceOf, messageOf, viewOf } from './payloads.ts';
import { unescaped } from './plain-text.ts';

/** Bolt as `Listen`. */
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

function notice(blocks: KnownBlock[]): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  return { type: 'modal', title: plain('Docket'), close: plain('OK'), blocks };
}
