import { interactionBase, messageJson } from '../payloads.ts';
import type { ActResult, Person } from '../protocol.ts';
import type { World } from '../world.ts';
import { TROUBLE } from './press.ts';

/** A person chooses a shortcut from the menu of a message, or one that needs none. */
export async function runShortcut(
  world: World,
  person: Person,
  chosen: { callbackId: string; message?: { channel: string; ts: string } },
): Promise<ActResult> {
  const shortcut = world.manifest.features.shortcuts.find(
    ({ callback_id }) => callback_id === chosen.callbackId,
  );
  if (!shortcut) return { ok: false, error: 'There is no such shortcut.' };
  const about =
    shortcut.type === 'global' ? { type: 'shortcut' } : aboutMessage(world, person, chosen.message);
  if (!about) return { ok: false, error: 'That message is no longer there.' };
  const payload = {
    ...interactionBase(world, person),
    ...about,
    callback_id: shortcut.callback_id,
    trigger_id: world.triggers.issue({ personId: person.id }),
    action_ts: world.workspace.nextTs(),
  };
  const ack = await world.deliver({ type: 'interactive', payload });
  return ack.ok ? { ok: true } : { ok: false, error: TROUBLE };
}

/** What the shortcut says of the message; nothing when the person cannot see it. */
function aboutMessage(world: World, person: Person, at: { channel: string; ts: string } | undefined) {
  const message = at && world.workspace.message(at.channel, at.ts);
  const channel = message && world.workspace.channel(message.channel);
  if (!message || !channel?.members.includes(person.id) || message.ephemeralFor !== undefined)
    return undefined;
  const target = { channel: channel.id, personId: person.id, messageTs: message.ts };
  return {
    type: 'message_action',
    message_ts: message.ts,
    message: messageJson(world, message),
    channel: { id: channel.id, name: channel.kind === 'dm' ? 'directmessage' : channel.name },
    response_url: world.responseUrls.issue(target),
  };
}
