import { type Request, type Response, Router } from 'express';
import { type Obj, obj } from './json.ts';
import { ApiError, type Method } from './methods/method.ts';
import type { Serve } from './serve.ts';
import type { World } from './world.ts';

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

/** The Web API at `/api/METHOD`, as a form or JSON, with the token in a header or among the arguments. */
export function createApi(
  world: World,
  table: ReadonlyMap<string, Method>,
  tokens: { bot: string; app: string },
  { serve }: Serve,
): Router {
  const router = Router();

  router.all('/:method', async (request: Request, response: Response) => {
    const method = String(request.params.method);
    const { token: inArgs, ...args } = { ...obj(request.query), ...obj(request.body) };
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? inArgs;
    response.setHeader('x-oauth-scopes', world.manifest.oauth_config.scopes.bot.join(','));
    const answer = () => {
      const body = run(method, args, token);
      return { name: body.ok === true ? 'ok' : String(body.error), body };
    };
    await serve({ method, args, request, response, run: answer });
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

  return router;
}
