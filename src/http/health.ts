import type { World } from '../engine/world.ts';
import type { Route } from './route.ts';

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, for load balancers and deployments.
 * @param isConnected whether Slack is connected
 */
export function healthRoutes({ db, log }: World, isConnected: () => boolean): Route[] {
  const say = (response: Parameters<Route['handler']>[1], status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  return [
    { path: '/healthz', method: 'GET', handler: (_, response) => say(response, 200, { ok: true }) },
    {
      path: '/readyz',
      method: 'GET',
      async handler(_, response) {
        const database = await db.ping().then(
          () => true,
          (error) => {
            log.warn({ err: error }, 'not ready: the database does not answer');
            return false;
          },
        );
        const slack = isConnected();
        say(response, database && slack ? 200 : 503, { ok: database && slack, database, slack });
      },
    },
  ];
}
