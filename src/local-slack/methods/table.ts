import { appMethods, connectionsOpen } from './app.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import type { Method } from './method.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every method of the Web API that local Slack knows, by name. */
export function methodTable(socketUrl: () => string | undefined): Map<string, Method> {
  return new Map(
    Object.entries({
      ...appMethods,
      ...chatMethods,
      ...conversationMethods,
      ...fileMethods,
      ...historyMethods,
      ...userMethods,
      ...viewMethods,
      'apps.connections.open': connectionsOpen(socketUrl),
    }),
  );
}
