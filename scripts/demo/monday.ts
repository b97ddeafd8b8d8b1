import { makeActor } from './actor.ts';
import { HOUR, START, type Stage, windTo } from './stage.ts';

/** Monday, 09:00 in Berlin. */
const MONDAY = START + (4 * 24 + 23) * HOUR;

/** On Monday morning the week is in #changes, and the record's head with it. */
export async function monday(stage: Stage): Promise<void> {
  const nadia = makeActor(stage, 'nadia');
  stage.tell.title('On Monday, #changes has the week');
  await windTo(stage, MONDAY, 'The weekend goes by.');
  await nadia.sees('changes', 'Weekly change report');
}
