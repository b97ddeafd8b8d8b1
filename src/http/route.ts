import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something that machines ask for. Bolt serves it on the same port, in both of its modes. */
export interface Route {
  path: string;
  method: string;
  handler(request: IncomingMessage, response: ServerResponse): void;
}
