import type { Export } from '../change/export.ts';
import type { PersonId } from '../change/types.ts';
import { addToOutbox } from '../db/outbox.ts';
import { askedFile } from './outbox-rows.ts';
import type { World } from './world.ts';

/** Who asks for the same again as soon as that has clicked twice. */
const ONE_BREATH_MS = 10_000;

/**
 * Has a file written and sent to somebody's direct messages, whatever becomes of the process or of Slack meanwhile.
 * @param stream the change whose record it is, the meeting whose minutes, or what a list belongs to
 */
export async function askForFile(world: World, stream: string, file: Export, by: PersonId): Promise<void> {
  const now = world.clock.now();
  const what = nameOf(stream, file);
  const id = `file/${by}/${what}/${Math.floor(now / ONE_BREATH_MS)}`;
  await addToOutbox(world.db, [askedFile(id, stream, by, file, now)]);
  world.wake();
}

function nameOf(stream: string, file: Export): string {
  switch (file.of) {
    case 'record':
    case 'minutes':
      return stream;
    case 'list':
      return file.which;
    case 'calendar':
      return ['calendar', file.span, file.start, file.system, file.team, file.risk].filter(Boolean).join('-');
    case 'report':
      return `${file.kind}-${file.start}-${file.as}`;
    case 'evidence':
      return `evidence-${file.period}`;
    default:
      return file satisfies never;
  }
}
