import { type Request, type Response, Router } from 'express';
import type { MethodFault } from './faults.ts';
import { type Obj, obj } from './json.ts';
import { ApiError, type Method } from './methods/method.ts';
import type { World } from './world.ts';

/** A call of the Web API, as it was seen. */
export interface Call {
  method: string;
  args: Record<string, unknown>;
  /** By the local clock, in milliseconds. */
  at: number;
  /** `ok`, an error code, `http 503`, or `lost` when it was carried out and the answer cut off. */
  answer: string;
}

/** Codes that any method may answer. */
const COMMON = [
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'missing_scope',
  'invalid_arguments',
  'unknown_method',
  'ratelimited',
];

/** Calls kept for tests to look at. */
const KEPT_CALLS = 5000;

export interface Api {
  router: Router;
  calls(method?: string): Call[];
}

/** The Web API at `/api/METHOD`, as a form or JSON, with the token in a header or among the arguments. */
export function createApi(
  world: World,
  table: ReadonlyMap<string, Method>,
  tokens: { bot: string; app: string },
): Api {
  const seen: Call[] = [];
  const router = Router();

  router.all('/:method', async (request: Request, response: Response) => {
    const name = String(request.params.method);
    const { token: inArgs, ...args } = { ...obj(request.query), ...obj(request.body) };
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? inArgs;
    const fault = world.faults.forMethod(name);
    const note = (answer: string) => {
      seen.push({ method: name, args: readable(args), at: world.clock.now(), answer });
      if (seen.length > KEPT_CALLS) seen.shift();
      world.changes.changed();
    };
    if (fault?.answer === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault && refusedBy(fault, response, note)) return;
    const answer = run(name, args, token);
    response.setHeader('x-oauth-scopes', world.manifest.oauth_config.scopes.bot.join(','));
    if (fault?.answer === 'lost') {
      note('lost');
      request.socket.destroy();
      return;
    }
    note(answer.ok === true ? 'ok' : String(answer.error));
    response.json(answer);
  });

  function run(name: string, args: Obj, token: unknown): Obj {
    const method = table.get(name);
    try {
      if (!method) throw new ApiError('unknown_method', { req_method: name });
      authorise(method, token);
      return { ok: true, ...method.call(args, world) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const documented = [...COMMON, ...(method?.errors ?? [])].includes(error.code);
      if (!documented && name !== 'api.test') world.log(`${name} has no documented error ${error.code}`);
      return { ok: false, error: error.code, ...error.more };
    }
  }

  function authorise(method: Method, token: unknown): void {
    if (method.token === 'none') return;
    if (!token) throw new ApiError('not_authed');
    if (token !== tokens.bot && token !== tokens.app) throw new ApiError('invalid_auth');
    if (token !== tokens[method.token]) throw new ApiError('not_allowed_token_type');
    const provided = world.manifest.oauth_config.scopes.bot;
    if (method.scopes.length === 0 || method.scopes.some((scope) => provided.includes(scope))) return;
    throw new ApiError('missing_scope', {
      needed: method.scopes.join(','),
      provided: provided.join(','),
    });
  }

  return {
    router,
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
