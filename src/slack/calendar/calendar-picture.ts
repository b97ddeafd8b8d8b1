import { daysOf } from '../../calendar/days.ts';
import { freezesIn } from '../../calendar/freezes.ts';
import { dayInFull } from '../../calendar/in-full.ts';
import type { Instant } from '../../calendar/interval.ts';
import { wallTime } from '../../calendar/zone.ts';
import { cut } from '../blocks/format.ts';
import { AXIS, LOOK, type Part, paint, titled } from '../blocks/picture.ts';
import { type CalendarScreen, chosenFrom, rangeInWords } from './calendar-view.ts';

/** More rows than a picture has room for. */
const MOST = 40;
const WIDTH = 1100;
const ROW = 26;
const AROUND = 120;

/** Something that lasts, from when until when; freezes are dark, and the risk stands in words beside its colour. */
interface Row {
  label: string;
  startsAt: Instant;
  endsAt: Instant;
  colour: string;
}

const RISK = { low: '#009e73', medium: '#e69f00', high: '#d55e00' } as const;
const FROZEN = '#56606b';

/** What is planned and frozen as bars over the days: where it is crowded is seen at a glance. */
export function drawCalendarPicture(screen: Omit<CalendarScreen, 'free'>): Promise<Uint8Array> {
  const { span, range, zone } = screen;
  return paint([partOf(`Changes ${rangeInWords(span, range, zone)} (${zone})`, rowsOf(screen), screen)]);
}

/** The same in words, for those who cannot see it. */
export function calendarInWords(screen: Omit<CalendarScreen, 'free'>): string {
  const { zone } = screen;
  const day = (at: Instant) => dayInFull(wallTime(zone, at));
  const lines = rowsOf(screen).map(({ label, startsAt, endsAt }) => {
    const [from, to] = [day(startsAt), day(endsAt)];
    return `${label}: ${from === to ? from : `${from} to ${to}`}`;
  });
  return lines.join('; ') || 'Nothing is planned.';
}

function rowsOf({ range, filters, found }: Omit<CalendarScreen, 'free'>): Row[] {
  const { policy, freezes } = found;
  const within = <W extends { startsAt: Instant; endsAt: Instant }>({ startsAt, endsAt }: W) => ({
    ...{ startsAt: Math.max(startsAt, range.start), endsAt: Math.min(endsAt, range.end) },
  });
  const cold = freezesIn(policy, freezes, range).map((freeze) => ({
    ...{ label: cut(`Freeze: ${freeze.reason}`, 60), colour: FROZEN, ...within(freeze) },
  }));
  const changes = chosenFrom(found, filters).map((change) => ({
    ...{ label: cut(`${change.number}, ${change.risk} risk: ${change.title}`, 60), ...within(change) },
    colour: RISK[change.risk],
  }));
  return [...cold, ...changes];
}

function partOf(
  title: string,
  all: readonly Row[],
  { range, zone }: Pick<CalendarScreen, 'range' | 'zone'>,
): Part {
  const rows = all.slice(0, MOST);
  const left = all.length - rows.length;
  const days = daysOf(range, zone).map(({ start }) => start);
  const dayOf = (at: Instant) => dayInFull(wallTime(zone, at)).split(' ');
  return {
    ...{ width: WIDTH, height: AROUND + ROW * Math.max(1, rows.length) },
    configuration: {
      type: 'bar',
      data: {
        labels: rows.map(({ label }) => label),
        datasets: [
          {
            data: rows.map(({ startsAt, endsAt }) => [startsAt, endsAt]),
            backgroundColor: rows.map(({ colour }) => colour),
            ...{ minBarLength: 6, barPercentage: 0.8 },
          },
        ],
      },
      options: {
        ...LOOK,
        indexAxis: 'y',
        plugins: { ...titled(left > 0 ? `${title}, and ${left} more` : title), legend: { display: false } },
        scales: {
          y: { ...AXIS, grid: { display: false }, ticks: { ...AXIS.ticks, autoSkip: false } },
          x: {
            ...{ ...AXIS, type: 'linear', min: range.start, max: range.end },
            // A line at each midnight of the zone; a week's days have room for their names.
            afterBuildTicks: (axis) => {
              axis.ticks = days.map((value) => ({ value }));
            },
            ticks: {
              ...{ ...AXIS.ticks, autoSkip: false, align: 'start' },
              callback: (value) => {
                const [weekday = '', day = ''] = dayOf(Number(value));
                return days.length > 10 ? day : `${weekday.slice(0, 3)} ${day}`;
              },
            },
          },
        },
      },
    },
  };
}
