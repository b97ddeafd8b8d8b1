import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `file:./data/docket.db` is relative to the working folder; `file:///var/docket.db` and `file:/var/…` are not. */
export function fileOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}
