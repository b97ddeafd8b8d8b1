import { findElement, type Placed } from '../elements.ts';
import type { Obj } from '../json.ts';
import { str } from '../json.ts';
import { actionJson, interactionBase, messageJson, viewJson } from '../payloads.ts';
import type { ActResult, InputValue, Person, Place } from '../protocol.ts';
import { carriedValues, initialValue, type Values, withValue } from '../values.ts';
import type { StoredView } from '../views.ts';
import type { StoredMessage } from '../workspace.ts';
import type { World } from '../world.ts';

/** What Slack shows in a modal when the app did not answer, or answered nonsense. */
export const TROUBLE = 'We had some trouble connecting. Try again?';

interface Pressed {
  place: Place;
  blockId: string;
  actionId: string;
  value?: InputValue;
}

/** A person uses a button, or an element outside an input block, of a message or view. */
export function press(world: World, person: Person, pressed: Pressed): Promise<ActResult> | ActResult {
  const { place } = pressed;
  switch (place.kind) {
    case 'message':
      return pressInMessage(world, person, pressed, world.workspace.message(place.channel, place.ts));
    case 'view':
      return pressInView(world, person, pressed, world.views.find(place.viewId));
    default:
      return place satisfies never;
  }
}

async function pressInMessage(
  world: World,
  person: Person,
  pressed: Pressed,
  message: StoredMessage | undefined,
): Promise<ActResult> {
  const channel = message && world.workspace.channel(message.channel);
  if (!message || !channel?.members.includes(person.id)) return gone();
  if (message.ephemeralFor !== undefined && message.ephemeralFor !== person.id) return gone();
  const found = findElement(message.blocks, pressed.blockId, pressed.actionId);
  if (!found) return gone();
  const ephemeral = message.ephemeralFor !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const target = { channel: channel.id, personId: person.id, messageTs: message.ts };
  const where = {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
    message: ephemeral ? undefined : messageJson(world, message),
    state: { values: heldInMessage(world, person, message, pressed) },
    response_url: world.responseUrls.issue({
      ...target,
      ...(message.threadTs && { threadTs: message.threadTs }),
    }),
  };
  return send(world, person, found, pressed.value, where);
}

/** What the elements of the message hold for this person, with what was picked just now. */
function heldInMessage(world: World, person: Person, message: StoredMessage, pressed: Pressed): Values {
  const key = `${person.id} ${message.channel} ${message.ts}`;
  const held = carriedValues(world.picks.get(key) ?? {}, message.blocks);
  const picked = pressed.value && withValue(held, message.blocks, pressed, pressed.value);
  const values = typeof picked === 'object' ? picked : held;
  world.picks.set(key, values);
  return values;
}

async function pressInView(
  world: World,
  person: Person,
  pressed: Pressed,
  view: StoredView | undefined,
): Promise<ActResult> {
  const found = view?.owner === person.id && findElement(view.blocks, pressed.blockId, pressed.actionId);
  if (!view || !found) return gone();
  if (pressed.value && initialValue(found.element)) {
    const values = withValue(view.values, view.blocks, pressed, pressed.value);
    if (typeof values === 'string') return { ok: false, error: values };
    world.views.touch(view, { values });
  }
  return dispatchFromView(world, person, view, found, pressed.value);
}

/** Sends `block_actions` from a view; after a button it is busy until the app has answered, while one types it is not. */
export async function dispatchFromView(
  world: World,
  person: Person,
  view: StoredView,
  found: Placed,
  value: InputValue | undefined,
): Promise<ActResult> {
  if (found.block.type !== 'input') world.views.touch(view, { busy: true, trouble: '' });
  const where = {
    container: { type: 'view', view_id: view.id },
    view: viewJson(world, view),
  };
  const result = await send(world, person, found, value, where, view.id);
  if (found.block.type !== 'input') world.views.touch(view, { busy: false });
  if (!result.ok) world.views.touch(view, { trouble: TROUBLE });
  return result;
}

async function send(
  world: World,
  person: Person,
  { element, blockId }: Placed,
  value: InputValue | undefined,
  where: Obj,
  viewId?: string,
): Promise<ActResult> {
  const payload = {
    type: 'block_actions',
    ...interactionBase(world, person),
    ...where,
    trigger_id: world.triggers.issue({ personId: person.id, ...(viewId && { viewId }) }),
    actions: [actionJson(element, blockId, value, world.workspace.nextTs())],
  };
  const ack = await world.deliver({ type: 'interactive', payload });
  if (!ack.ok) world.log(`The app did not answer ${str(element.action_id)}: ${ack.reason}`);
  return ack.ok ? { ok: true } : { ok: false, error: TROUBLE };
}

function gone(): ActResult {
  return { ok: false, error: 'That is no longer there.' };
}
