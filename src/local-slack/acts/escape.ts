import type { World } from '../world.ts';

/** The three characters that Slack's markup uses, as entities. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What a person typed as Slack passes it on: `@name`, `#channel` and `@group` as `<@U…>`, `<#C…|name>` and so on.
 * @param named whether a person's name goes with the id, as it does in a command and not in a message
 */
export function escaped(world: World, typed: string, named: boolean): string {
  const { people, channels, groups } = world.workspace.state;
  return escapeText(typed).replaceAll(/(?<![\w.])([@#])([\p{L}\d][\p{L}\d._-]*)/gu, (whole, sign, word) => {
    // A full stop after a name ends the sentence, not the name.
    const name = String(word).replace(/[._-]+$/, '');
    const tail = String(word).slice(name.length);
    if (sign === '#') {
      const channel = channels.find((one) => one.kind === 'channel' && one.name === name);
      return channel ? `<#${channel.id}|${name}>${tail}` : whole;
    }
    const person = people.find((one) => one.name === name.toLowerCase());
    const group = groups.find((one) => one.handle === name);
    if (person) return `<@${person.id}${named ? `|${name}` : ''}>${tail}`;
    return group ? `<!subteam^${group.id}|@${name}>${tail}` : whole;
  });
}
