import { MEETING } from '../engine/board.ts';
import { TEMPLATE } from '../engine/catalogue.ts';
import { FREEZE } from '../engine/freezes.ts';
import { POST } from '../engine/posts.ts';
import { WORKSPACE } from '../engine/setup.ts';
import type { World } from '../engine/world.ts';
import type { Drawn } from './blocks/blocks.ts';
import { meetingSubject } from './board/meeting-subject.ts';
import { freezeSubject } from './calendar/freeze-subject.ts';
import { templateSubject } from './catalogue/template-subject.ts';
import { changeSubject } from './change/change-subject.ts';
import { postSubject } from './post-subject.ts';
import { workspaceSubject } from './workspace-subject.ts';

/** Something whose events are seen in Slack, as it is now: what it says on its cards and in its notes. */
export interface Subject {
  /** Number of its events so far: cards drawn before the last are out of date. */
  seq: number;
  /** The name under which a card's message is kept and found again. */
  audienceOf(card: { card: string; to?: string }): string;
  /** Whether a card that has waited for its turn still asks for something; where it is not said, it always does. */
  wants?(card: { card: string; to?: string }): boolean;
  /** Draws the card of an audience whole, from the present state. */
  draw(audience: string): Promise<Drawn>;
  /** What its event `seq` is called in its history; nothing if it is no news. */
  history(seq: number): Promise<string | undefined>;
  /** What one person is told of its event `seq`; nothing if it is no news to them. */
  personal(seq: number, to: string): Promise<Drawn | undefined>;
}

/** What a stream of events is about; nothing if it is not there. */
export function subjectOf(world: World, stream: string): Promise<Subject | undefined> {
  if (stream.startsWith(MEETING)) return meetingSubject(world, stream);
  if (stream.startsWith(POST)) return postSubject(world, stream);
  if (stream.startsWith(FREEZE)) return freezeSubject(world, stream);
  if (stream.startsWith(TEMPLATE)) return templateSubject(world, stream);
  return stream === WORKSPACE ? workspaceSubject(world) : changeSubject(world, stream);
}
