import type { MethodFault } from '../../../src/local-slack/faults.ts';
import type { Obj } from '../../../src/local-slack/json.ts';
import type { LocalSlackOptions } from '../../../src/local-slack/server.ts';
import { randomOf } from '../../random-of.ts';

type Trouble = NonNullable<LocalSlackOptions['trouble']>;
type Answer = MethodFault extends infer Each
  ? Each extends MethodFault
    ? Omit<Each, 'on' | 'method' | 'times'>
    : never
  : never;

/** Without these nothing starts, and what people see at once is another test's matter. */
const SPARED = /^(auth|apps|api|users|usergroups)\./;
/** One call in so many goes wrong in bad weather. */
const BAD = 0.25;

/**
 * The weather over Slack: what goes wrong with a call depends on the seed, the call and how often it was made, and not
 * on what else is under way, so that a seed means the same every time.
 */
export function weatherOf(seed: number) {
  let state: 'fair' | 'bad' | 'away' = 'fair';
  const made = new Map<string, number>();
  const trouble: Trouble = (method, args) => {
    if (state === 'fair' || SPARED.test(method)) return undefined;
    const key = `${method} ${whichCall(args)}`;
    const times = (made.get(key) ?? 0) + 1;
    made.set(key, times);
    const random = randomOf(hashed(`${seed} ${key} ${times}`));
    const answer = state === 'away' ? away(random()) : random() < BAD ? bad(random) : undefined;
    return answer && { on: 'method', method, ...answer };
  };
  return {
    trouble,
    turns(to: typeof state): void {
      state = to;
    },
  };
}

/** In an outage nothing is carried out, and hardly anything else is said than that. */
function away(chance: number): Answer {
  if (chance < 0.8) return { answer: 'status', status: 503 };
  return { answer: 'error', code: 'service_unavailable' };
}

function bad(random: () => number): Answer {
  const seconds = Math.floor(random() * 60);
  const kinds: Answer[] = [
    { answer: 'ratelimited', retryAfterSeconds: 1 + seconds },
    { answer: 'status', status: 503 },
    { answer: 'status', status: 500, carriedOut: true },
    { answer: 'status', status: 502, carriedOut: true },
    { answer: 'lost' },
    { answer: 'error', code: 'internal_error' },
    { answer: 'error', code: 'fatal_error' },
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? { answer: 'lost' };
}

/** Which of the calls of a method it is: what is posted has its job's id, what is drawn anew its place. */
function whichCall({ metadata, ts, users, user }: Obj): string {
  const job = /"id":"([^"]+)"/.exec(String(metadata ?? ''))?.[1];
  return job ?? [ts, users, user].map((part) => String(part ?? '')).join(' ');
}

function hashed(text: string): number {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return hash;
}
