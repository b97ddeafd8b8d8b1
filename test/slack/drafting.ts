import { expect } from 'vitest';
import type { Draft } from '../../src/change/draft.ts';
import { draftsOf } from '../../src/db/drafts.ts';
import type { Hand } from '../../src/local-slack/hand.ts';
import type { Message } from '../../src/local-slack/protocol.ts';
import type { Docket } from '../../src/start.ts';
import { DANA } from '../change/company.ts';

/** Waits until Dana's only draft says so. */
export async function saved({ world }: Docket, says: (draft: Draft) => boolean): Promise<Draft> {
  let found: Draft | undefined;
  await expect
    .poll(async () => {
      found = (await draftsOf(world.db, DANA))[0]?.draft;
      return found !== undefined && says(found);
    })
    .toBe(true);
  if (!found) throw new Error('There is no draft.');
  return found;
}

/** Types a command, and waits for the answer with these words that only this person sees. */
export async function answered(hand: Hand, command: string, words: string): Promise<Message> {
  await hand.command(command);
  return hand.eventually(() => {
    const found = hand.ephemerals().findLast((message) => hand.read(message).includes(words));
    if (!found) throw new Error(`Nothing says ${words}`);
    return found;
  });
}
