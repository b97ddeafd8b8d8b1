import type { KnownBlock } from '@slack/types';
import { textOf } from './elements.ts';
import { isPicture } from './files.ts';
import type { Obj } from './json.ts';
import type { Message, OpenView, Person, SharedFile, Snapshot } from './protocol.ts';
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
  const { unread, messagesOf } = atPresent(world);
  return {
    me,
    people: workspace.state.people,
    conversations: mine.map(({ id, kind, name }) => ({
      id,
      kind,
      name: kind === 'dm' ? workspace.bot.realName : name,
      unread: unread.get(me.id)?.get(id) ?? 0,
    })),
    messages: messagesOf(me, mine),
    modals: views.stack(me.id).map(openView),
    ...(home && { home: openView(home) }),
    commands: world.manifest.features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    shortcuts: world.manifest.features.shortcuts.map(({ name, type, callback_id }) => ({
      name,
      kind: type,
      callbackId: callback_id,
    })),
    faults: world.faults.active(),
    now: world.clock.now(),
    botConnected,
    unreadByPerson: inDirectMessages(world, unread),
  };
}

interface Present {
  /** The count of changes up to which it is right. */
  changes: number;
  unread: ReadonlyMap<string, ReadonlyMap<string, number>>;
  messagesOf(person: Person, channels: readonly Channel[]): Message[];
}

const present = new WeakMap<World, Present>();

/** What takes long to work out where there are thousands of messages: once for each change, however many people look. */
function atPresent(world: World): Present {
  const changes = world.changes.count();
  const last = present.get(world);
  if (last?.changes === changes) return last;
  const known = new Map<string, Message[]>();
  const look = (person: Person, channels: readonly Channel[]): Message[] => {
    const theirs = new Set(channels.map(({ id }) => id));
    return world.workspace.state.messages
      .filter(({ channel, ephemeralFor = person.id }) => theirs.has(channel) && ephemeralFor === person.id)
      .map((message) => ({
        ...shown(message, world.workspace.replies(message.channel, message.ts).length),
        ...(message.files && { files: message.files.flatMap((id) => sharedFile(world, id)) }),
      }));
  };
  const now: Present = {
    changes,
    unread: countUnread(world),
    messagesOf(person, channels) {
      const messages = known.get(person.id) ?? look(person, channels);
      known.set(person.id, messages);
      return messages;
    },
  };
  present.set(world, now);
  return now;
}

/** Unread messages by person id, then channel id. */
function countUnread({ workspace }: World): Map<string, Map<string, number>> {
  const counts = new Map(workspace.state.people.map(({ id }) => [id, new Map<string, number>()]));
  const members = new Map(workspace.state.channels.map((channel) => [channel.id, channel.members]));
  for (const { channel, user, ts, ephemeralFor } of workspace.state.messages) {
    if (ephemeralFor !== undefined) continue;
    for (const person of members.get(channel) ?? []) {
      // A ts is as long as any other for the next 200 years, so that its digits can be compared as text.
      if (person === user || ts <= workspace.lastRead(person, channel)) continue;
      const own = counts.get(person);
      own?.set(channel, (own.get(channel) ?? 0) + 1);
    }
  }
  return counts;
}

/** Unread direct messages by person: who has one is being asked for something. */
function inDirectMessages(
  { workspace }: World,
  unread: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Record<string, number> {
  const dms = workspace.state.channels.filter(({ kind }) => kind === 'dm').map(({ id }) => id);
  const total = (counts: ReadonlyMap<string, number>) =>
    dms.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  return Object.fromEntries([...unread].map(([person, counts]) => [person, total(counts)]));
}

function shown(message: StoredMessage, replyCount: number): Message {
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
    replyCount,
  };
}

function sharedFile({ workspace }: World, id: string): SharedFile[] {
  const file = workspace.file(id);
  if (!file) return [];
  const { name, title, size, alt = '' } = file;
  const path = `/files/${id}/${encodeURIComponent(name)}`;
  return [{ id, name, title, size, path, ...(isPicture(file) && { picture: { alt } }) }];
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
