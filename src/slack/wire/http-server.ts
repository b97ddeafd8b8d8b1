import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';

/** How long a stop waits for answers. Load balancers open connections long before they ask for anything on them. */
const LAST_ANSWERS_MS = 2_000;

export interface HttpServer {
  /** @throws what `listen` says, for instance that the port is taken */
  start(port: number): Promise<Server>;
  stop(): Promise<void>;
}

/**
 * What machines call, by exact paths. Bolt's own server for Socket Mode reads the address as a URL where nobody catches
 * what that throws, so that `GET //` by anybody at all ends the process; nor does it say that its port is taken.
 * @param first takes what is its own, and says whether it did
 */
export function makeHttpServer(
  routes: readonly CustomRoute[],
  first: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): HttpServer {
  const server = createServer((request, response) => {
    if (first(request, response)) return;
    const path = pathOf(request);
    const route = routes.find(
      (each) => each.path === path && [each.method].flat().includes(request.method ?? ''),
    );
    // A route has no parameters but those of its query.
    if (route) route.handler(Object.assign(request, { params: {} }), response);
    else response.writeHead(404).end();
  });
  return {
    start: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => {
          server.off('error', reject);
          resolve(server);
        });
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** What was asked for, without its query. */
export function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}
