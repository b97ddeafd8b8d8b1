import type { HomeView, KnownBlock } from '@slack/types';
import type { Facts } from '../change/facts.ts';
import type { PersonId } from '../change/types.ts';
import type { Dashboard, Missing } from '../engine/dashboard.ts';
import { dueAt } from '../engine/waiting.ts';
import {
  type ButtonSpec,
  button,
  buttons,
  context,
  type Drawn,
  divider,
  header,
  plainly,
  section,
} from './blocks/blocks.ts';
import { fitMessage } from './blocks/fit.ts';
import { count, escaped, when } from './blocks/format.ts';
import { changeLine } from './blocks/lines.ts';
import { pageOf } from './blocks/pages.ts';
import { voteRow } from './catalogue/vote-row.ts';
import { draftRows } from './form/draft-rows.ts';
import {
  actionRow,
  dutyRow,
  type Numbered,
  numbering,
  opened,
  plannedRow,
  type Row,
  taskRow,
  waitingRow,
} from './home-rows.ts';
import { SAY } from './speak.ts';

/** How many of each are shown: together with the headings they stay within Slack's hundred blocks. */
const SHOWN = {
  overdue: 4,
  waiting: 7,
  votes: 2,
  tasks: 6,
  actions: 6,
  drafts: 4,
  mine: 8,
  planned: 8,
} as const;
const ROLES_NAMED = 12;
const TASKS_IN_MESSAGE = 15;
export const MORE_TASKS = 'todo-more';

/** Docket's Home: all that concerns one person on one screen, what is late first, each with what can be done. */
export function drawHome(dashboard: Dashboard, person: PersonId): HomeView {
  const { facts, now, waiting, votes, tasks, duties, actions, drafts, mine, planned, missing, beyond } =
    dashboard;
  const numbered = numbering();
  const mark = (due: number) => (due < now ? `\n⚠️ *Late* since ${when(due)}` : '');
  const rows = {
    waiting: waiting.map((change) => waitingRow(change, facts, mark(dueAt(change)), numbered)),
    tasks: toDo({ tasks, duties }, person, facts, mark, numbered),
    actions: actions.map((action) => actionRow(action, person, facts, mark(action.item.due), numbered)),
  };
  const late = [...rows.waiting, ...rows.tasks, ...rows.actions].filter(({ due }) => due < now);
  const lifted = new Set(late.sort((a, b) => a.due - b.due).slice(0, SHOWN.overdue));
  const below = late.length - lifted.size;
  const rest = (all: Row[]) => all.filter((row) => !lifted.has(row)).map(({ blocks }) => blocks);
  const drafted = drafts.map((_, n) => draftRows(facts.policy, drafts, now).slice(2 * n, 2 * n + 2));
  const part = parts(numbered);
  return {
    type: 'home',
    blocks: [
      ...top(dashboard, numbered),
      ...(missing ? firstRun(missing, facts, numbered) : []),
      ...(lifted.size > 0 ? [divider, header(`Overdue (${late.length})`)] : []),
      ...[...lifted].flatMap(({ blocks }) => blocks),
      ...(below > 0 ? [context(`And ${below} more, marked as late in the lists below.`)] : []),
      ...part(
        'Waiting for you',
        rest(rows.waiting),
        SHOWN.waiting,
        'approvals',
        'Nothing waits for your decision.',
      ),
      ...(waiting.length > 1
        ? buttons([numbered({ label: 'Decide several…', action: SAY, value: 'approvals' })])
        : []),
      ...part(
        'The catalogue waits for your vote',
        votes.map((template) => voteRow(template, numbered)),
        SHOWN.votes,
        'catalogue',
      ),
      ...part('Yours to do', rest(rows.tasks), SHOWN.tasks, 'todo'),
      ...part('Your action items', rest(rows.actions), SHOWN.actions, 'actions', '', beyond.actions),
      ...part('Your drafts', drafted, SHOWN.drafts, 'drafts', '', beyond.drafts),
      ...part(
        'Your open changes',
        mine.map((change) => [opened(changeLine(change, facts.holders), change.number, numbered)]),
        SHOWN.mine,
        'list mine',
        'You have none. *New change* files one, and so does `/change new` in any channel.',
        beyond.mine,
      ),
      ...part(
        'The next 14 days',
        planned.map((each) => [plannedRow(each, numbered)]),
        SHOWN.planned,
        'calendar',
      ),
    ],
  };
}

/**
 * A heading with the number of rows and of those beyond them, the rows, and a way to those that are left over; nothing
 * where there are none.
 */
function parts(numbered: Numbered) {
  return (
    title: string,
    rows: KnownBlock[][],
    shown: number,
    more: string,
    none = '',
    beyond = 0,
  ): KnownBlock[] => {
    if (rows.length === 0 && !none) return [];
    const left = rows.length + beyond - shown;
    const all = numbered({ label: 'See all', action: SAY, value: more, spoken: `See all: ${title}` });
    return [
      divider,
      header(`${title} (${rows.length + beyond})`),
      ...(rows.length === 0 ? [section(none)] : rows.slice(0, shown).flat()),
      ...(left > 0 ? [{ ...section(`And ${left} more.`), accessory: button(all) }] : []),
    ];
  };
}

function top({ desk }: Dashboard, numbered: Numbered): KnownBlock[] {
  const say = (label: string, value: string, style?: ButtonSpec['style']) =>
    numbered({ label, action: SAY, value, ...(style && { style }) });
  const late = desk === undefined ? [] : [say(`Desk: ${desk} late or stuck`, 'desk')];
  return buttons([
    say('New change', 'new', 'primary'),
    say('Emergency', 'emergency'),
    say('Calendar', 'calendar'),
    ...late,
    say('What I can do', 'help'),
  ]);
}

/** For who may set up, until everything is there that a change needs to be decided. */
function firstRun({ channel, roles }: Missing, { policy }: Facts, numbered: Numbered): KnownBlock[] {
  const titles = roles.slice(0, ROLES_NAMED).map((role) => escaped(policy.roles[role] ?? role));
  const others = roles.length > ROLES_NAMED ? ` and ${roles.length - ROLES_NAMED} more` : '';
  const steps = [
    ...(channel ? ['Choose the channel in which changes are announced, and `/invite` me there.'] : []),
    ...(roles.length > 0
      ? [`Say who holds these roles, which nobody holds now: ${titles.join(', ')}${others}.`]
      : []),
    'Then *New change* files the first one; `/change help` lists everything else.',
  ];
  return [
    divider,
    header('Before the first change'),
    section(steps.map((step, n) => `${n + 1}.  ${step}`).join('\n')),
    ...buttons([numbered({ label: 'Set up…', action: SAY, value: 'setup', style: 'primary' })]),
  ];
}

/** What somebody has to do besides deciding: to changes, and for the process itself. What is due first comes first. */
function toDo(
  { tasks, duties }: Pick<Dashboard, 'tasks' | 'duties'>,
  person: PersonId,
  facts: Facts,
  mark: (due: number) => string,
  numbered: Numbered,
): Row[] {
  const rows = [
    ...tasks.map((task) => taskRow(task, person, facts, mark(task.due), numbered)),
    ...duties.map((owed) => dutyRow(owed, mark(owed.due), numbered)),
  ];
  return rows.sort((a, b) => a.due - b.due);
}

interface Tasks extends Pick<Dashboard, 'tasks' | 'duties' | 'facts' | 'now'> {
  person: PersonId;
  /** The row with which the page before ended. */
  after?: unknown;
}

/** The same as a message. */
export function drawTasks({ tasks, duties, person, facts, now, after }: Tasks): Drawn {
  if (tasks.length + duties.length === 0)
    return plainly('There is nothing for you to do. `/change approvals` shows what to decide.');
  const mark = (due: number) => (due < now ? `\n⚠️ *Late* since ${when(due)}` : '');
  const all = toDo({ tasks, duties }, person, facts, mark, numbering());
  const page = pageOf(all, { size: TASKS_IN_MESSAGE, idOf: ({ id }) => id, action: MORE_TASKS, after });
  const lead = `${count(all.length, 'thing')} ${all.length === 1 ? 'waits' : 'wait'} for you to do, what is due first at the top.${page.which}`;
  const rows = page.shown.flatMap(({ blocks }) => blocks);
  return { text: lead, blocks: fitMessage([section(lead), ...rows, ...page.more]) };
}
