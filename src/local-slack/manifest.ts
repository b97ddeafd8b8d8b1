import { load } from 'js-yaml';
import * as z from 'zod';

const schema = z.object({
  display_information: z.object({ name: z.string().min(1).max(35) }),
  features: z
    .object({
      app_home: z
        .object({
          home_tab_enabled: z.boolean().default(false),
          messages_tab_enabled: z.boolean().default(true),
          messages_tab_read_only_enabled: z.boolean().default(false),
        })
        .prefault({}),
      bot_user: z.object({ display_name: z.string().max(80) }),
      slash_commands: z
        .array(
          z.object({
            command: z.string().startsWith('/').max(32),
            description: z.string(),
            usage_hint: z.string().max(1000).default(''),
            should_escape: z.boolean().default(false),
          }),
        )
        .default([]),
      shortcuts: z
        .array(
          z.object({
            name: z.string().max(24),
            type: z.enum(['message', 'global']),
            callback_id: z.string().max(255),
            description: z.string().max(150),
          }),
        )
        .default([]),
    })
    .prefault({ bot_user: { display_name: 'bot' } }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
      interactivity: z.object({ is_enabled: z.boolean() }).prefault({ is_enabled: false }),
      socket_mode_enabled: z.boolean().default(false),
    })
    .prefault({}),
});

/** What the app declares of itself: its commands, scopes and events decide what Slack lets it do and tells it. */
export type Manifest = z.infer<typeof schema>;

/**
 * Reads the text of a manifest.yml (or JSON, which is YAML too).
 * @throws ZodError when a part that local Slack needs is missing or wrong
 */
export function readManifest(text: string): Manifest {
  return schema.parse(load(text));
}
