import type { StoredFile } from './files.ts';
import { newSecret } from './ids.ts';
import type { Obj } from './json.ts';
import { str } from './json.ts';
import type { Person } from './protocol.ts';
import type { StoredView } from './views.ts';
import type { StoredMessage } from './workspace.ts';
import type { World } from './world.ts';

/** A message as Slack's API and payloads show it. Metadata only where it was asked for. */
export function messageJson(world: World, message: StoredMessage, withMetadata = false): Obj {
  const { workspace, appId } = world;
  const byBot = message.user === workspace.bot.id;
  const replies = workspace.replies(message.channel, message.ts);
  const threadTs = message.threadTs ?? (replies.length > 0 ? message.ts : undefined);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(byBot && { bot_id: botId(world), app_id: appId }),
    text: message.text,
    team: workspace.team.id,
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(threadTs && { thread_ts: threadTs }),
    ...(replies.length > 0 && { reply_count: replies.length, latest_reply: replies.at(-1)?.ts }),
    ...(message.edited && { edited: { user: message.user, ts: message.edited } }),
    ...(message.files && { upload: true, files: message.files.flatMap((id) => fileOf(world, id)) }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  };
}

function fileOf(world: World, id: string): Obj[] {
  const file = world.workspace.file(id);
  return file ? [fileJson(world, file)] : [];
}

/** A file as Slack's API and payloads show it. */
export function fileJson({ url, workspace }: World, file: StoredFile): Obj {
  const { id, name, title, alt, mimetype, size, user, created } = file;
  const address = `${url}files/${id}/${encodeURIComponent(name)}`;
  return {
    ...{ id, name, title, mimetype, size, user, created: Math.floor(created / 1000) },
    filetype: name.split('.').at(-1) ?? '',
    mode: 'hosted',
    is_external: false,
    is_public: false,
    ...(alt && { alt_txt: alt }),
    url_private: address,
    url_private_download: address,
    permalink: `https://${workspace.team.domain}.slack.com/files/${user}/${id}/${encodeURIComponent(name)}`,
  };
}

/** A view as Slack's API and payloads show it, with what is typed into it. */
export function viewJson(world: World, view: StoredView): Obj {
  const { workspace, appId } = world;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.kind,
    title: view.source.title ?? null,
    submit: view.source.submit ?? null,
    close: view.source.close ?? null,
    blocks: view.blocks,
    private_metadata: str(view.source.private_metadata),
    callback_id: str(view.source.callback_id),
    external_id: str(view.source.external_id),
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: view.source.clear_on_close === true,
    notify_on_close: view.source.notify_on_close === true,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: appId,
    app_installed_team_id: workspace.team.id,
    bot_id: botId(world),
  };
}

/** What every interaction says of who, where and for whom. */
export function interactionBase(world: World, person: Person): Obj {
  const { team } = world.workspace;
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
    api_app_id: world.appId,
    token: world.verification,
    is_enterprise_install: false,
    enterprise: null,
  };
}

/** The wrapper in which an event reaches the app. */
export function eventPayload(world: World, event: Obj): Obj {
  const { workspace, appId, clock, verification } = world;
  const authorization = { team_id: workspace.team.id, user_id: workspace.bot.id, is_bot: true };
  return {
    token: verification,
    team_id: workspace.team.id,
    api_app_id: appId,
    type: 'event_callback',
    event,
    event_id: `Ev${newSecret().slice(0, 12).toUpperCase()}`,
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [{ enterprise_id: null, ...authorization, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  };
}

/** The `actions[]` entry for an element that was used. */
export function actionJson(element: Obj, blockId: string, value: Obj | undefined, ts: string): Obj {
  const { type, action_id, text, value: carried, style, placeholder } = element;
  const initial = value ? initialsOf(element) : {};
  const shown = { ...(text !== undefined && { text }), ...(style !== undefined && { style }) };
  const kept = {
    ...(carried !== undefined && { value: carried }),
    ...(placeholder !== undefined && { placeholder }),
  };
  return { type, action_id, block_id: blockId, ...shown, ...kept, ...initial, ...value, action_ts: ts };
}

function initialsOf(element: Obj): Obj {
  return Object.fromEntries(Object.entries(element).filter(([key]) => key.startsWith('initial_')));
}

/** The id of the bot as a sender (B…), which is not its user id (U…). */
export function botId(world: World): string {
  return `B${world.workspace.bot.id.slice(1)}`;
}
