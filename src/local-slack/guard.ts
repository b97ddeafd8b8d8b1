import type { NextFunction, Request, Response } from 'express';

const LOCAL_NAMES = new Set(['127.0.0.1', 'localhost']);

/**
 * Lets in only what was addressed to this machine and not sent by another site: a page somewhere on the web
 * must not reach local Slack through the reader's browser, by a rebound name or a form.
 */
export function guard(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  const { origin } = request.headers;
  const toHere = LOCAL_NAMES.has(host.replace(/:\d+$/, ''));
  const fromHere = origin === undefined || origin === `http://${host}`;
  if (toHere && (fromHere || request.method === 'GET')) next();
  else response.status(403).json({ ok: false, error: 'This Slack answers only to this machine.' });
}
