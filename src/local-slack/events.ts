import type { Obj } from './json.ts';
import { eventPayload } from './payloads.ts';
import type { World } from './world.ts';

/** Tells the app of an event, if its manifest subscribes to it. Nobody waits for the answer. */
export function announce(world: World, subscription: string, event: Obj): void {
  if (!world.manifest.settings.event_subscriptions.bot_events.includes(subscription)) return;
  void world.deliver({ type: 'events_api', payload: eventPayload(world, event) });
}
