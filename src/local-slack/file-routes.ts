import express, { type Response as Reply, type Request, Router } from 'express';
import { isPicture } from './files.ts';
import type { Answer, Serve } from './serve.ts';
import type { World } from './world.ts';

/** Slack takes up to a gigabyte; nobody needs that here. */
const MOST_BYTES = '50mb';

/** Where files come in, and where they are fetched from. Faults meet the upload as a method called `upload`. */
export function fileRoutes(world: World, { serve }: Serve): Router {
  const router = Router();
  const whole = express.raw({ type: () => true, limit: MOST_BYTES });

  router.post('/upload/v1/:secret', whole, async (request: Request, response: Reply) => {
    const bytes = await bytesIn(request);
    const run = (): Answer => {
      const wrong = world.files.receive(String(request.params.secret), bytes);
      if (wrong === undefined) return { name: 'ok', body: `OK - ${bytes.length}` };
      return { name: wrong, status: wrong === 'unknown' ? 404 : 400, body: wrong };
    };
    await serve({ method: 'upload', args: { length: bytes.length }, request, response, run });
  });

  router.get('/files/:id/:name', (request, response) => {
    const id = String(request.params.id);
    const file = world.workspace.file(id);
    const bytes = world.files.bytesOf(id);
    if (!file || !bytes) {
      response.status(404).send('That file is not there.');
      return;
    }
    // Whatever it is, it is no page of this Slack: only pictures are shown in place.
    response.setHeader('x-content-type-options', 'nosniff').setHeader('cache-control', 'no-store');
    if (!isPicture(file)) response.attachment(file.name);
    response.type(file.mimetype).send(bytes);
  });
  return router;
}

/** What was posted: the body as it is, or the one file of a form. */
async function bytesIn(request: Request): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((part) => typeof part !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}
