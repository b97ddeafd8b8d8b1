import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Via } from '../../change/types.ts';
import { unsuffixed } from '../blocks/block-id.ts';
import { stateValues } from '../blocks/parse-form.ts';

/**
 * What Slack sends when somebody acts, as far as Docket reads it. Nothing of it is believed before it is parsed here:
 * a signature says who sent it, not that it has the shape which Slack documents.
 */
const person = z.object({ id: z.string().regex(/^[UW][A-Z0-9]{2,30}$/) });
const words = z.string().max(100_000);
const id = z.string().max(255);
const origin = {
  user: person,
  trigger_id: id.default(''),
  response_url: words.nullish(),
  team: z.object({ domain: id.nullish() }).nullish(),
};
/** What a person holds filled in is worth little where it cannot be read, and no reason to turn them away. */
const held = z
  .object({ values: stateValues })
  .nullish()
  .catch(undefined)
  .transform((state) => state?.values ?? {});

const command = z.object({
  command: z.literal('/change'),
  user_id: person.shape.id,
  text: words.default(''),
  trigger_id: id.default(''),
});

const pressed = z.object({
  type: z.literal('block_actions'),
  ...origin,
  /** In a message; a view has its own. */
  state: held,
  container: z.object({ is_ephemeral: z.boolean().nullish(), channel_id: id.nullish() }).nullish(),
  view: z
    .object({
      ...{ id, type: z.enum(['modal', 'home']), callback_id: id.default(''), state: held },
      private_metadata: words.default(''),
    })
    .nullish(),
  // Slack sends one at a time.
  actions: z.tuple(
    [
      z.object({
        type: id.default(''),
        action_id: id,
        block_id: id.default('').transform(unsuffixed),
        action_ts: id.default(''),
        value: z.unknown().optional(),
        selected_options: z
          .array(z.object({ value: z.string() }))
          .max(100)
          .default([])
          .catch([]),
        selected_option: z.object({ value: z.string() }).nullish().catch(undefined),
      }),
    ],
    z.unknown(),
  ),
});

const sent = z.object({
  type: z.literal('view_submission'),
  ...origin,
  view: z.object({
    ...{ id, callback_id: id, hash: id.default(''), private_metadata: words.default('') },
    state: z.object({ values: stateValues }),
    blocks: z.array(z.unknown()).max(100).default([]),
  }),
});

const chosen = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: id,
  ...origin,
  channel: z.object({ id }).nullish(),
  message_ts: id.nullish(),
  message: z.object({ text: words.nullish(), thread_ts: id.nullish() }).nullish(),
});

export type Command = z.infer<typeof command>;
export type Press = z.infer<typeof pressed>;
export type Sending = z.infer<typeof sent>;
export type Choice = z.infer<typeof chosen>;

/** Somebody acting, in one of the four ways that Slack knows. */
export type Arrival =
  | { by: 'command'; body: Command }
  | { by: 'press'; body: Press }
  | { by: 'form'; body: Sending }
  | { by: 'shortcut'; body: Choice };

/** What arrived, if it is something that Docket can hear; nothing if Slack would never send it, or not to Docket. */
export function readArrival(body: unknown): Arrival | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('command' in body) return as('command', command.safeParse(body).data);
  switch ('type' in body && body.type) {
    case 'block_actions':
      return as('press', pressed.safeParse(body).data);
    case 'view_submission':
      return as('form', sent.safeParse(body).data);
    case 'shortcut':
    case 'message_action':
      return as('shortcut', chosen.safeParse(body).data);
    default:
      return undefined;
  }
}

function as<B extends Arrival['by'], T>(by: B, body: T | undefined): { by: B; body: T } | undefined {
  return body && { by, body };
}

/**
 * The same whenever Slack delivers the same thing again, and for nothing else. A trigger is given out once for each
 * act; where there is none, an action has its time, and a form what was in it.
 */
export function keyOf({ by, body }: Arrival): { key?: string } {
  if (body.trigger_id) return { key: `${by} ${body.trigger_id}` };
  switch (by) {
    case 'press': {
      const [{ action_id, block_id, action_ts }] = body.actions;
      return action_ts ? { key: hashed([by, body.user.id, action_ts, action_id, block_id]) } : {};
    }
    case 'form':
      return { key: hashed([by, body.user.id, body.view.id, body.view.hash, body.view.state.values]) };
    case 'command':
    case 'shortcut':
      return {};
    default:
      return by satisfies never;
  }
}

/** By what it was done: a button in a modal is part of its form. */
export function viaOf({ by, body }: Arrival): Via {
  if (by !== 'press') return by;
  return body.view ? (body.view.type === 'home' ? 'Home' : 'form') : 'button';
}

function hashed(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
