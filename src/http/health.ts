import type { World } from '../engine/world.ts';
import type { Route } from './route.ts';

/** For how long an answer of the database holds: each question takes a connection, of which clicks need theirs. */
const HOLDS_MS = 1_000;

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, for load balancers and deployments.
 * @param isConnected whether Slack is connected
 */
export function healthRoutes({ db, log, clock }: World, isConnected: () => boolean): Route[] {
  const say = (response: Parameters<Route['handler']>[1], status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  let last: { at: number; answer: Promise<boolean> } | undefined;
  const answers = (): Promise<boolean> => {
    const at = clock.now();
    if (last && at - last.at < HOLDS_MS) return last.answer;
    const answer = db.ping().then(
      () => true,
      (error) => {
        log.warn({ err: error }, 'not ready: the database does not answer');
        return false;
      },
    );
    last = { at, answer };
    return answer;
  };
  return [
    { path: '/healthz', method: 'GET', handler: (_, response) => say(response, 200, { ok: true }) },
    {
      path: '/readyz',
      method: 'GET',
      async handler(_, response) {
        const database = await answers();
        const slack = isConnected();
        say(response, database && slack ? 200 : 503, { ok: database && slack, database, slack });
      },
    },
  ];
}
