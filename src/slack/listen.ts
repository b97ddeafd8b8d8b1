import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { HomeView, ModalView } from '@slack/types';
import type { PersonId } from '../change/types.ts';
import type { World } from '../engine/world.ts';
import { type Drawn, plainly } from './blocks.ts';
import { explain } from './explain.ts';
import { blockErrors } from './form-errors.ts';
import { type StateValues, stateValues } from './parse-form.ts';

/** Somebody acting, whichever way. */
export interface Caller {
  by: PersonId;
  /** Opens a modal; Slack allows three seconds from the click. */
  open(view: ModalView): Promise<void>;
  /** Says something to this person only. */
  reply(drawn: Drawn): Promise<void>;
}

/** `/change word the rest` */
export interface Spoken extends Caller {
  /** All that follows the first word. */
  words: string;
}

export interface Pressed extends Caller {
  /** What the button carries, or the choice that was made. To be parsed before it is believed. */
  value: unknown;
  /** The modal or Home in which it was pressed, if it was in one. */
  view?: { id: string; hash: string; callback: string; metadata: string; values: StateValues };
  update(view: ModalView): Promise<void>;
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

  return {
    command(run) {
      app.command('/change', ({ ack, command, client, respond }) => {
        const caller = {
          by: command.user_id,
          words: command.text,
          open: async (view: ModalView) =>
            void (await client.views.open({ trigger_id: command.trigger_id, view })),
          reply: ({ text, blocks }: Drawn) =>
            respond({ response_type: 'ephemeral', text, blocks }).then(() => {}),
        };
        return tracked(ack().then(() => orSay(caller, () => run(caller))));
      });
    },
    button(action, run) {
      app.action(action, ({ ack, body, action: pressed, client, respond }) => {
        const at = body as BlockAction; // only Block Kit is ever posted, so this is what comes back
        const view = at.view && viewOf(at.view);
        const caller: Pressed = {
          by: at.user.id,
          value: carriedBy(pressed),
          ...(view && { view }),
          open: async (modal) => void (await client.views.open({ trigger_id: at.trigger_id, view: modal })),
          update: async (modal) =>
            void (view && (await client.views.update({ view_id: view.id, hash: view.hash, view: modal }))),
          reply: ({ text, blocks }) =>
            respond({ response_type: 'ephemeral', replace_original: false, text, blocks }).then(() => {}),
        };
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
        const errors = (error: unknown) => ({
          response_action: 'errors' as const,
          errors: blockErrors(explain(world, error), view.blocks),
        });
        return tracked(
          answer()
            .catch(errors)
            .then((response) => ack(response)),
        );
      });
    },
    home(draw) {
      app.event('app_home_opened', ({ event, client }) => {
        if (event.tab !== 'home') return Promise.resolve();
        return tracked(
          draw(event.user).then(
            async (view) => void (await client.views.publish({ user_id: event.user, view })),
          ),
        );
      });
    },
    drained: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };

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

function viewOf(view: NonNullable<BlockAction['view']>): NonNullable<Pressed['view']> {
  const values = stateValues.safeParse(view.state?.values).data ?? {};
  return {
    id: view.id,
    hash: view.hash,
    callback: view.callback_id,
    metadata: view.private_metadata,
    values,
  };
}

function carriedBy(action: object): unknown {
  return 'value' in action ? action.value : undefined;
}
