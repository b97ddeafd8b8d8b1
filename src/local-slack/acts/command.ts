import { withIds } from '../elements.ts';
import type { Obj } from '../json.ts';
import { isObj, objs, str } from '../json.ts';
import { checkMessage } from '../limits.ts';
import type { ActResult, Person } from '../protocol.ts';
import type { Ack } from '../wire.ts';
import type { Channel } from '../workspace.ts';
import type { World } from '../world.ts';
import { escaped } from './escape.ts';

/** Runs a slash command, as typed into the message field of a channel or DM. */
export async function runCommand(
  world: World,
  person: Person,
  typed: { channel: string; text: string },
): Promise<ActResult> {
  const channel = world.workspace.channel(typed.channel);
  if (!channel?.members.includes(person.id)) return no('You are not in that channel.');
  const word = typed.text.split(/\s/, 1)[0] ?? '';
  const known = world.manifest.features.slash_commands.find(({ command }) => command === word);
  if (!known) return no(`${word} is not a valid command.`);
  const rest = typed.text.slice(word.length).trim();
  const text = known.should_escape ? escaped(world, rest, true) : rest;
  const payload = commandPayload(world, person, channel, word, text);
  const ack = await world.deliver({ type: 'slash_commands', payload });
  if (!ack.ok) return no(failure(word, ack.reason));
  return answer(world, person, channel, ack.body) ? { ok: true } : no(failure(word, 'http_error'));
}

function commandPayload(world: World, person: Person, channel: Channel, command: string, text: string): Obj {
  const { team } = world.workspace;
  return {
    token: world.verification,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'dm' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: world.responseUrls.issue({ channel: channel.id, personId: person.id }),
    trigger_id: world.triggers.issue({ personId: person.id }),
  };
}

/** The words of Slackbot when a command went wrong. */
function failure(command: string, reason: Extract<Ack, { ok: false }>['reason']): string {
  switch (reason) {
    case 'timeout':
      return `${command} failed because the app did not respond.`;
    case 'not_connected':
      return `${command} failed because the app is not connected.`;
    case 'http_error':
      return `${command} failed with the error "dispatch_failed".`;
    default:
      return reason satisfies never;
  }
}

/** Shows what the ack carried: text or blocks, to the person alone unless it says `in_channel`. */
function answer(world: World, person: Person, channel: Channel, body: unknown): boolean {
  if (body === undefined || body === '') return true;
  if (!isObj(body)) return false;
  const text = str(body.text);
  const blocks = objs(body.blocks);
  if (text === '' && blocks.length === 0) return true;
  if (checkMessage({ text, blocks }).length > 0) return false;
  world.workspace.post({
    channel: channel.id,
    user: world.workspace.bot.id,
    text,
    blocks: withIds(blocks),
    ...(body.response_type !== 'in_channel' && { ephemeralFor: person.id }),
  });
  return true;
}

function no(error: string): ActResult {
  return { ok: false, error };
}
