import type { KnownBlock } from '@slack/types';
import { textOf } from './elements.ts';
import type { Obj } from './json.ts';
import type { Conversation, Message, OpenView, Person, Snapshot } from './protocol.ts';
import type { StoredView } from './views.ts';
import type { Channel, StoredMessage } from './workspace.ts';
import type { World } from './world.ts';

/**
 * Everything that one person sees.
 * @throws when there is nobody with that id
 */
export function takeSnapshot(world: World, personId: string, botConnected: boolean): Snapshot {
  const { workspace, views } = world;
  const me = workspace.person(personId);
  if (!me) throw new Error(`There is nobody with the id ${personId}.`);
  if (!me.isBot && !me.deactivated) workspace.dmWith(me.id);
  const mine = workspace.state.channels.filter((one) => one.members.includes(me.id) && !one.archived);
  const home = views.homes.get(me.id);
  return {
    me,
    people: workspace.state.people,
    conversations: mine.map((channel) => conversation(world, me, channel)),
    messages: workspace.state.messages
      .filter((message) => isVisible(message, me, mine))
      .map((message) => shown(world, message)),
    modals: views.stack(me.id).map(openView),
    ...(home && { home: openView(home) }),
    commands: world.manifest.features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    now: world.clock.now(),
    botConnected,
    unreadByPerson: unreadByPerson(world),
  };
}

function isVisible(message: StoredMessage, person: Person, channels: readonly Channel[]): boolean {
  const forMe = message.ephemeralFor === undefined || message.ephemeralFor === person.id;
  return forMe && channels.some(({ id }) => id === message.channel);
}

function conversation(world: World, me: Person, channel: Channel): Conversation {
  const name = channel.kind === 'dm' ? world.workspace.bot.realName : channel.name;
  return { id: channel.id, kind: channel.kind, name, unread: unread(world, me, channel) };
}

function unread(world: World, person: Person, channel: Channel): number {
  const last = Number(world.workspace.lastRead(person.id, channel.id));
  return world.workspace.state.messages.filter(
    (message) =>
      message.channel === channel.id &&
      message.user !== person.id &&
      message.ephemeralFor === undefined &&
      Number(message.ts) > last,
  ).length;
}

function unreadByPerson(world: World): Record<string, number> {
  const { people, channels } = world.workspace.state;
  const total = (person: Person) =>
    channels
      .filter(({ members }) => members.includes(person.id))
      .reduce((sum, channel) => sum + unread(world, person, channel), 0);
  return Object.fromEntries(people.map((person) => [person.id, total(person)]));
}

function shown(world: World, message: StoredMessage): Message {
  const { channel, ts, threadTs, user, text, blocks, edited, ephemeralFor } = message;
  return {
    channel,
    ts,
    ...(threadTs && { threadTs }),
    user,
    text,
    blocks: known(blocks),
    edited: edited !== undefined,
    ...(ephemeralFor && { ephemeralFor }),
    replyCount: world.workspace.replies(channel, ts).length,
  };
}

function openView(view: StoredView): OpenView {
  const { source } = view;
  return {
    id: view.id,
    kind: view.kind,
    title: textOf(source.title),
    ...(source.submit ? { submit: textOf(source.submit) } : {}),
    ...(source.close ? { close: textOf(source.close) } : {}),
    blocks: known(view.blocks),
    values: view.values,
    errors: view.errors,
    busy: view.busy,
    ...(view.trouble && { trouble: view.trouble }),
  };
}

function known(blocks: Obj[]): KnownBlock[] {
  // Only blocks that passed `checkMessage` or `checkView` are stored, and those are Slack's.
  return blocks as unknown as KnownBlock[];
}
