import type { Clock } from '../clock.ts';
import type { Changes } from './changes.ts';
import type { Company, UserGroup } from './company.ts';
import type { StoredFile } from './files.ts';
import { newId } from './ids.ts';
import type { Obj } from './json.ts';
import type { Person } from './protocol.ts';

export interface Channel {
  id: string;
  kind: 'channel' | 'dm';
  /** Without #; '' for a DM. */
  name: string;
  topic: string;
  archived: boolean;
  /** Ids of people, the bot's among them. */
  members: string[];
}

export interface StoredMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  /** A reply that is also shown in the channel (reply_broadcast). */
  broadcast?: boolean;
  user: string;
  text: string;
  blocks: Obj[];
  /** The ts of its last edit. */
  edited?: string;
  ephemeralFor?: string;
  metadata?: Obj;
  /** Ids of the files that are shared with it. */
  files?: string[];
}

/** Everything of a workspace that outlives the process. */
export interface WorkspaceState {
  people: Person[];
  channels: Channel[];
  groups: UserGroup[];
  messages: StoredMessage[];
  /** Absent in what was saved before there were files. */
  files?: StoredFile[];
  /** By person, then channel: the ts read last. */
  reads: Record<string, Record<string, string>>;
}

/** The people, channels and messages of one workspace. Its arrays are changed only through its methods. */
export class Workspace {
  readonly team: Company['team'];
  readonly bot: Person;
  readonly state: WorkspaceState;
  readonly #clock: Clock;
  readonly #changes: Changes;
  readonly #byTs = new Map<string, StoredMessage>();
  readonly #byChannel = new Map<string, StoredMessage[]>();
  readonly #byThread = new Map<string, StoredMessage[]>();
  /** Microseconds of the last ts given: a ts is an id too, so none is given twice. */
  #lastTs: number;

  constructor(company: Company, bot: Person, clock: Clock, changes: Changes, saved?: WorkspaceState) {
    this.team = company.team;
    this.bot = bot;
    this.#clock = clock;
    this.#changes = changes;
    this.state = saved ?? freshState(company, bot);
    for (const message of this.state.messages) this.#file(message);
    // The app may have been renamed since.
    this.putPerson(bot);
    this.#lastTs = Math.max(0, ...this.state.messages.map(({ ts }) => Number(ts.replace('.', ''))));
  }

  person(id: string): Person | undefined {
    return this.state.people.find((person) => person.id === id);
  }

  /** The first of the company who works here. */
  firstPerson(): Person {
    return this.state.people.find((person) => !person.isBot && !person.deactivated) ?? this.bot;
  }

  channel(id: string): Channel | undefined {
    return this.state.channels.find((channel) => channel.id === id);
  }

  /** The DM between the bot and that person, opened if there is none yet. */
  dmWith(personId: string): Channel {
    const known = this.state.channels.find(
      ({ kind, members }) => kind === 'dm' && members.includes(personId),
    );
    if (known) return known;
    const members = [personId, this.bot.id];
    const opened: Channel = { id: newId('D'), kind: 'dm', name: '', topic: '', archived: false, members };
    this.state.channels.push(opened);
    this.#changes.changed();
    return opened;
  }

  /** A timestamp that no other message has: seconds, a dot, and six digits, by the local clock. */
  nextTs(): string {
    this.#lastTs = Math.max(Math.floor(this.#clock.now() * 1000), this.#lastTs + 1);
    const digits = String(this.#lastTs);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  /** Adds a message under a new ts. */
  post(message: Omit<StoredMessage, 'ts'>): StoredMessage {
    const posted = { ...message, ts: this.nextTs() };
    this.state.messages.push(posted);
    this.#file(posted);
    this.#changes.changed();
    return posted;
  }

  /** Keeps a message where it is looked for: there may be thousands, and a busy bot asks for hundreds a second. */
  #file(message: StoredMessage): void {
    const { channel, ts, threadTs } = message;
    this.#byTs.set(`${channel} ${ts}`, message);
    append(this.#byChannel, channel, message);
    if (threadTs !== undefined) append(this.#byThread, `${channel} ${threadTs}`, message);
  }

  /** The message with that ts, ephemeral ones included. */
  message(channel: string, ts: string): StoredMessage | undefined {
    return this.#byTs.get(`${channel} ${ts}`);
  }

  /** All messages of a channel, those in threads and ephemeral ones included, oldest first. */
  inChannel(channel: string): readonly StoredMessage[] {
    return this.#byChannel.get(channel) ?? [];
  }

  /** Writes over parts of a message. `edited` marks it as edited on the screen. */
  edit(message: StoredMessage, change: Partial<StoredMessage>, edited = true): void {
    Object.assign(message, change, edited ? { edited: this.nextTs() } : {});
    this.#changes.changed();
  }

  addFile(file: StoredFile): void {
    this.state.files = [...(this.state.files ?? []), file];
    this.#changes.changed();
  }

  file(id: string): StoredFile | undefined {
    return this.state.files?.find((file) => file.id === id);
  }

  remove(message: StoredMessage): void {
    const { channel, ts, threadTs } = message;
    this.#byTs.delete(`${channel} ${ts}`);
    for (const list of [
      this.state.messages,
      this.#byChannel.get(channel),
      this.#byThread.get(`${channel} ${threadTs}`),
    ]) {
      const at = list?.indexOf(message) ?? -1;
      if (at >= 0) list?.splice(at, 1);
    }
    this.#changes.changed();
  }

  /** Replies in the thread of a message, oldest first. */
  replies(channel: string, ts: string): StoredMessage[] {
    const all = this.#byThread.get(`${channel} ${ts}`) ?? [];
    return all.filter(({ ephemeralFor }) => ephemeralFor === undefined);
  }

  /** That person has seen everything in the channel up to now. */
  markRead(personId: string, channelId: string): void {
    const reads = this.state.reads[personId] ?? {};
    reads[channelId] = this.nextTs();
    this.state.reads[personId] = reads;
    this.#changes.changed();
  }

  lastRead(personId: string, channelId: string): string {
    return this.state.reads[personId]?.[channelId] ?? '';
  }

  /** Adds a person, or writes over one with the same id. */
  putPerson(person: Person): void {
    const at = this.state.people.findIndex(({ id }) => id === person.id);
    this.state.people.splice(at < 0 ? this.state.people.length : at, 1, person);
    this.#changes.changed();
  }

  putGroup(group: UserGroup): void {
    const at = this.state.groups.findIndex(({ id }) => id === group.id);
    this.state.groups.splice(at < 0 ? this.state.groups.length : at, 1, group);
    this.#changes.changed();
  }

  archive(channel: Channel): void {
    channel.archived = true;
    this.#changes.changed();
  }

  join(channel: Channel, personId: string): void {
    if (!channel.members.includes(personId)) channel.members.push(personId);
    this.#changes.changed();
  }
}

function append<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}

function freshState(company: Company, bot: Person): WorkspaceState {
  const { people, userGroups, channels } = structuredClone(company);
  return {
    people: [...people, bot],
    groups: userGroups,
    messages: [],
    reads: {},
    channels: channels.map(({ id, name, topic, members, botIsMember, isArchived }) => ({
      id,
      kind: 'channel',
      name,
      topic,
      archived: isArchived ?? false,
      members: botIsMember ? [...members, bot.id] : members,
    })),
  };
}
