import type { makePerform } from '../../src/slack/wire/perform.ts';
import type { Company } from './company.ts';

export type Client = Parameters<typeof makePerform>[1];
/** A call of Slack's Web API, answered at once. */
export type Call = (method: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** A message that Docket has posted. */
export interface Posted {
  at: number;
  /** The person whose direct messages it came to. */
  to?: string;
  channel: string;
  thread: boolean;
  text: string;
  /** The id of the job that it was posted for: `stream/seq/n`. */
  job: string;
  stream: string;
  seq: number;
}

const CHANNELS = { changes: 'C0CHANGES', cab: 'C0CAB' };
/** As many as Docket looks back for one that it may have posted. */
const LOOKED_BACK = 100;

/** What Slack would keep: who is there, and everything that was posted. */
export class PretendSlack {
  readonly posted: Posted[] = [];
  updates = 0;
  readonly gone = new Set<string>();
  onPost: (message: Posted) => void = () => {};
  private readonly recent = new Map<string, { ts: string; metadata: unknown }[]>();
  private ts = 0;

  readonly company: Company;
  private readonly now: () => number;

  constructor(company: Company, now: () => number) {
    this.company = company;
    this.now = now;
  }

  readonly call: Call = async (method, args) => {
    switch (method) {
      case 'chat.postMessage':
        return this.post(args);
      case 'chat.update':
        this.updates += 1;
        return { ok: true };
      case 'conversations.open':
        return { ok: true, channel: { id: `D${String(args.users).slice(1)}` } };
      case 'conversations.history':
      case 'conversations.replies':
        return { ok: true, messages: this.recent.get(placeOf(args.channel, args.ts)) ?? [] };
      case 'conversations.list':
        return { ok: true, channels: Object.entries(CHANNELS).map(([name, id]) => ({ id, name })) };
      case 'users.list':
        return { ok: true, members: this.members() };
      case 'usergroups.list':
        return { ok: true, usergroups: this.company.groups };
      case 'usergroups.users.list':
        return { ok: true, users: this.company.groups.find(({ id }) => id === args.usergroup)?.users ?? [] };
      default:
        throw new Error(`Nobody has taught this Slack ${method}.`);
    }
  };

  private post({ channel, text, thread_ts: thread, metadata }: Record<string, unknown>) {
    const ts = `${Math.floor(this.now() / 1000)}.${String(++this.ts).padStart(6, '0')}`;
    const place = placeOf(channel, thread);
    const recent = this.recent.get(place) ?? [];
    recent.unshift({ ts, metadata });
    if (recent.length > LOOKED_BACK) recent.pop();
    this.recent.set(place, recent);
    const job = jobOf(metadata);
    const parts = job.split('/');
    const message: Posted = {
      ...{ at: this.now(), channel: String(channel), thread: thread !== undefined },
      ...(String(channel).startsWith('D') && { to: `U${String(channel).slice(1)}` }),
      ...{ text: String(text).slice(0, 120), job },
      ...{ stream: parts.slice(0, -2).join('/'), seq: Number(parts.at(-2)) },
    };
    this.posted.push(message);
    this.onPost(message);
    return { ok: true, ts };
  }

  private members() {
    return this.company.people.map(({ id, zone }) => ({
      ...{ id, name: id.toLowerCase(), real_name: id, tz: zone, deleted: this.gone.has(id) },
    }));
  }
}

const placeOf = (channel: unknown, thread: unknown): string => `${channel} ${thread ?? ''}`;

function jobOf(metadata: unknown): string {
  return (metadata as { event_payload?: { id?: string } } | undefined)?.event_payload?.id ?? '';
}

/** What Docket calls of Slack's client, answered by `call`. */
export function clientOf(call: Call): Client {
  const method = (name: string) => (args: Record<string, unknown>) => call(name, args);
  const client = {
    chat: { postMessage: method('chat.postMessage'), update: method('chat.update') },
    conversations: {
      open: method('conversations.open'),
      history: method('conversations.history'),
      replies: method('conversations.replies'),
    },
    usergroups: { list: method('usergroups.list'), users: { list: method('usergroups.users.list') } },
    async *paginate(name: string, args: Record<string, unknown>) {
      yield await call(name, args);
    },
  };
  // Of the client's hundreds of methods these are what deliveries and the directory call.
  return client as unknown as Client;
}
