import type { App } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { Refusal } from '../../change/refusal.ts';
import type { PersonId } from '../../change/types.ts';
import { firstDelivery } from '../../db/deliveries.ts';
import { findPerson } from '../../db/people.ts';
import { needMember } from '../../engine/member.ts';
import type { World } from '../../engine/world.ts';
import { type Drawn, plainly } from '../blocks/blocks.ts';
import { ACTION } from '../change/step-buttons.ts';
import { changeAt } from '../find.ts';
import type { Caller, Listen } from '../listen.ts';
import { type Arrival, keyOf, readArrival, viaOf } from './arrivals.ts';
import { acknowledgeOnce, type Back, makeCallers, NOT_MINE } from './callers.ts';
import { meet } from './directory.ts';
import { explain } from './explain.ts';
import { type Said, saidIn } from './hear.ts';

/** Slack waits three seconds. What takes longer, as in a database in trouble, is answered by what follows. */
const SLOWEST_ACK_MS = 2_500;

export function makeListen(app: App, world: World): Listen {
  const underWay = new Set<Promise<void>>();
  const tracked = (work: Promise<void>): Promise<void> => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };
  const callers = makeCallers(world);
  const buttons = makeTable<Parameters<Listen['button']>[1]>();
  const forms = makeTable<Parameters<Listen['submit']>[1]>();
  const shortcuts = makeTable<Parameters<Listen['shortcut']>[1]>();
  /** Who has opened Home since this process began. */
  const atHome = new Set<PersonId>();
  let runCommand: Parameters<Listen['command']>[0] = async () => {};
  let drawHome: ((person: PersonId) => Promise<HomeView>) | undefined;

  // One middleware instead of a listener for each thing: Bolt asks every listener about every request, one promise
  // after the other, and lets Slack wait for three seconds where none of them wanted it.
  app.use(async ({ body, client, next, ...args }) => {
    if ('event' in body)
      return world.arriving.during({ key: `event ${body.event_id}`, via: 'message' }, next);
    const arrival = readArrival(body);
    const answered = world.peopleFirst.waits();
    // Bolt's types know what may be answered to what; here it is one function for all.
    const ack = 'ack' in args ? (args.ack as (answer?: object) => Promise<void>) : async () => {};
    const acked = acknowledgeOnce((answer) => ack(answer).finally(answered));
    if (!arrival) {
      world.log.warn(
        { type: 'type' in body ? body.type : 'command' },
        'Slack sent something that Docket does not know',
      );
      return acked();
    }
    const respond = 'respond' in args ? args.respond : undefined;
    const back: Back = { client, acked, ...(respond && { respond }) };
    const hurry = setTimeout(() => {
      // Slack may be out of reach just then: it sends it again, and what has had its effect has none a second time.
      acked().catch((err) => world.log.warn({ err }, 'Slack could not be told that its message has arrived'));
    }, SLOWEST_ACK_MS);
    return tracked(
      world.arriving
        .during({ ...keyOf(arrival), via: viaOf(arrival) }, () => hear(arrival, back))
        .catch((err) => world.log.warn({ err }, 'could not answer a person'))
        .then(() => acked())
        .finally(() => clearTimeout(hurry)),
    );
  });

  return {
    command(run) {
      runCommand = run;
    },
    message(run) {
      const heed = (said: Said, client: WebClient) => {
        const { channel, by, thread } = said;
        const thread_ts = thread && { thread_ts: thread };
        const reply = async (drawn: Drawn) =>
          void (await client.chat.postEphemeral({ channel, user: by, ...drawn, ...thread_ts }));
        return orSay({ reply }, () => pass(said, reply, members(client, run)));
      };
      const hear = async (event: object, client: WebClient, me = '') => {
        const said = saidIn(event, me);
        if (said) await tracked(heed(said, client));
      };
      app.event('app_mention', ({ event, client, context }) => hear(event, client, context.botUserId));
      app.event('message', ({ event, client, context }) => hear(event, client, context.botUserId));
    },
    button: buttons.add,
    submit: forms.add,
    shortcut: shortcuts.add,
    home(draw) {
      drawHome = draw;
      app.event('app_home_opened', ({ event, client }) => {
        if (event.tab !== 'home') return Promise.resolve();
        atHome.add(event.user);
        return tracked(publish(client, event.user));
      });
    },
    drained: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };

  async function hear(arrival: Arrival, back: Back): Promise<void> {
    switch (arrival.by) {
      case 'command':
        return orSay(callers.spoken(arrival.body, back), members(back.client, runCommand));
      case 'press': {
        const { actions, view, user } = arrival.body;
        const [action = ''] = actions[0].action_id.split(':');
        const run = buttons.find(action) ?? (({ reply }) => reply(plainly(NOT_MINE)));
        // An approval goes on to the rules: they let nobody else decide either, and put the attempt on record.
        const approval = action === ACTION.approve;
        await orSay(callers.pressed(arrival.body, back), approval ? run : members(back.client, run));
        await back.acked();
        if (view?.type === 'home') atHome.add(user.id);
        // Not while somebody types or ticks.
        return actions[0].type === 'button' ? refreshed(back.client, user.id) : undefined;
      }
      case 'form': {
        const run = forms.find(arrival.body.view.callback_id);
        await back.acked(await callers.submitted(arrival.body, run && members(back.client, run)));
        return refreshed(back.client, arrival.body.user.id);
      }
      case 'shortcut': {
        const run = shortcuts.find(arrival.body.callback_id);
        return run && orSay(callers.chosen(arrival.body, back), members(back.client, run));
      }
      default:
        return arrival satisfies never;
    }
  }

  /** Slack delivers an event up to four times, and what answers it may have no effect that would tell. */
  async function pass(
    { by, channel, ts, thread, words, meant }: Said,
    reply: Caller['reply'],
    run: Parameters<Listen['message']>[0],
  ): Promise<void> {
    if (!(await firstDelivery(world.db, `message ${channel}/${ts}`, world.clock.now()))) return;
    const here = thread && (await changeAt(world, channel, thread))?.number;
    if (!meant && !here) return;
    await run({ by, words, meant, reply, ...(here && { here }) }).catch((error) => {
      // Who only remarks something to others is not answered that they may not.
      if (meant || !(error instanceof Refusal && error.code === 'not your role')) throw error;
    });
  }

  /** Whoever acts from Home sees there what came of it. Those who never opened it are not drawn anything. */
  async function refreshed(client: WebClient, person: PersonId): Promise<void> {
    if (atHome.has(person)) await publish(client, person);
  }

  async function publish(client: WebClient, person: PersonId): Promise<void> {
    if (!drawHome) return;
    const draw = drawHome;
    const view = await members(client, ({ by }) => draw(by))({ by: person }).catch(noHome);
    await client.views.publish({ user_id: person, view });
  }

  /** The one place where it is decided who may say and press anything at all; all else is the rules' business. */
  function members<C extends { by: PersonId }, R>(client: WebClient, run: (caller: C) => Promise<R>) {
    return async (caller: C): Promise<R> => {
      const known = await findPerson(world.db, caller.by);
      if (!known) await meet(world, client, caller.by);
      try {
        needMember(known ?? (await findPerson(world.db, caller.by)));
      } catch (error) {
        world.log.warn({ person: caller.by }, 'somebody who is no member of this workspace was turned away');
        throw error;
      }
      return run(caller);
    };
  }

  async function orSay<C extends Pick<Caller, 'reply'>>(
    caller: C,
    run: (caller: C) => Promise<void>,
  ): Promise<void> {
    try {
      await run(caller);
    } catch (error) {
      const { sentence } = explain(world, error);
      await caller
        .reply(plainly(sentence))
        .catch((failed) => world.log.warn({ err: failed }, 'could not tell a person what went wrong'));
    }
  }
}

/** The Home of who may not see any. */
function noHome(error: unknown): HomeView {
  if (!(error instanceof Refusal)) throw error;
  return { type: 'home', blocks: plainly(error.sentence).blocks };
}

/** What is to be done, by the name that Slack sends. Of two features that hear the same one would never be asked. */
function makeTable<Run>() {
  const named = new Map<string, Run>();
  return {
    add(name: string, run: Run): void {
      if (named.has(name)) throw new Error(`Two features listen to ${name}`);
      named.set(name, run);
    },
    find: (name: string): Run | undefined => named.get(name),
  };
}
