import type { MeetingIntent } from '../board/types.ts';
import { beforeBoard } from '../catalogue/offer.ts';
import type { TemplateIntent } from '../catalogue/types.ts';
import { MEETINGS } from '../change/effects/board.ts';
import type { Intent, Status } from '../change/types.ts';
import { idsOfChanges } from '../db/changes.ts';
import { allTemplates } from '../db/templates.ts';
import type { GoAround } from '../freeze/types.ts';
import type { EditionTimer } from '../posts/types.ts';
import type { AskAround, PlanPosts } from '../workspace/effects.ts';
import type { WorkspaceIntent } from '../workspace/types.ts';
import { handleMeeting, hearBoardNews, MEETING } from './board.ts';
import { handleTemplate, TEMPLATE } from './catalogue.ts';
import { forEach } from './each.ts';
import { FREEZE, freezeDue } from './freezes.ts';
import { handle } from './handle.ts';
import { givePost, POST, planPosts } from './posts.ts';
import { handleWorkspace, WORKSPACE } from './setup.ts';
import type { World } from './world.ts';

/**
 * Gives a command whose time has come to what it is for. The stream says what kind of command it is: a stream's timers
 * are written by its own rules alone, which is the reason of each cast here.
 */
export async function giveDue(world: World, stream: string, intent: { type: string }): Promise<void> {
  if (stream.startsWith(TEMPLATE)) {
    await handleTemplate(world, stream, intent as TemplateIntent, 'docket');
    return;
  }
  if (stream === MEETINGS) return hearBoardNews(world);
  if (stream.startsWith(MEETING)) {
    await handleMeeting(world, stream, intent as MeetingIntent, 'docket');
    return;
  }
  if (stream.startsWith(FREEZE)) return freezeDue(world, stream, intent as GoAround);
  if (stream.startsWith(POST)) return givePost(world, stream, intent as EditionTimer);
  if (stream !== WORKSPACE) {
    await handle(world, stream, intent as Intent, 'docket');
    return;
  }
  const due = intent as WorkspaceIntent | AskAround | PlanPosts;
  if (due.type === 'AskAround') await askAround(world);
  else if (due.type === 'PlanPosts') await planPosts(world);
  else await handleWorkspace(world, due, 'docket');
}

/**
 * Has every change that waits for decisions, for the day it was deferred to, for its start or for its verification, and
 * every template before the board, bring up to date whom it asks.
 */
async function askAround(world: World): Promise<void> {
  const statuses: Status[] = [
    ...(['validating', 'in review', 'deferred', 'approved', 'scheduled', 'implemented'] as const),
  ];
  const again = { type: 'AskAgain' } as const;
  const changes = await idsOfChanges(world.db, statuses);
  const templates = (await allTemplates(world.db)).filter(beforeBoard);
  await forEach(
    [
      ...changes.map((id) => () => handle(world, id, again, 'docket')),
      ...templates.map(
        ({ id }) =>
          () =>
            handleTemplate(world, id, again, 'docket'),
      ),
    ],
    (ask) => ask(),
  );
}
