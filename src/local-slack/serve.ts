import type { Request, Response } from 'express';
import type { MethodFault } from './faults.ts';
import type { Obj } from './json.ts';
import type { World } from './world.ts';

/** A call of the Web API, as it was seen. */
export interface Call {
  method: string;
  args: Record<string, unknown>;
  /** By the local clock, in milliseconds. */
  at: number;
  /** `ok`, an error code, `http 503`, or `lost` when it was carried out and the answer cut off. */
  answer: string;
  /** Whether it was carried out, whatever its answer. */
  carriedOut: boolean;
}

/** Says how Slack misbehaves at a call, where it does. */
export type Trouble = (method: string, args: Obj) => MethodFault | undefined;

/** How a call was answered: `name` is what the list of calls says of it. */
export interface Answer {
  name: string;
  status?: number;
  body: Obj | string;
}

export interface Serve {
  /** Carries out a call unless a fault forbids it, notes it, and answers unless the answer is to be lost. */
  serve(call: {
    method: string;
    args: Obj;
    request: Request;
    response: Response;
    run(): Answer;
  }): Promise<void>;
  calls(method?: string): Call[];
}

/** Calls kept for tests to look at. */
const KEPT_CALLS = 5000;

export function createServe(world: World, trouble: Trouble = () => undefined): Serve {
  const seen: Call[] = [];
  return {
    async serve({ method, args, request, response, run }) {
      const fault = world.faults.forMethod(method) ?? trouble(method, args);
      const note = (answer: string, carriedOut = answer === 'ok') => {
        seen.push({ method, args: readable(args), at: world.clock.now(), answer, carriedOut });
        if (seen.length > KEPT_CALLS) seen.shift();
        world.changes.changed();
      };
      if (fault?.answer === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
      if (fault && refusedBy(fault, response, note)) return;
      const { name, status = 200, body } = run();
      if (fault?.answer === 'lost') {
        note('lost', name === 'ok');
        request.socket.destroy();
        return;
      }
      if (fault?.answer === 'status') {
        note(`http ${fault.status}`, name === 'ok');
        response.status(fault.status).send('');
        return;
      }
      note(name);
      response.status(status).send(body);
    },
    calls: (method) => seen.filter((call) => method === undefined || call.method === method),
  };
}

/** Answers as a fault asks in place of the method. False for faults that let it run. */
function refusedBy(fault: MethodFault, response: Response, note: (answer: string) => void): boolean {
  switch (fault.answer) {
    case 'ratelimited':
      note('ratelimited');
      response
        .status(429)
        .setHeader('retry-after', String(fault.retryAfterSeconds))
        .json({ ok: false, error: 'ratelimited' });
      return true;
    case 'status':
      if (fault.carriedOut) return false;
      note(`http ${fault.status}`);
      response.status(fault.status).send('');
      return true;
    case 'error':
      note(fault.code);
      response.json({ ok: false, error: fault.code });
      return true;
    case 'lost':
    case 'delay':
      return false;
    default:
      return fault satisfies never;
  }
}

/** Arguments of a form with their JSON parts read, for whoever looks at the calls. */
function readable(args: Obj): Obj {
  const parts = Object.entries(args).map(([key, value]) => {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) return [key, value];
    try {
      return [key, JSON.parse(value)];
    } catch {
      return [key, value];
    }
  });
  return Object.fromEntries(parts);
}
