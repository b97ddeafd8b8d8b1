import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';

/** What the operator has to do about what Slack said when Docket came to it. */
export const ADVICE: Readonly<Record<string, string>> = {
  invalid_auth:
    "Slack does not know the token. Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from the app's settings.",
  not_authed: 'Slack got no token. Set SLACK_BOT_TOKEN.',
  account_inactive: 'The token belongs to an app that was removed from the workspace. Install it again.',
  token_revoked: 'The token was revoked. Install the app again and copy the new one.',
  not_allowed_token_type:
    'SLACK_APP_TOKEN must be an app-level token (xapp-…) with the scope connections:write.',
  missing_scope:
    'The app lacks a scope. Update it from manifest.yml, install it again and copy the new token.',
};

/** A failed start in words, with the cause kept for the log. */
export function startError(error: unknown): unknown {
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    return new Error(ADVICE[code] ?? `Slack refused the start: ${code}.`, { cause: error });
  }
  if (error instanceof WebAPIRequestError) {
    return new Error('Slack cannot be reached. Check the network, and SLACK_API_URL if it is set.', {
      cause: error,
    });
  }
  return error;
}
