import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { clashesOf } from '../../calendar/clashes.ts';
import { daysOf, type Span, touching } from '../../calendar/days.ts';
import { type Freeze, freezesIn } from '../../calendar/freezes.ts';
import { dayInFull } from '../../calendar/in-full.ts';
import type { Instant, Interval } from '../../calendar/interval.ts';
import type { WindowContext } from '../../calendar/windows.ts';
import { DAY, MINUTE, wallTime } from '../../calendar/zone.ts';
import { type Planned, TO_COME } from '../../change/planned.ts';
import { RISK_LEVELS, type RiskLevel } from '../../policy/schema.ts';
import { titlesOf } from '../../policy/systems.ts';
import { button, buttons, context, divider, header, section } from '../blocks/blocks.ts';
import { count, cut, escaped, hour, inLine, mention, quote, span } from '../blocks/format.ts';
import { label, MOST_OPTIONS, option } from '../blocks/inputs.ts';
import { riskInWords } from '../change/show-field.ts';
import { ACTION } from '../change/step-buttons.ts';

/** What a calendar shows of what is planned. An absent part shows all. */
export interface Filters {
  system?: string;
  /** A role that answers for systems. */
  team?: string;
  risk?: RiskLevel;
  /** How long the free windows are to be. */
  minutes: number;
}

export interface CalendarScreen {
  span: Span;
  range: Interval;
  filters: Filters;
  /** The reader's, by its IANA name. */
  zone: string;
  found: WindowContext<Planned>;
  /** The next windows that nothing stands against. */
  free: readonly { startsAt: Instant; endsAt: Instant }[];
}

export const CALENDAR = {
  ...{ callback: 'calendar', filters: 'calendar-filters', turn: 'calendar-turn', feed: 'calendar-feed' },
  picture: 'calendar-picture',
  ...{ system: 'calendar-system', team: 'calendar-team', risk: 'calendar-risk', length: 'calendar-length' },
} as const;
/** Every change that may still be carried out, and those that were. */
export const SHOWN_IN_CALENDAR = [...TO_COME, 'implemented', 'verified', 'closed'] as const;
export const LENGTHS = [30, 60, 120, 240, 480] as const;
const ALL = 'all';
/** Slack takes a hundred blocks in a view, and a month has up to 31 days. */
const SHOWN = 60;
const FREEZES_A_DAY = 5;

/** The calendar as a modal: what is planned and frozen, day by day, and when there is room. */
export function drawCalendar({ span, range, filters, zone, found, free }: CalendarScreen): ModalView {
  const { policy, freezes, now } = found;
  const wanted = chosenFrom(found, filters);
  const shown = wanted.slice(0, SHOWN);
  const cold = freezesIn(policy, freezes, range);
  const days = daysOf(range, zone).flatMap((day) =>
    dayBlocks(day, startingIn(shown, day, range), startingIn(cold, day, range), { zone, found }),
  );
  const empty = section(
    wanted.length + cold.length === 0 ? `Nothing is planned in this ${span}.` : 'Nothing else.',
  );
  return {
    ...{ type: 'modal', callback_id: CALENDAR.callback, title: label('Calendar'), close: label('Close') },
    private_metadata: JSON.stringify({ span, start: range.start }),
    blocks: [
      header(rangeInWords(span, range, zone)),
      ...turnButtons(span, range, now),
      filterMenus(policy, filters),
      context(`${count(wanted.length, 'change')} · your times (${escaped(zone)})`),
      divider,
      ...(days.length > 0 ? days : [empty]),
      ...(wanted.length > SHOWN
        ? [
            context(
              `And ${wanted.length - SHOWN} more, later. Choose a system, a team or a risk to see them.`,
            ),
          ]
        : []),
      divider,
      section(freeInWords(filters, free, titlesOf(policy.systems))),
    ],
  };
}

/** The changes that a calendar shows, by system, team and risk. */
export function chosenFrom({ scheduled, policy }: WindowContext<Planned>, filters: Filters): Planned[] {
  return scheduled.filter((change) => passes(change, filters, policy.systems));
}

function passes({ systems, risk }: Planned, filters: Filters, register: WindowContext['policy']['systems']) {
  if (filters.risk && risk !== filters.risk) return false;
  if (filters.system && !systems.includes(filters.system)) return false;
  return !filters.team || systems.some((id) => register[id]?.owner === filters.team);
}

/** What begins on a day; on the first one shown, also what has begun before. */
function startingIn<W extends { startsAt: Instant; endsAt: Instant }>(
  list: readonly W[],
  day: Interval,
  range: Interval,
): W[] {
  return touching(list, day).filter(({ startsAt }) => startsAt >= day.start || day.start === range.start);
}

function dayBlocks(
  day: Interval,
  changes: Planned[],
  freezes: Freeze[],
  { zone, found }: Pick<CalendarScreen, 'zone' | 'found'>,
): KnownBlock[] {
  if (changes.length + freezes.length === 0) return [];
  const today = day.start <= found.now && found.now < day.end ? '  ·  today' : '';
  const cold = freezes.slice(0, FREEZES_A_DAY).map(freezeLine);
  const rest = freezes.length - cold.length;
  const lines = [`*${dayInFull(wallTime(zone, day.start))}*${today}`, ...cold];
  return [
    section([...lines, ...(rest > 0 ? [`And ${count(rest, 'freeze')} more.`] : [])].join('\n')),
    ...changes.map((change) => changeBlock(change, day, found)),
  ];
}

const FREEZE = { hard: '🧊 *Freeze*', soft: '🧊 *Soft freeze*', stop: '🛑 *Line stopped*' } as const;

function freezeLine({ kind, reason, startsAt, endsAt }: Freeze): string {
  return `${FREEZE[kind]}: ${inLine(reason, 200)}  ·  ${span(startsAt, endsAt)}`;
}

function changeBlock(
  change: Planned,
  day: Interval,
  { policy, scheduled }: WindowContext<Planned>,
): KnownBlock {
  const { number, title, startsAt, endsAt } = change;
  // An hour less than a day after it can mean no other day than that.
  const hoursSayIt = startsAt >= day.start && endsAt - startsAt < DAY;
  const times = hoursSayIt ? `${hour(startsAt)} – ${hour(endsAt)}` : span(startsAt, endsAt);
  const titles = titlesOf(policy.systems);
  const systems = cut(change.systems.map((id) => escaped(titles[id] ?? id)).join(', '), 200);
  const about = [riskInWords(change.risk), systems, mention(change.implementer), change.status];
  const clashes = clashesOf(change, scheduled, policy).map((clash) => clash.with.number);
  const warning = clashes.length > 0 ? [`⚠️ Clashes with ${cut(clashes.join(', '), 300)}`] : [];
  const lines = [
    `${times}  *${number}* ${quote(title, 150)}`,
    about.filter(Boolean).join('  ·  '),
    ...warning,
  ];
  const show = {
    label: 'Show',
    action: `${ACTION.record}:${scheduled.indexOf(change)}`,
    value: `${change.id}|`,
  };
  return { ...section(lines.join('\n')), accessory: button({ ...show, spoken: `Full record of ${number}` }) };
}

/** "Monday 23 – Sunday 29 November 2026", "November 2026". */
export function rangeInWords(span: Span, { start, end }: Interval, zone: string): string {
  const [first, last] = [dayInFull(wallTime(zone, start)), dayInFull(wallTime(zone, end - MINUTE))];
  return span === 'week' ? `${first} – ${last}` : first.split(' ').slice(2).join(' ');
}

function turnButtons(span: Span, { start, end }: Interval, now: Instant): KnownBlock[] {
  const turn = (text: string, spoken: string, to: { span: Span; start: Instant; by?: number }) => ({
    ...{ label: text, action: `${CALENDAR.turn}:${text}`, value: JSON.stringify(to), spoken },
  });
  const other = span === 'week' ? 'month' : 'week';
  return buttons([
    turn('Earlier', `The ${span} before`, { span, start, by: -1 }),
    turn('Today', `This ${span}`, { span, start: now }),
    turn('Later', `The ${span} after`, { span, start, by: 1 }),
    turn(capital(other), `Show the ${other}`, {
      span: other,
      start: start <= now && now < end ? now : start,
    }),
    { label: 'Picture', action: CALENDAR.picture, value: 'picture' },
    { label: 'Subscribe…', action: CALENDAR.feed, value: 'feed' },
  ]);
}

function filterMenus({ systems, roles }: WindowContext['policy'], filters: Filters): KnownBlock {
  const teams = [...new Set(Object.values(systems).flatMap(({ owner }) => owner ?? []))];
  const menu = (action: string, all: string, options: [string, string][], chosen: string | undefined) => {
    const list: PlainTextOption[] = [option(ALL, all), ...options.map(([id, title]) => option(id, title))];
    const initial = list.find(({ value }) => value === chosen) ?? list[0];
    return {
      ...{ type: 'static_select' as const, action_id: action, options: list.slice(0, MOST_OPTIONS) },
      placeholder: label(all),
      ...(initial && { initial_option: initial }),
    };
  };
  const [first, ...lengths] = LENGTHS.map((minutes) =>
    option(String(minutes), `Free for ${lengthInWords(minutes)}`),
  );
  const chosen = [first, ...lengths].find((each) => each?.value === String(filters.minutes)) ?? first;
  return {
    ...{ type: 'actions', block_id: CALENDAR.filters },
    elements: [
      menu(CALENDAR.system, 'All systems', Object.entries(titlesOf(systems)), filters.system),
      ...(teams.length > 0
        ? [
            menu(
              CALENDAR.team,
              'All teams',
              teams.map((role) => [role, `Team of: ${roles[role] ?? role}`]),
              filters.team,
            ),
          ]
        : []),
      menu(
        CALENDAR.risk,
        'Every risk',
        RISK_LEVELS.map((level) => [level, `${capital(level)} risk`]),
        filters.risk,
      ),
      {
        ...{ type: 'static_select', action_id: CALENDAR.length, placeholder: label('Free for') },
        options: [first, ...lengths].flatMap((each) => each ?? []),
        ...(chosen && { initial_option: chosen }),
      },
    ],
  };
}

function freeInWords(
  { system, risk = 'medium', minutes }: Filters,
  free: CalendarScreen['free'],
  titles: Record<string, string>,
): string {
  const what = `${lengthInWords(minutes)}, ${risk} risk${system ? `, ${escaped(titles[system] ?? system)}` : ''}`;
  if (free.length === 0) return `*Next free windows* (${what}): none within the next year.`;
  return `*Next free windows* (${what})\n${free.map((each) => `• ${span(each.startsAt, each.endsAt)}`).join('\n')}`;
}

function lengthInWords(minutes: number): string {
  return minutes < 60 ? count(minutes, 'minute') : count(minutes / 60, 'hour');
}

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;
