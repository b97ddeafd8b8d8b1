import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { WindableClock } from '../clock.ts';
import { perform } from './acts/act.ts';
import { archive, deleteMessage, setGroup, setPerson } from './administer.ts';
import { createAnswers } from './answers.ts';
import { createApi } from './api.ts';
import { type Changes, createChanges } from './changes.ts';
import type { Company } from './company.ts';
import { fileRoutes } from './file-routes.ts';
import { guard } from './guard.ts';
import { createHand, type Hand } from './hand.ts';
import { createHttpWire } from './http-wire.ts';
import { isObj } from './json.ts';
import { methodTable } from './methods/table.ts';
import { pageRoutes } from './page-routes.ts';
import type { Act, ActResult, Person, Snapshot } from './protocol.ts';
import { keepSaved, readSaved } from './saved.ts';
import { type Call, createServe, type Trouble } from './serve.ts';
import { takeSnapshot } from './snapshot.ts';
import { createSocketWire } from './socket-wire.ts';
import type { Wire } from './wire.ts';
import type { StoredMessage } from './workspace.ts';
import { APP_ID, createWorld, type World } from './world.ts';

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
  /** How it misbehaves, call by call, beside the faults that people ask for on its page. */
  trouble?: Trouble;
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
  /** All messages of the workspace, oldest first, with what only apps see of them. */
  messages(): readonly StoredMessage[];
  /** Web API calls so far, oldest first. */
  calls(method?: string): Call[];
  /** Changes a person, or adds one with all fields given, and tells the app (`user_change`, `team_join`). */
  setPerson(id: string, patch: Partial<Person>): void;
  /** Changes who is in a user group and tells the app (`subteam_members_changed`). */
  setGroup(id: string, members: string[]): void;
  /** Archives a channel: nobody can post there any more. */
  archive(channel: string): void;
  /** Deletes somebody's or the app's message, as an administrator may. */
  deleteMessage(channel: string, ts: string): void;
  /** Asks connected apps to connect anew (Socket Mode only). */
  refreshConnections(): void;
  /** Resolves when the app can be reached. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

const BOT_TOKEN = 'xoxb-local-0000000000-0000000000';
const APP_TOKEN = 'xapp-1-ALOCAL00001-0000000000-local';
const SOCKET_SIGNING_SECRET = 'local-slack-signing-secret';

/** Starts a Slack on 127.0.0.1. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const { clock, company, delivery, file, log = () => {} } = options;
  const saved = file === undefined ? undefined : readSaved(file, company.team.id);
  if (saved && saved.ahead > clock.ahead()) await clock.advanceTo(clock.now() + saved.ahead - clock.ahead());
  const app = express();
  const server = createServer(app);
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}/`;
  const changes = createChanges();
  const wire = layWire(server, options, changes);
  const world = createWorld(
    { ...options, changes, wire, url, log, filesFolder: file && `${file}.files` },
    saved,
  );
  const calls = mount(app, world, wire, port, options.trouble);
  const keep = file === undefined ? undefined : keepSaved(file, world);
  const { act, snapshot } = bind(world, wire);
  return {
    url,
    apiUrl: `${url}api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: delivery.mode === 'http' ? delivery.signingSecret : SOCKET_SIGNING_SECRET,
    act,
    snapshot,
    as: (nameOrId) => createHand({ changes, act, snapshot, people: world.workspace.state.people }, nameOrId),
    messages: () => world.workspace.state.messages,
    calls,
    setPerson: (id, patch) => setPerson(world, id, patch),
    setGroup: (id, members) => setGroup(world, id, members),
    archive: (channel) => archive(world, channel),
    deleteMessage: (channel, ts) => deleteMessage(world, channel, ts),
    refreshConnections: () => wire.refresh('refresh_requested'),
    connected: () => wire.connected(),
    close: async () => {
      wire.close();
      keep?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function layWire(server: Server, { clock, delivery }: LocalSlackOptions, changes: Changes): Wire {
  if (delivery.mode === 'socket') return createSocketWire(server, APP_ID, changes);
  return createHttpWire(delivery, () => clock.now() - clock.ahead(), changes);
}

function bind(world: World, wire: Wire) {
  return {
    act: (what: Act) => perform(world, what),
    snapshot: (personId: string) => takeSnapshot(world, personId, wire.isConnected()),
  };
}

/** Puts everything that is reached over HTTP on its path. Gives what tells of the calls. */
function mount(
  app: Express,
  world: World,
  wire: Wire,
  port: number,
  trouble: Trouble | undefined,
): LocalSlack['calls'] {
  const socketUrl = () => {
    const path = wire.ticket();
    return path === undefined ? undefined : `ws://127.0.0.1:${port}${path}`;
  };
  const served = createServe(world, trouble);
  const api = createApi(world, methodTable(socketUrl), { bot: BOT_TOKEN, app: APP_TOKEN }, served);
  const { changes, workspace } = world;
  app.use(guard, fileRoutes(world, served));
  app.use(express.json({ limit: '5mb' }), express.urlencoded({ extended: false, limit: '5mb' }));
  app.use('/api', api);
  app.use('/response', createAnswers(world));
  app.use(
    pageRoutes({
      changes,
      ...bind(world, wire),
      personFor: (id) => (workspace.person(id) ?? workspace.firstPerson()).id,
    }),
  );
  app.use(reportTo(world.log));
  return served.calls;
}

/** Listens on that port, or any free one for 0, and gives the port it has. */
function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : wanted);
    });
  });
}

/** A request that could not be read is the sender's fault; everything else is ours, and is logged. */
function reportTo(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = isObj(error) && typeof error.status === 'number' ? error.status : 500;
    if (status === 500) log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return response
      .status(status)
      .json({ ok: false, error: status === 500 ? 'internal_error' : 'invalid_json' });
  };
}
