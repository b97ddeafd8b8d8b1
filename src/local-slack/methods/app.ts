import * as z from 'zod';
import { isObj, str } from '../json.ts';
import { checkMessage, checkView } from '../limits.ts';
import { botId } from '../payloads.ts';
import { ApiError, json, type Method, method, text } from './method.ts';

const apiTest = method({
  token: 'none',
  args: z.object({ error: text.optional() }).catchall(z.unknown()),
  run({ error, ...args }) {
    if (error) throw new ApiError(error);
    return { args };
  },
});

const authTest = method({
  args: z.object({}),
  run: (_args, world) => ({
    url: `https://${world.workspace.team.domain}.slack.com/`,
    team: world.workspace.team.name,
    user: world.workspace.bot.name,
    team_id: world.workspace.team.id,
    user_id: world.workspace.bot.id,
    bot_id: botId(world),
    app_id: world.appId,
    is_enterprise_install: false,
  }),
});

/** @param socketUrl gives a fresh one-time address, or nothing when the app is reached over HTTP */
export function connectionsOpen(socketUrl: () => string | undefined): Method {
  return method({
    token: 'app',
    errors: ['forbidden_team'],
    args: z.object({}),
    run() {
      const url = socketUrl();
      // What Slack answers when Socket Mode is switched off for the app.
      if (url === undefined) throw new ApiError('forbidden_team');
      return { url };
    },
  });
}

/** Looks at blocks, a message or a view without showing them; exactly one of the three. */
const validate = method({
  token: 'none',
  errors: ['invalid_blocks', 'invalid_message', 'invalid_view'],
  args: z.object({ blocks: json.optional(), message: json.optional(), view: json.optional() }),
  run({ blocks, message, view }) {
    if ([blocks, message, view].filter((one) => one !== undefined).length !== 1)
      throw new ApiError('invalid_arguments');
    const problems =
      view !== undefined
        ? checkView(view)
        : blocks !== undefined
          ? checkMessage({ blocks })
          : checkMessage(isObj(message) ? { text: str(message.text), blocks: message.blocks } : {});
    const code =
      view !== undefined ? 'invalid_view' : blocks !== undefined ? 'invalid_blocks' : 'invalid_message';
    if (problems.length > 0) throw new ApiError(code, { errors: problems });
    return {};
  },
});

export const appMethods: Record<string, Method> = {
  'api.test': apiTest,
  'auth.test': authTest,
  'blocks.validate': validate,
};
