import type { WindableClock } from '../clock.ts';
import type { Changes } from './changes.ts';
import type { Company } from './company.ts';
import { createDeliver } from './deliver.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFiles, type Files } from './files.ts';
import { type Manifest, readManifest } from './manifest.ts';
import type { Person } from './protocol.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import type { Saved } from './saved.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import type { Values } from './values.ts';
import { Views } from './views.ts';
import type { Ack, Delivery, Wire } from './wire.ts';
import { Workspace } from './workspace.ts';

/** The app's id, wherever one is shown. */
export const APP_ID = 'A0LOCALAPP1';

/** Everything one local Slack is made of. */
export interface World {
  clock: WindableClock;
  /** Where this Slack is reached, with a slash at the end. */
  url: string;
  manifest: Manifest;
  appId: string;
  /** The verification token that payloads still carry. */
  verification: string;
  changes: Changes;
  workspace: Workspace;
  files: Files;
  views: Views;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  faults: Faults;
  /** What people picked in the elements of messages, by person, channel and ts: a message holds no state itself. */
  picks: Map<string, Values>;
  /** Takes something a person did, or that happened, to the bot. */
  deliver(delivery: Delivery): Promise<Ack>;
  log(line: string): void;
}

/**
 * Makes the world, as it was saved if it was.
 * @param filesFolder where uploaded files are kept between runs; absent, they are forgotten
 */
export function createWorld(
  parts: Pick<World, 'clock' | 'url' | 'changes' | 'log'> & {
    manifest: string;
    company: Company;
    wire: Wire;
    filesFolder?: string | undefined;
  },
  saved: Saved | undefined,
): World {
  const { clock, changes, company, wire, url, log } = parts;
  const manifest = readManifest(parts.manifest);
  const triggers = createTriggers();
  const faults = createFaults();
  const workspace = new Workspace(company, botPerson(manifest), clock, changes, saved?.workspace);
  return {
    clock,
    url,
    manifest,
    appId: APP_ID,
    verification: 'local-verification-token',
    changes,
    workspace,
    files: createFiles(workspace, clock, parts.filesFolder),
    views: new Views(changes, saved?.homes),
    triggers,
    responseUrls: createResponseUrls(clock, (secret) => `${url}response/${secret}`),
    faults,
    picks: new Map(),
    deliver: createDeliver({ wire, clock, faults, triggers }),
    log,
  };
}

function botPerson(manifest: Manifest): Person {
  const realName = manifest.features.bot_user.display_name;
  const name = realName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { id: 'U0LOCALBOT1', name, realName, title: 'App', zone: 'UTC', isAdmin: false, isBot: true };
}
