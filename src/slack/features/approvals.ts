import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Template } from '../../catalogue/types.ts';
import type { Facts } from '../../change/facts.ts';
import type { Change, PersonId } from '../../change/types.ts';
import { loadFacts } from '../../engine/facts.ts';
import { handle } from '../../engine/handle.ts';
import { type Waiting, waitingForPerson } from '../../engine/waiting.ts';
import type { World } from '../../engine/world.ts';
import { buttons, context, type Drawn, plainly, section } from '../blocks/blocks.ts';
import { fitMessage } from '../blocks/fit.ts';
import { count, nameOf } from '../blocks/format.ts';
import { label, option } from '../blocks/inputs.ts';
import { approveButton, changeRow } from '../blocks/lines.ts';
import { pageOf } from '../blocks/pages.ts';
import { parseChoices } from '../blocks/parse-form.ts';
import { voteRow } from '../catalogue/vote-row.ts';
import type { Feature } from '../feature.ts';
import { changeOf } from '../find.ts';
import { readCarried, readTarget, targetOf } from '../ids.ts';
import type { Pressed } from '../listen.ts';
import { explain } from '../wire/explain.ts';

const SELECT = 'select';
const APPROVE_SELECTED = 'approve-selected';
const MORE = 'approvals-more';
/** Slack takes fifty blocks in a message; each change takes two. */
const PAGE = 15;
const VOTES = 5;

const carried = z.array(z.string()).min(1).max(PAGE);

/** `/change approvals`: what waits for somebody's decision, to be decided one by one or several at once. */
export function approvals(world: World): Feature {
  return {
    words: [
      {
        ...{ name: 'approvals', group: 'decide', usage: '' },
        help: 'See what waits for your decision, and decide one or several',
        run: async ({ by, reply }) => reply(drawApprovals(await waitingForPerson(world, by))),
      },
    ],
    listen({ button, submit }) {
      // What is ticked comes along with the button.
      button(SELECT, async () => {});
      button(APPROVE_SELECTED, (pressed) => confirm(world, pressed));
      button(MORE, async ({ by, value, turn }) =>
        turn(drawApprovals(await waitingForPerson(world, by), value)),
      );
      submit(APPROVE_SELECTED, async ({ by, metadata }) =>
        drawDecided(await approveAll(world, readCarried(carried, metadata), by)),
      );
    },
  };
}

/**
 * What waits for somebody, each with its button, and a box to tick where there are several changes.
 * @param after the change with which the page before ended
 */
export function drawApprovals({ changes, templates, facts }: Waiting, after?: unknown): Drawn {
  if (changes.length + templates.length === 0) return plainly('Nothing waits for your decision. 🎉');
  const page = pageOf(changes, { size: PAGE, idOf: ({ id }) => id, action: MORE, after });
  const lead = `${waits(changes, templates)} for your decision, the most urgent first.${page.which}`;
  const several = changes.length > 1;
  const rows = page.shown.flatMap((change, n) => {
    const [line, ...rest] = changeRow(change, facts.holders, n, [approveButton(change)]);
    return [several ? tickable(line, change, n) : line, ...rest].filter((block) => block !== undefined);
  });
  const approve = { label: 'Approve selected…', action: APPROVE_SELECTED, value: 'selected' };
  return {
    text: lead,
    blocks: fitMessage([
      section(lead),
      ...rows,
      ...buttons(several ? [approve] : []),
      ...page.more,
      ...templates
        .slice(0, VOTES)
        .flatMap((template, n) => voteRow(template, (spec) => ({ ...spec, action: `${spec.action}:${n}` }))),
      ...(templates.length > VOTES
        ? [context(`And ${templates.length - VOTES} more of the catalogue: \`/change catalogue\`.`)]
        : []),
    ]),
  };
}

/** "2 changes and 1 template of the catalogue wait". */
function waits(changes: readonly Change[], templates: readonly Template[]): string {
  const parts = [
    ...(changes.length > 0 ? [count(changes.length, 'change')] : []),
    ...(templates.length > 0 ? [`${count(templates.length, 'template')} of the catalogue`] : []),
  ];
  return `${parts.join(' and ')} ${changes.length + templates.length === 1 ? 'waits' : 'wait'}`;
}

/** The box carries what any button on a change does: which change, and the hash of what is shown here. */
function tickable(line: KnownBlock | undefined, change: Change, n: number): KnownBlock | undefined {
  if (line?.type !== 'section') return line;
  const options = [option(targetOf(change), change.number)];
  return {
    ...line,
    // By its change: what is ticked on one page is not taken for a tick on the next.
    block_id: `${SELECT}:${n}:${change.number}`,
    accessory: { type: 'checkboxes', action_id: `${SELECT}:${n}`, options },
  };
}

/** Asks once more, with every one of them named. What they were ticked on stays what is decided on. */
async function confirm(world: World, { values, reply, open }: Pressed): Promise<void> {
  const targets = Object.keys(values).flatMap((block) => parseChoices(values, block));
  if (targets.length === 0) return reply(plainly('Please tick what you approve first.'));
  const changes = await Promise.all(targets.slice(0, PAGE).map((target) => changeOf(world, target)));
  await open(drawConfirm(changes, targets, await loadFacts(world)));
}

/** @param targets what each of these changes was ticked with */
export function drawConfirm(changes: readonly Change[], targets: readonly string[], facts: Facts): ModalView {
  const stale =
    '⚠️ It has changed since it was listed, so it will be left out. List it again to decide on it.';
  return {
    type: 'modal',
    callback_id: APPROVE_SELECTED,
    private_metadata: JSON.stringify(targets),
    title: label('Approve'),
    submit: label(`Approve ${changes.length}`),
    close: label('Back'),
    blocks: [
      section(`You approve ${count(changes.length, 'change')}. Each is recorded on its own:`),
      ...changes.flatMap((change, n) =>
        changeRow(change, facts.holders, n, [], targetOf(change) === targets[n] ? '' : stale),
      ),
    ],
  };
}

interface Answer {
  change: Change;
  /** Why it was not approved, if it was not. */
  why?: string;
}

/** Each by itself: what is refused for one says nothing about the others. */
function approveAll(world: World, targets: readonly string[], by: PersonId): Promise<Answer[]> {
  return Promise.all(
    targets.map(async (target): Promise<Answer> => {
      const { id, seen } = readTarget(target);
      try {
        return await handle(world, id, { type: 'Decide', verdict: 'approve', seen }, by);
      } catch (error) {
        return { change: await changeOf(world, target), why: explain(world, error).sentence };
      }
    }),
  );
}

/** Which were approved, and which were not and why. */
export function drawDecided(answers: readonly Answer[]): ModalView {
  const refused = answers.filter(({ why }) => why !== undefined);
  const approved = answers.length - refused.length;
  const lead = `${count(approved, 'change')} approved${refused.length > 0 ? `, ${refused.length} not` : ''}.`;
  return {
    type: 'modal',
    title: label('Approved'),
    close: label('Done'),
    blocks: [
      section(`*${lead}*`),
      ...answers.map(({ change, why }) =>
        section(why === undefined ? `✅ *${nameOf(change)}*` : `⛔ *${nameOf(change)}*: ${why}`),
      ),
    ],
  };
}
