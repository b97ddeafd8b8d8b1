import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Outcome } from '../../engine/settle-delivery.ts';

/** The person, channel or message is gone, and trying again will not bring it back. */
const GONE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'user_not_found',
  'is_archived',
  'cannot_dm_bot',
  'user_disabled',
  'users_not_found',
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** Slack broke on the way; the call may have had its effect. */
const BROKE: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
]);

/** What an operator has to mend first (a token, a scope, an invitation); until then it is tried again at leisure. */
const MENDABLE: ReadonlySet<string> = new Set([
  ...['not_in_channel', 'missing_scope', 'invalid_auth', 'not_authed', 'account_inactive', 'token_revoked'],
  ...[
    'token_expired',
    'team_access_not_granted',
    'restricted_action',
    'ekm_access_denied',
    'org_login_required',
  ],
]);
const MENDABLE_AGAIN_MS = 60_000;

/** Codes of the network that say that nothing was sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** What a failed call to Slack means for the effect that it was part of. A bug is thrown on. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof WebAPIRateLimitedError) {
    return { end: 'later', why: 'rate limited', after: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) return outcomeOfCode(error.data.error);
  if (error instanceof WebAPIHTTPError) return { end: 'unknown', why: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) {
    const code = codeOf(error.original);
    return { end: NOT_SENT.has(code) ? 'later' : 'unknown', why: code || error.message };
  }
  throw error;
}

function outcomeOfCode(code: string): Outcome {
  if (code === 'ratelimited') return { end: 'later', why: code };
  if (BROKE.has(code)) return { end: 'unknown', why: code };
  if (MENDABLE.has(code)) return { end: 'later', why: code, after: MENDABLE_AGAIN_MS };
  return { end: 'never', why: code };
}

/** Whether a call failed because Slack is in trouble or out of reach, and may work when it is made again. */
export function isTrouble(error: unknown): boolean {
  const fromSlack = [WebAPIRateLimitedError, WebAPIPlatformError, WebAPIHTTPError, WebAPIRequestError];
  if (!fromSlack.some((kind) => error instanceof kind)) return false;
  return outcomeOf(error).end !== 'never';
}

/** Whether Slack does not let Docket into a channel, or there is none. */
export function isShut(error: unknown): error is WebAPIPlatformError {
  const shut = ['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'];
  return error instanceof WebAPIPlatformError && shut.includes(error.data.error);
}

/** Whether Slack says that what was addressed is not there any more. */
export function isGone(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && GONE.has(error.data.error);
}

/** Whether the message is gone under which something was to be said. */
export function isThreadGone(error: unknown): boolean {
  const gone = ['thread_not_found', 'cannot_reply_to_message', 'message_not_found'];
  return error instanceof WebAPIPlatformError && gone.includes(error.data.error);
}

/** Whether the window is closed that was to be drawn anew, or that another was to be opened from. */
export function isViewGone(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && error.data.error === 'not_found';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}
