import { LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

/** Slack's tokens, wherever they stand: `main.ts` strikes out fields that hold one, but a line is only words. */
const TOKEN = /\bx(?:ox[a-z]|app)-[\w.-]+/g;

/** Bolt's log lines, in Docket's log, without tokens. */
export function boltLogger(log: Logger) {
  const bolt = log.child({ from: 'bolt' });
  const said = (parts: unknown[]) =>
    parts
      .map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part)))
      .join(' ')
      .replaceAll(TOKEN, '[token]');
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
