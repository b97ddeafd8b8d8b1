import { type Request, type Response, Router } from 'express';
import type { Changes } from './changes.ts';
import { isObj } from './json.ts';
import { bundlePage, type PageBundle } from './page-bundle.ts';
import type { Act, ActResult, Snapshot } from './protocol.ts';

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Slack</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body>
</html>`;

/** The page for people, and what it asks of the server. */
export function pageRoutes(parts: {
  changes: Changes;
  act(act: Act): Promise<ActResult>;
  snapshot(personId: string): Snapshot;
  /** That person, or whom the page shows to somebody who has not chosen yet. */
  personFor(id: string): string;
}): Router {
  const router = Router();
  let bundle: Promise<PageBundle> | undefined;
  const bundled = async () => {
    bundle ??= bundlePage();
    try {
      return await bundle;
    } catch (error) {
      // Whoever repairs the page need not start Slack again.
      bundle = undefined;
      throw error;
    }
  };

  router.get('/', (_request, response) => {
    response.type('html').send(HTML);
  });
  router.get('/page.js', async (_request, response) => {
    response.type('js').send((await bundled()).script);
  });
  router.get('/page.css', async (_request, response) => {
    response.type('css').send((await bundled()).style);
  });

  router.get('/local/state', (request, response) => {
    response.json(parts.snapshot(parts.personFor(String(request.query.as))));
  });
  router.get('/local/events', (request, response) => streamChanges(request, response, parts.changes));
  router.post('/local/act', async (request, response) => {
    if (!isObj(request.body) || typeof request.body.verb !== 'string') {
      response.status(400).json({ ok: false, error: 'That is not something to do.' });
      return;
    }
    // The page is built from the same protocol.ts; what it names is looked up before it is used.
    response.json(await parts.act(request.body as unknown as Act));
  });
  return router;
}

/** Server-sent events: one line for each change. */
function streamChanges(request: Request, response: Response, changes: Changes): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('data: changed\n\n');
  const unwatch = changes.watch(() => response.write('data: changed\n\n'));
  request.on('close', unwatch);
}
