import { type CustomRoute, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { httpReceiver } from './http-receiver.ts';
import { type HttpServer, makeHttpServer } from './http-server.ts';

/**
 * Unlike a call, a lost connection is asked for again until Slack gives one, at first quickly, then every half
 * minute. With fewer tries Bolt's client would leave a rejection unhandled, which ends the process.
 */
const RECONNECT = { retries: 12, factor: 1.3, maxTimeout: 30_000, forever: true };

/** Socket Mode with an app token, else signed HTTP by the machine's own time. */
export type How = { appToken: string } | { signingSecret: string; now(): number };

interface ReceiverOptions {
  how: How;
  logger: Logger;
  /** What machines call, on the port that the receiver is started with. */
  routes: readonly CustomRoute[];
  /** Slack's Web API, where it is not the real one. */
  apiUrl?: string;
}

interface SlackReceiver {
  receiver: Receiver;
  /** Whether Slack can reach Docket now, as far as Docket can know. */
  isConnected(): boolean;
}

/** What hears Slack: Socket Mode with an app token, else signed HTTP. */
export function makeReceiver({ how, apiUrl, logger, routes }: ReceiverOptions): SlackReceiver {
  if ('signingSecret' in how)
    return { receiver: httpReceiver({ ...how, routes, logger }), isConnected: () => true };
  const clientOptions = { retryConfig: RECONNECT, timeout: 5_000, ...(apiUrl && { slackApiUrl: apiUrl }) };
  const { appToken } = how;
  const socket = new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } });
  catchMisreading(socket.client, logger);
  let connected = false;
  socket.client.on('connected', () => {
    connected = true;
  });
  for (const lost of ['close', 'disconnected'])
    socket.client.on(lost, () => {
      connected = false;
    });
  return { receiver: withServer(socket, makeHttpServer(routes)), isConnected: () => connected };
}

/** Over the websocket comes what Slack sends; what machines call comes to a server beside it. */
function withServer(socket: SocketModeReceiver, server: HttpServer): Receiver {
  return {
    init: (app) => socket.init(app),
    async start(port: number) {
      await server.start(port);
      return socket.start();
    },
    async stop() {
      await socket.stop();
      await server.stop();
    },
  };
}

/**
 * Slack's client reads fields of whatever came over the websocket and leaves it to nobody to catch what that throws,
 * so that an event without its payload would end the process.
 */
function catchMisreading(client: SocketModeReceiver['client'], logger: Logger): void {
  for (const hear of client.listeners('ws_message')) {
    client.off('ws_message', hear);
    client.on('ws_message', async (...message: unknown[]) => {
      try {
        await hear(...message);
      } catch (error) {
        logger.warn('Slack sent something over the websocket that cannot be read', error);
      }
    });
  }
}
