import { checkMessage, checkView } from '../../src/local-slack/limits.ts';
import type { Drawn } from '../../src/slack/blocks/blocks.ts';

/** Beyond this, Slack may break a text into several messages. */
const MESSAGE_TEXT = 4000;
/** Docket's own markup: mentions, times, and links that show where they lead. */
const OWN = /<#C0CHANNEL\d+>|<@[UW](?!0INJ)[A-Z0-9]+>|<!date\^\d+\^[^<>|]+\|[^<>|]+>|<https?:\/\/[^<>|\s]+>/g;

/** Why Slack would not take a message, or what in it is somebody's own markup. Empty when all is well. */
export function wrongInMessage({ text, blocks }: Drawn): string[] {
  return [
    ...checkMessage({ text, blocks }).map(({ pointer, message }) => `${pointer} ${message}`),
    ...(text.trim() === '' ? ['there is nothing to read in a notification'] : []),
    ...(text.length > MESSAGE_TEXT ? [`the text has ${text.length} characters`] : []),
    ...wrongMarkup([{ type: 'mrkdwn', text }, blocks]),
  ];
}

/** Why Slack would not take a modal or Home, or what in it is somebody's own markup. */
export function wrongInView(view: { blocks: unknown[] }): string[] {
  return [
    ...checkView(view).map(({ pointer, message }) => `${pointer} ${message}`),
    ...wrongMarkup(view.blocks),
  ];
}

function wrongMarkup(drawn: unknown): string[] {
  const parts = objectsIn(drawn);
  const actions = parts.flatMap(({ action_id: id }) => (id === undefined ? [] : [id]));
  const twice = actions.filter((id, n) => actions.indexOf(id) < n);
  return [
    ...twice.map((id) => `the action ${id} is there twice`),
    ...parts.flatMap(({ type, text }) =>
      type === 'mrkdwn' && typeof text === 'string' ? unescaped(text) : [],
    ),
  ];
}

/** Every < and > is Docket's own, all of each mark is there, and no character is cut in half. */
function unescaped(text: string): string[] {
  const rest = text.replaceAll(OWN, '').replaceAll(/^> ?/gm, '');
  const at = rest.search(/[<>]/);
  return [
    ...(at < 0 ? [] : [`markup that is not Docket's own: ${rest.slice(Math.max(0, at - 20), at + 40)}`]),
    ...(/\p{Surrogate}/u.test(text) ? ['half a character'] : []),
  ];
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  // An object that is no array is a record of its keys.
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}
