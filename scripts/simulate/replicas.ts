import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { projectFile } from '../../src/project-file.ts';
import type { Answer, Bot, Wish } from './bot.ts';
import { answering, Gone } from './line.ts';
import type { PretendSlack } from './pretend-slack.ts';
import type { SlotClock } from './slot-clock.ts';

export interface ReplicasOf {
  url: string;
  clock: SlotClock;
  slack: PretendSlack;
  random: () => number;
  /** In how many of the moments of the story one of them is killed. */
  killsIn: number;
  count: number;
  /** Is told of each kill. */
  killed(): void;
}

interface Replica {
  child: ChildProcess;
  line: ReturnType<typeof answering>;
  gone: Promise<unknown>;
}

/** A kill comes so long after a moment has begun, at most: while it works at what is due, or right after. */
const WITHIN_MS = 60;

/**
 * Docket as several processes on one database, of which one is killed now and then, without a warning and at any
 * point of its work. Whoever asked something of it asks another; what runs it starts it again.
 */
export async function startReplicas(of: ReplicasOf): Promise<Bot> {
  const { clock, random } = of;
  const running = new Set<Replica>();
  const waiting: (() => void)[] = [];
  let stopping = false;
  /** Whether one has joined since all were last asked if they are at work. */
  let joined = false;

  /** Those that have begun to work, but have not joined: the time stands still for them, as a lease goes by it. */
  const beginning = new Set<Promise<unknown>>();
  const start = async (): Promise<void> => {
    const replica = await loadReplica(of);
    void replica.gone.then(() => {
      running.delete(replica);
      replica.line.cut();
      if (!stopping) startAgain();
    });
    // As one: one that is ready, but has not joined yet, would not be told of the next time, and work by the old one.
    const join = async () => {
      await replica.line.ask('begin', clock.now());
      running.add(replica);
      joined = true;
      for (const hear of waiting.splice(0)) hear();
    };
    const joining = join();
    beginning.add(joining);
    await joining.finally(() => beginning.delete(joining));
  };
  /** Those that are loaded to take the place of one that was killed. */
  const starting = new Set<Promise<void>>();
  function startAgain(): void {
    const again = start().finally(() => starting.delete(again));
    starting.add(again);
  }
  await Promise.all(Array.from({ length: of.count }, start));

  const anybody = async (): Promise<Replica> => {
    while (running.size === 0) await new Promise<void>((ready) => waiting.push(ready));
    const all = [...running];
    return all[Math.floor(random() * all.length)] ?? anybody();
  };

  const kill = async () => {
    const victim = await anybody();
    setTimeout(() => victim.child.kill('SIGKILL'), random() * WITHIN_MS);
    of.killed();
  };

  const anyOf = async (what: string, value?: unknown): Promise<unknown> => {
    for (;;) {
      const replica = await anybody();
      try {
        return await replica.line.ask(what, value);
      } catch (error) {
        if (!(error instanceof Gone)) throw error;
      }
    }
  };

  /** What each of them says that is still there at the end; nobody waits for one that has died. */
  const each = async (what: string, value: unknown): Promise<unknown[]> => {
    await anybody();
    const said = await Promise.all(
      [...running].map(({ line }) =>
        line.ask(what, value).catch((error: unknown) => {
          if (error instanceof Gone) return undefined;
          throw error;
        }),
      ),
    );
    return said;
  };

  /**
   * Until none has done anything twice in a row: in the same moment one may take up what another has left. The clock
   * jumps further than any lease, and whoever still worked at something then would look dead.
   */
  const untilQuiet = async (): Promise<{ died: boolean; next: number }> => {
    let died = false;
    let next = Infinity;
    for (let quiet = 0; quiet < 2; ) {
      joined = false;
      const said = await each('pass', undefined);
      const due = said.filter((one) => typeof one === 'number');
      died ||= due.length < said.length;
      next = Math.min(...due);
      quiet = next > clock.now() && !joined ? quiet + 1 : 0;
    }
    return { died, next };
  };

  return {
    ask: async (wish: Wish) => (await anyOf('ask', wish)) as Answer,
    hearDirectory: async () => void (await anyOf('hearDirectory')),
    async setTime(at) {
      // One that has only just begun works at what another has left, and must not see the clock jump over it. Another may
      // begin while that is waited for: by the old time, and it would stay behind for ever.
      while (beginning.size > 0 || joined) {
        await Promise.all(beginning);
        if (joined) await untilQuiet();
      }
      clock.set(at);
      await each('setTime', at);
    },
    async pass() {
      if (random() < of.killsIn) await kill();
      const { died, next } = await untilQuiet();
      // What one that died had held is due as soon as its lease is over.
      return died ? clock.now() + 1 : next;
    },
    async stop() {
      stopping = true;
      // One that is stopped before it has begun would find no database any more.
      await Promise.all(starting);
      const gone = [...running].map((replica) => replica.gone);
      await each('stop', undefined);
      for (const { child } of running) child.disconnect();
      await Promise.all(gone);
    },
  };
}

/** A process that is ready to begin. */
async function loadReplica({ url, slack }: ReplicasOf): Promise<Replica> {
  const child = fork(projectFile('scripts/simulate/replica.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: url },
  });
  // What it has said before it was killed is heard before it counts as gone.
  const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const line = answering({
    send: (message) => child.connected && child.send(message, () => {}),
    listen: (hear) => void child.on('message', hear),
  });
  line.answer({
    call: async (value) => {
      const { method, args } = value as { method: string; args: Record<string, unknown> };
      return slack.call(method, args);
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'loaded' in message) resolve();
    });
    child.once('exit', () => reject(new Error('A replica ended before it was loaded.')));
  });
  return { child, line, gone };
}
