import { announce } from '../events.ts';
import { viewJson } from '../payloads.ts';
import type { ActResult, Person } from '../protocol.ts';
import type { World } from '../world.ts';
import { escaped } from './escape.ts';

/** A person writes a message in a channel, a thread, or to the bot. */
export function say(
  world: World,
  person: Person,
  said: { channel: string; text: string; threadTs?: string },
): ActResult {
  const { workspace, manifest } = world;
  const channel = workspace.channel(said.channel);
  if (!channel?.members.includes(person.id)) return { ok: false, error: 'You are not in that channel.' };
  if (channel.archived) return { ok: false, error: 'That channel is archived.' };
  if (said.text.trim() === '') return { ok: false, error: 'There is nothing to send.' };
  const { messages_tab_enabled: open, messages_tab_read_only_enabled: readOnly } = manifest.features.app_home;
  if (channel.kind === 'dm' && (!open || readOnly))
    return { ok: false, error: 'Sending messages to this app has been turned off.' };
  const parent = said.threadTs === undefined ? undefined : workspace.message(channel.id, said.threadTs);
  if (said.threadTs !== undefined && (!parent || parent.ephemeralFor !== undefined))
    return { ok: false, error: 'The message that you reply to is not there any more.' };
  const message = workspace.post({
    channel: channel.id,
    user: person.id,
    text: escaped(world, said.text, false),
    blocks: [],
    ...(parent && { threadTs: parent.threadTs ?? parent.ts }),
  });
  workspace.markRead(person.id, channel.id);
  if (!channel.members.includes(workspace.bot.id)) return { ok: true };
  const event = {
    user: person.id,
    text: message.text,
    ts: message.ts,
    team: workspace.team.id,
    channel: channel.id,
    event_ts: message.ts,
    ...(parent && { thread_ts: parent.threadTs ?? parent.ts, parent_user_id: parent.user }),
  };
  const type = channel.kind === 'dm' ? 'im' : 'channel';
  announce(world, type === 'im' ? 'message.im' : 'message.channels', {
    type: 'message',
    channel_type: type,
    ...event,
  });
  // In direct messages the app is spoken to anyway, and Slack sends no mention.
  if (type === 'channel' && message.text.includes(`<@${workspace.bot.id}`))
    announce(world, 'app_mention', { type: 'app_mention', ...event });
  return { ok: true };
}

/** A person opens the app's home. */
export function openHome(world: World, person: Person): ActResult {
  if (!world.manifest.features.app_home.home_tab_enabled)
    return { ok: false, error: 'This app has no home.' };
  const home = world.views.homes.get(person.id);
  announce(world, 'app_home_opened', {
    type: 'app_home_opened',
    user: person.id,
    channel: world.workspace.dmWith(person.id).id,
    tab: 'home',
    event_ts: world.workspace.nextTs(),
    ...(home && { view: viewJson(world, home) }),
  });
  return { ok: true };
}
