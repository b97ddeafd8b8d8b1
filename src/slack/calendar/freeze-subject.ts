import { freezeEvent } from '../../db/events.ts';
import { loadFreeze } from '../../db/freezes.ts';
import type { World } from '../../engine/world.ts';
import type { DeclaredFreeze, FreezeEvent } from '../../freeze/types.ts';
import type { Policy } from '../../policy/schema.ts';
import { context, type Drawn, section } from '../blocks/blocks.ts';
import { mention, said, span, when } from '../blocks/format.ts';
import { freezeLine, scopeWords } from '../change/show-obstacles.ts';
import type { Subject } from '../subject.ts';

/** A freeze as it is seen where changes are announced. It has one card, and its end in the thread. */
export async function freezeSubject(world: World, id: string): Promise<Subject | undefined> {
  const freeze = (await loadFreeze(world.db, id))?.state;
  if (!freeze) return undefined;
  return {
    seq: freeze.seq,
    audienceOf: ({ card }) => card,
    draw: async () => drawFreeze(freeze, world.policy),
    async history(seq) {
      const event = await freezeEvent(world.db, id, seq);
      return event && freezeHistory(event, world.policy);
    },
    personal: async () => undefined,
  };
}

/** What becomes of a freeze, in the thread of its message. */
export function freezeHistory(event: FreezeEvent, policy: Policy): string | undefined {
  switch (event.type) {
    case 'FreezeDeclared':
      return undefined;
    case 'FreezeAltered':
      return `✏️ ${mention(event.by)} altered it. Those whom it now holds, and those whom it holds no more, are told.\nBefore: ${freezeLine(event.before)}\n${scopeWords(event.before.scope, policy)}`;
    case 'FreezeEnded':
      return `☀️ ${mention(event.by)} ended it early. Those whom it held are told.\n${said(event.words, 500)}`;
    default:
      return event satisfies never;
  }
}

/** What it is, whom it holds and until when; once it has ended, that. */
export function drawFreeze(freeze: DeclaredFreeze, policy: Policy): Drawn {
  const { kind, startsAt, endsAt, ended, scope, declaredBy, declaredAt, altered } = freeze;
  const alteredLine = altered ? `, altered by ${mention(altered.by)} ${when(altered.at)}` : '';
  const mark = ended ? '☀️ *Ended early*' : kind === 'stop' ? '🛑' : '🧊';
  const line = `${mark} ${freezeLine(freeze)}`;
  return {
    text: `${ended ? 'Freeze ended' : 'Freeze'}: ${span(startsAt, endsAt)}`,
    blocks: [
      section(`${line}\n${scopeWords(scope, policy)}`),
      context(`declared by ${mention(declaredBy)} ${when(declaredAt)}${alteredLine}  ·  \`/change freeze\``),
    ],
  };
}
