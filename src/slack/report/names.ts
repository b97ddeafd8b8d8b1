import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Names } from '../../change/export/fields.ts';
import { namesOf } from '../../db/people.ts';
import type { World } from '../../engine/world.ts';

/** More channels than anybody names in one file; what is beyond is called by its id. */
const MOST_CHANNELS = 50;

/**
 * What everybody who is mentioned in these is called, and every channel: people as the directory has them, channels as
 * Slack says now. Whoever or whatever is not known there is called by its id.
 * @param client Slack, where channels are to be called by their names
 */
export async function namesIn(
  { db }: Pick<World, 'db'>,
  values: readonly object[],
  client?: WebClient,
): Promise<Names> {
  const texts = values.map((value) => JSON.stringify(value));
  const people = await namesOf(db, found(texts, /\b[UW][A-Z0-9]{5,}\b/g));
  const channels = new Map<string, string>();
  if (client)
    for (const id of found(texts, /(?<="|<#)[CG][A-Z0-9]{7,}(?="|>|\|)/g).slice(0, MOST_CHANNELS))
      channels.set(id, await channelName(client, id));
  return { person: (id) => people.get(id) ?? id, channel: (id) => channels.get(id) ?? id };
}

function found(texts: readonly string[], ids: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => text.match(ids) ?? []))];
}

async function channelName(client: WebClient, id: string): Promise<string> {
  try {
    const { channel } = await client.conversations.info({ channel: id });
    return channel?.name ? `#${channel.name}` : id;
  } catch (error) {
    // Gone, private, or not for Docket to see.
    if (error instanceof WebAPIPlatformError) return id;
    throw error;
  }
}
