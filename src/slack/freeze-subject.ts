import { loadFreeze } from '../db/freezes.ts';
import type { World } from '../engine/world.ts';
import type { DeclaredFreeze } from '../freeze/types.ts';
import type { Policy } from '../policy/schema.ts';
import { context, type Drawn, section } from './blocks.ts';
import { mention, said, when } from './format.ts';
import { freezeLine, scopeWords } from './show-obstacles.ts';
import type { Subject } from './subject.ts';

/** A freeze as it is seen where changes are announced. It has one card, and its end in the thread. */
export async function freezeSubject(world: World, id: string): Promise<Subject | undefined> {
  const freeze = (await loadFreeze(world.db, id))?.state;
  if (!freeze) return undefined;
  return {
    seq: freeze.seq,
    audienceOf: ({ card }) => card,
    draw: async () => drawFreeze(freeze, world.policy),
    history: async () =>
      freeze.ended &&
      `☀️ ${mention(freeze.ended.by)} ended it early. What it held is told.\n${said(freeze.ended.words, 500)}`,
    personal: async () => undefined,
  };
}

/** What it is, whom it holds and until when; once it has ended, that. */
export function drawFreeze(freeze: DeclaredFreeze, policy: Policy): Drawn {
  const { kind, startsAt, endsAt, ended, scope, declaredBy, declaredAt } = freeze;
  const mark = ended ? '☀️ *Ended early*' : kind === 'stop' ? '🛑' : '🧊';
  const line = `${mark} ${freezeLine(freeze)}`;
  return {
    text: `${ended ? 'Freeze ended' : 'Freeze'}: ${when(startsAt)} – ${when(endsAt)}`,
    blocks: [
      section(`${line}\n${scopeWords(scope, policy)}`),
      context(`declared by ${mention(declaredBy)} ${when(declaredAt)}  ·  \`/change freeze\``),
    ],
  };
}
