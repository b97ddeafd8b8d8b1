import { LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Bolt's log lines, in Docket's log. Tokens are struck out there, see `main.ts`. */
export function boltLogger(log: Logger) {
  const bolt = log.child({ from: 'bolt' });
  const said = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' ');
  // Bolt has much to say about every request; it is put into words only where somebody reads it.
  const debug = (...parts: unknown[]) => {
    if (bolt.isLevelEnabled('debug')) bolt.debug(said(parts));
  };
  return {
    debug,
    info: debug,
    warn: (...parts: unknown[]) => bolt.warn(said(parts)),
    error: (...parts: unknown[]) => bolt.error(said(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
