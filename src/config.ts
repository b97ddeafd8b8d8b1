import { dirname, join } from 'node:path';
import * as z from 'zod';
import { fileOf } from './db/sqlite-file.ts';
import type { Backups } from './engine/world.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, a number from 0 to 65535')
  .transform(Number)
  .refine((n) => n <= 65535, 'must be a port, a number from 0 to 65535');
const filled = z.string().min(1);

const environment = z
  .object({
    NODE_ENV: z.string().default('development'),
    DATABASE_URL: z
      .string()
      .regex(/^(file:.|postgres(ql)?:\/\/)/, 'must begin with file: or postgres://')
      .default('file:./data/docket.db'),
    SLACK_BOT_TOKEN: z
      .string()
      .startsWith('xoxb-', 'must be a bot token, which begins with xoxb-')
      .optional(),
    SLACK_APP_TOKEN: z
      .string()
      .startsWith('xapp-', 'must be an app-level token, which begins with xapp-')
      .optional(),
    SLACK_SIGNING_SECRET: filled.optional(),
    SLACK_API_URL: z.url('must be a web address, for example https://slack.com/api/').optional(),
    SLACK_POST_EVERY_MS: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number of milliseconds; Slack wants about 1000')
      .prefault('1000')
      .transform(Number),
    PORT: port.optional(),
    PUBLIC_URL: z.url('must be a web address, for example https://docket.example.com').optional(),
    LOCAL_SLACK_PORT: port.prefault('4000'),
    POLICY_FILE: filled.optional(),
    BACKUP_FOLDER: filled.optional(),
    BACKUP_KEEP_DAYS: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a number of days; 0 means that no backup is made')
      .prefault('14')
      .transform(Number),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
      .default('info'),
  })
  .superRefine((env, context) => {
    const complain = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const half =
      'is set, but Slack is only reached with SLACK_BOT_TOKEN and either SLACK_APP_TOKEN or SLACK_SIGNING_SECRET';
    if (env.SLACK_BOT_TOKEN && !env.SLACK_APP_TOKEN && !env.SLACK_SIGNING_SECRET)
      complain('SLACK_BOT_TOKEN', half);
    if (!env.SLACK_BOT_TOKEN && env.SLACK_APP_TOKEN) complain('SLACK_APP_TOKEN', half);
    if (!env.SLACK_BOT_TOKEN && env.SLACK_SIGNING_SECRET) complain('SLACK_SIGNING_SECRET', half);
    if (!env.SLACK_BOT_TOKEN && env.NODE_ENV === 'production') {
      complain(
        'SLACK_BOT_TOKEN',
        'is missing. In production Docket needs a real Slack; local Slack is for trying it out',
      );
    }
  });

export interface Config {
  databaseUrl: string;
  /** Where Slack is, or nothing for a local one. */
  slack?: {
    botToken: string;
    how: { appToken: string } | { signingSecret: string };
    apiUrl?: string;
    /** Milliseconds between two new messages in one channel. */
    postEvery: number;
  };
  /** For health checks and signed HTTP. Without a real Slack nobody needs to find it, so any free one does. */
  port: number;
  /** Where others reach that port, without a slash at its end. */
  publicUrl?: string;
  localSlackPort: number;
  policyFile?: string;
  /** Where the nightly backup of a SQLite file goes, and for how long it is kept. */
  backups?: Backups;
  logLevel: string;
}

/**
 * Reads the environment, once.
 * @throws {Error} with one readable line a mistake, naming the variable and never its value
 */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  // An empty variable is an unset one, as shells and compose files mean it.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'),
    );
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    port: env.PORT ?? (env.SLACK_BOT_TOKEN ? 3000 : 0),
    localSlackPort: env.LOCAL_SLACK_PORT,
    logLevel: env.LOG_LEVEL,
    ...(env.PUBLIC_URL && { publicUrl: env.PUBLIC_URL.replace(/\/+$/, '') }),
    ...(env.POLICY_FILE && { policyFile: env.POLICY_FILE }),
    ...backupsOf(env),
    ...slackOf(env),
  };
}

function backupsOf(env: z.infer<typeof environment>): Pick<Config, 'backups'> {
  const { DATABASE_URL: url, BACKUP_KEEP_DAYS: keepDays, BACKUP_FOLDER: folder } = env;
  if (!url.startsWith('file:') || keepDays === 0) return {};
  return { backups: { folder: folder ?? join(dirname(fileOf(url)), 'backups'), keepDays } };
}

function slackOf(env: z.infer<typeof environment>): Pick<Config, 'slack'> {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  const more = {
    postEvery: env.SLACK_POST_EVERY_MS,
    ...(env.SLACK_API_URL && { apiUrl: env.SLACK_API_URL.replace(/\/?$/, '/') }),
  };
  if (botToken && appToken) return { slack: { botToken, how: { appToken }, ...more } };
  if (botToken && signingSecret) return { slack: { botToken, how: { signingSecret }, ...more } };
  return {};
}
