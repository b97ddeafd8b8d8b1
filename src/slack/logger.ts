import { LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Bolt's log lines, in Docket's log. Tokens are struck out there, see `main.ts`. */
export function boltLogger(log: Logger) {
  const bolt = log.child({ from: 'bolt' });
  const said = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' ');
  return {
    debug: (...parts: unknown[]) => bolt.debug(said(parts)),
    info: (...parts: unknown[]) => bolt.debug(said(parts)),
    warn: (...parts: unknown[]) => bolt.warn(said(parts)),
    error: (...parts: unknown[]) => bolt.error(said(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
