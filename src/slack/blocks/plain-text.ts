import { inFull } from '../../calendar/in-full.ts';
import { findPerson } from '../../db/people.ts';
import type { World } from '../../engine/world.ts';

/**
 * A sentence that was written for a message, for a place where Slack shows plain text, such as beside a field:
 * people by name instead of by id, times on the reader's wall, no marks, nothing escaped.
 */
export async function plainText({ db }: Pick<World, 'db'>, markdown: string, zone: string): Promise<string> {
  const ids = new Set([...markdown.matchAll(/<@([UW][A-Z0-9]+)>/g)].map(([, id = '']) => id));
  const names = await Promise.all(
    [...ids].map(async (id) => [id, (await findPerson(db, id))?.realName] as const),
  );
  const named = names.reduce((text, [id, name]) => text.replaceAll(`<@${id}>`, name ?? 'somebody'), markdown);
  const dated = named.replace(/<!date\^(\d+)\^[^>]*>/g, (_, seconds) => inFull(Number(seconds) * 1000, zone));
  return unescaped(dated.replace(/[*`]/g, ''));
}

/** What Slack escapes in what it sends and wants escaped in what it gets. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * What somebody wrote in a message, for a field of a form: people and channels by name, links by their address,
 * and all marks as they are.
 */
export async function asTyped({ db }: Pick<World, 'db'>, text: string): Promise<string> {
  const ids = [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id = '']) => id))];
  const people = await Promise.all(
    ids.map(async (id) => [id, (await findPerson(db, id).catch(() => undefined))?.realName] as const),
  );
  const names = new Map(people);
  const words = text
    .replace(
      /<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, id: string, name = 'somebody') => `@${names.get(id) ?? name}`,
    )
    .replace(/<#C[A-Z0-9]+\|([^>]+)>/g, '#$1')
    .replace(/<!subteam\^\w+\|(@[^>]+)>/g, '$1')
    .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<((?:https?|mailto|tel):[^|>]+)(?:\|[^>]*)?>/g, '$1');
  return unescaped(words);
}
