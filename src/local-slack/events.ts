import type { Obj } from './json.ts';
import { eventPayload } from './payloads.ts';
import type { World } from './world.ts';

/** What an app may hear only with a scope; Slack does not even let it subscribe without. */
const SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  team_join: 'users:read',
  user_change: 'users:read',
  subteam_created: 'usergroups:read',
  subteam_updated: 'usergroups:read',
  subteam_members_changed: 'usergroups:read',
};

/** Tells the app of an event, if its manifest subscribes to it and has the scope. Nobody waits for the answer. */
export function announce(world: World, subscription: string, event: Obj): void {
  if (!world.manifest.settings.event_subscriptions.bot_events.includes(subscription)) return;
  const scope = SCOPES[subscription];
  if (scope !== undefined && !world.manifest.oauth_config.scopes.bot.includes(scope)) {
    world.log(`${subscription} needs the scope ${scope}, so Slack does not send it.`);
    return;
  }
  void world.deliver({ type: 'events_api', payload: eventPayload(world, event) });
}
