import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { methodTable } from '../../src/local-slack/methods/table.ts';
import type { Call } from '../../src/local-slack/serve.ts';
import { projectFile } from '../../src/project-file.ts';
import { DANA } from '../change/company.ts';
import { STANDARD } from './answers.ts';
import { MANIFEST, openDocket } from './open-docket.ts';
import { approves, files, headline, told } from './steps.ts';

const manifest = z
  .strictObject({
    _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.literal(0) }),
    display_information: z.strictObject({
      name: z.string().min(1).max(35),
      description: z.string().min(1).max(140),
      background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
    }),
    features: z.strictObject({
      app_home: z.strictObject({
        home_tab_enabled: z.literal(true),
        messages_tab_enabled: z.literal(true),
        messages_tab_read_only_enabled: z.literal(false),
      }),
      bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
      slash_commands: z.array(
        z.strictObject({
          command: z.string().startsWith('/').max(32),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.literal(true),
        }),
      ),
      shortcuts: z.array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['global', 'message']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      ),
    }),
    oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
    settings: z.strictObject({
      event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).max(100) }),
      interactivity: z.strictObject({ is_enabled: z.literal(true) }),
      org_deploy_enabled: z.boolean(),
      socket_mode_enabled: z.literal(true),
      token_rotation_enabled: z.literal(false),
    }),
  })
  .parse(load(MANIFEST));

it('lists exactly the events that Docket listens to, its shortcuts and its one command', () => {
  const folder = projectFile('src/slack');
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');
  const named = (what: RegExp) => [...new Set([...code.matchAll(what)].map(([, name]) => name))].sort();
  const events = manifest.settings.event_subscriptions.bot_events;
  // One listener hears messages of every kind of room.
  const kinds = new Set(events.map((event) => event.replace(/^message\..*/, 'message')));
  expect(named(/app\.event\(\s*'(\w+)'/g)).toEqual([...kinds].sort());
  expect(named(/\bshortcut\(\s*'([\w-]+)'/g)).toEqual(
    manifest.features.shortcuts.map(({ callback_id: id }) => id).toSorted(),
  );
  expect(named(/command: z\.literal\('([^']+)'/g)).toEqual(
    manifest.features.slash_commands.map(({ command }) => command),
  );
});

it('asks for the scopes that a whole conversation needs, and for no other', async () => {
  const { slack, docket } = await openDocket();
  const dana = slack.as('dana');
  // Answers that are lost make it look in the channel and in the direct messages for what it has posted.
  const lost = { on: 'method', method: 'chat.postMessage', answer: 'lost', times: 6 } as const;
  await slack.act({ as: DANA, verb: 'fault', fault: lost });
  const number = await files(dana, 'standard', STANDARD);
  await dana.eventually(
    () => slack.calls('chat.postMessage').filter(({ answer }) => answer === 'lost').length === 6,
  );
  await docket.delivery.idle();
  await slack.act({ as: DANA, verb: 'windTo', at: slack.clock.now() + 10_000 });
  await headline(dana, number);
  await approves(slack.as('jonas'));
  await told(dana, 'is approved.');
  await dana.openHome();
  await dana.eventually(() => dana.home().text().includes('Your open changes (1)'));
  await docket.delivery.idle();
  await dana.command(`/change export ${number}`);
  await dana.eventually(() => dana.dms().some((dm) => dm.files));

  // An event is no call: the scope of this one shows in what is answered to it, see mentions.test.ts.
  const used = new Set(['commands', 'app_mentions:read', ...slack.calls().flatMap(scopeOf)]);
  expect([...used].sort()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
  expect(slack.calls().filter(({ answer }) => answer === 'missing_scope')).toEqual([]);
});

const methods = methodTable(() => undefined);

/** The scope that a call needs; where several would do, that of the conversation it is about. */
function scopeOf({ method, args }: Call): string[] {
  const { scopes = [] } = methods.get(method) ?? {};
  if (scopes.length < 2) return [...scopes];
  const kind = String(args.channel ?? 'C').startsWith('D') ? 'im:' : 'channels:';
  return scopes.filter((scope) => scope.startsWith(kind));
}
