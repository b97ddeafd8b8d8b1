import { inFull } from '../../calendar/in-full.ts';
import { findPerson } from '../../db/people.ts';
import type { World } from '../../engine/world.ts';

/** What a message says of somebody and of a time, the marks of Docket's own words, and what stands for a character. */
const MARKUP = /<@([UW][A-Z0-9]+)>|<!date\^(\d+)\^[^>]*>|[*`]|&(?:lt|gt|amp);/g;

/**
 * A sentence that was written for a message, for a place where Slack shows plain text, such as beside a field:
 * people by name instead of by id, times on the reader's wall, no marks, nothing escaped.
 */
export async function plainText({ db }: Pick<World, 'db'>, markdown: string, zone: string): Promise<string> {
  const names = await namesIn(db, markdown);
  // All at once: a name is nothing but a name, whatever is in it, and so is what somebody has typed.
  return markdown.replace(MARKUP, (found, person?: string, seconds?: string) => {
    if (person !== undefined) return names.get(person) ?? 'somebody';
    return seconds === undefined
      ? unescaped(found).replace(/[*`]/, '')
      : inFull(Number(seconds) * 1000, zone);
  });
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
  const names = await namesIn(db, text);
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

/** What those are called who are mentioned; whom the database cannot tell of just now is left out. */
async function namesIn(db: World['db'], text: string): Promise<Map<string, string | undefined>> {
  const ids = [...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id = '']) => id))];
  const people = ids.map(
    async (id) => [id, (await findPerson(db, id).catch(() => undefined))?.realName] as const,
  );
  return new Map(await Promise.all(people));
}
