import type { WindableClock } from '../clock.ts';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { Manifest } from './manifest.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Ack, Delivery } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** Everything one local Slack is made of. */
export interface World {
  clock: WindableClock;
  manifest: Manifest;
  appId: string;
  /** The verification token that payloads still carry. */
  verification: string;
  changes: Changes;
  workspace: Workspace;
  views: Views;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  faults: Faults;
  /** Takes something a person did, or that happened, to the bot. */
  deliver(delivery: Delivery): Promise<Ack>;
  log(line: string): void;
}
