import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import type { WindableClock } from '../clock.ts';
import { perform } from './acts/act.ts';
import { setGroup, setPerson } from './administer.ts';
import { createAnswers } from './answers.ts';
import { type Call, createApi } from './api.ts';
import { createChanges } from './changes.ts';
import type { Company } from './company.ts';
import { createDeliver } from './deliver.ts';
import { createFaults } from './faults.ts';
import { guard } from './guard.ts';
import { createHand, type Hand } from './hand.ts';
import { createHttpWire } from './http-wire.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { methodTable } from './methods/table.ts';
import { pageRoutes } from './page-routes.ts';
import type { Act, ActResult, Person, Snapshot } from './protocol.ts';
import { createResponseUrls } from './response-urls.ts';
import { keepSaved, readSaved } from './saved.ts';
import { takeSnapshot } from './snapshot.ts';
import { createSocketWire } from './socket-wire.ts';
import { createTriggers } from './triggers.ts';
import { Views } from './views.ts';
import { Workspace } from './workspace.ts';
import type { World } from './world.ts';

export interface LocalSlackOptions {
  clock: WindableClock;
  /** The text of the app's manifest.yml. */
  manifest: string;
  company: Company;
  /** 0, the default, takes any free one. */
  port?: number;
  delivery: { mode: 'socket' } | { mode: 'http'; url: string; signingSecret: string };
  /** Where the workspace and its clock are kept between runs; absent, it is forgotten. */
  file?: string;
  log?: (line: string) => void;
}

export interface LocalSlack {
  /** The page for people. */
  url: string;
  /** For Bolt's `slackApiUrl`, with its slash at the end. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** Does what a person does on the page; resolves when the app has answered or three seconds are over. */
  act(act: Act): Promise<ActResult>;
  snapshot(personId: string): Snapshot;
  /** Somebody of the company, by short name or id, to act as in tests. */
  as(nameOrId: string): Hand;
  /** Web API calls so far, oldest first. */
  calls(method?: string): Call[];
  /** Changes a person, or adds one with all fields given, and tells the app (`user_change`, `team_join`). */
  setPerson(id: string, patch: Partial<Person>): void;
  /** Changes who is in a user group and tells the app (`subteam_members_changed`). */
  setGroup(id: string, members: string[]): void;
  /** Asks connected apps to connect anew (Socket Mode only). */
  refreshConnections(): void;
  /** Resolves when the app can be reached. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

const BOT_TOKEN = 'xoxb-local-0000000000-0000000000';
const APP_TOKEN = 'xapp-1-ALOCAL00001-0000000000-local';
const SOCKET_SIGNING_SECRET = 'local-slack-signing-secret';
const APP_ID = 'A0LOCALAPP1';

/** Starts a Slack on 127.0.0.1. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const { clock, company, delivery, file } = options;
  const log = options.log ?? (() => {});
  const manifest = readManifest(options.manifest);
  const saved = file === undefined ? undefined : readSaved(file, company.team.id);
  if (saved && saved.ahead > clock.ahead()) await clock.advanceTo(clock.now() + saved.ahead - clock.ahead());

  const app = express();
  const server = createServer(app);
  await listen(server, options.port ?? 0);
  // A server that listens on a port has an address object.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;

  const changes = createChanges();
  const triggers = createTriggers();
  const faults = createFaults();
  const socket = delivery.mode === 'socket' ? createSocketWire(server, APP_ID, changes) : undefined;
  const machineNow = () => clock.now() - clock.ahead();
  const wire = delivery.mode === 'http' ? createHttpWire(delivery, machineNow, changes) : socket;
  if (!wire) throw new Error('There is no road to the app.');

  const workspace = new Workspace(company, botPerson(manifest), clock, changes, saved?.workspace);
  const world: World = {
    clock,
    manifest,
    appId: APP_ID,
    verification: 'local-verification-token',
    changes,
    workspace,
    views: new Views(changes, saved?.homes),
    triggers,
    responseUrls: createResponseUrls(clock, (secret) => `${url}response/${secret}`),
    faults,
    deliver: createDeliver({ wire: () => wire, clock, faults, triggers }),
    log,
  };

  const act = (what: Act) => perform(world, what);
  const snapshot = (personId: string) => takeSnapshot(world, personId, wire.isConnected());
  const socketUrl = () => socket && `ws://127.0.0.1:${port}${socket.ticket()}`;
  const api = createApi(world, methodTable(socketUrl), { bot: BOT_TOKEN, app: APP_TOKEN });
  app.use(guard, express.json({ limit: '5mb' }), express.urlencoded({ extended: false, limit: '5mb' }));
  app.use('/api', api.router);
  app.use('/response', createAnswers(world));
  app.use(pageRoutes({ changes, act, snapshot, isPerson: (id) => workspace.person(id) !== undefined }));
  app.use(reportTo(log));

  const keep = file === undefined ? undefined : keepSaved(file, world);

  return {
    url,
    apiUrl: `${url}api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: delivery.mode === 'http' ? delivery.signingSecret : SOCKET_SIGNING_SECRET,
    act,
    snapshot,
    as: (nameOrId) => createHand({ changes, act, snapshot, people: workspace.state.people }, nameOrId),
    calls: api.calls,
    setPerson: (id, patch) => setPerson(world, id, patch),
    setGroup: (id, members) => setGroup(world, id, members),
    refreshConnections: () => socket?.refresh('refresh_requested'),
    connected: () => wire.connected(),
    close: async () => {
      wire.close();
      keep?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function botPerson(manifest: Manifest): Person {
  const realName = manifest.features.bot_user.display_name;
  const name = realName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return { id: 'U0LOCALBOT1', name, realName, title: 'App', zone: 'UTC', isAdmin: false, isBot: true };
}

function reportTo(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (response.headersSent) return next(error);
    return response.status(500).json({ ok: false, error: 'internal_error' });
  };
}
