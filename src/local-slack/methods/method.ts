import * as z from 'zod';
import { type Obj, parsed } from '../json.ts';
import type { World } from '../world.ts';

/** A refusal, in one of the codes that Slack documents for the method. */
export class ApiError extends Error {
  readonly code: string;
  /** What the answer carries besides the code. */
  readonly more: Obj;

  constructor(code: string, more: Obj = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

/** One method of the Web API. */
export interface Method {
  token: 'bot' | 'app' | 'none';
  /** One of these is enough to call it at all; handlers ask for more where it depends on the conversation. */
  scopes: readonly string[];
  /** Its documented codes, besides those that every method has. */
  errors: readonly string[];
  /** Reads the arguments and carries the call out. Throws `ApiError`. */
  call(args: Obj, world: World): Obj;
}

/** Makes a method whose arguments are read with zod before `run` sees them. */
export function method<A>(definition: {
  token?: Method['token'];
  scopes?: readonly string[];
  errors?: readonly string[];
  args: z.ZodType<A>;
  run(args: A, world: World): Obj;
}): Method {
  const { token = 'bot', scopes = [], errors = [], args: schema, run } = definition;
  return {
    token,
    scopes,
    errors,
    call(args, world) {
      const read = schema.safeParse(args);
      if (read.success) return run(read.data, world);
      const messages = read.error.issues.map(({ message, path }) => {
        const place = path.join('/');
        return place in args
          ? `[ERROR] ${message} [json-pointer:/${place}]`
          : `[ERROR] missing required field: ${place}`;
      });
      throw new ApiError('invalid_arguments', { response_metadata: { messages } });
    },
  };
}

/** Arguments come as a form, where everything is a string, or as JSON. */
export const text = z.union([z.string(), z.number()]).transform(String);
export const flag = z.preprocess((value) => value === true || value === 'true' || value === '1', z.boolean());
/** JSON, inside a form as text. What is no JSON stays text, to be refused as such. */
export const json = z.preprocess(
  (value) => (typeof value === 'string' ? (parsed(value) ?? value) : value),
  z.unknown(),
);

/** @throws ApiError missing_scope, unless the app has the scope */
export function needScope(world: World, scope: string): void {
  const provided = world.manifest.oauth_config.scopes.bot;
  if (!provided.includes(scope))
    throw new ApiError('missing_scope', { needed: scope, provided: provided.join(',') });
}

/**
 * One page of a list, and the cursor of the next.
 * @throws ApiError invalid_cursor
 */
export function page<T>(all: readonly T[], limit: number, cursor = ''): { items: T[]; next: string } {
  const start =
    cursor === ''
      ? 0
      : Number(
          Buffer.from(cursor, 'base64')
            .toString()
            .replace(/^next:/, ''),
        );
  if (!Number.isInteger(start) || start < 0) throw new ApiError('invalid_cursor');
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), next };
}

export const paging = {
  cursor: text.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
};
