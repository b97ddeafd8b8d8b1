import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { later, type Span, spanAt } from '../../calendar/days.ts';
import { MINUTE } from '../../calendar/zone.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Instant, PersonId } from '../../change/types.ts';
import { calendarOf } from '../../engine/calendar.ts';
import { feedAddress, renewFeedKey } from '../../engine/calendar-feed.ts';
import { askForFile } from '../../engine/export.ts';
import { WORKSPACE } from '../../engine/setup.ts';
import { freeWindows } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import { RISK_LEVELS } from '../../policy/schema.ts';
import { type Drawn, plainly, section } from '../blocks/blocks.ts';
import { label } from '../blocks/inputs.ts';
import {
  CALENDAR,
  drawCalendar,
  type Filters,
  LENGTHS,
  SHOWN_IN_CALENDAR,
} from '../calendar/calendar-view.ts';
import { readCalendarWords } from '../calendar/calendar-words.ts';
import type { Feature } from '../feature.ts';
import { readCarried } from '../ids.ts';
import type { Pressed, Spoken } from '../listen.ts';

const span = z.enum(['week', 'month']);
const place = z.object({ span, start: z.number() });
const turn = place.extend({ by: z.number().int().min(-1).max(1).default(0) });
const menu = z
  .object({ selected_option: z.object({ value: z.string() }) })
  .transform((m) => m.selected_option.value);

/** `/change calendar`: what is planned, and when there is room; as a feed for calendar programs too. */
export function calendar(world: World): Feature {
  async function draw(
    by: PersonId,
    at: { span: Span; start: Instant },
    filters: Filters,
  ): Promise<ModalView> {
    const now = world.clock.now();
    const zone = await zoneOf(world, by);
    const range = spanAt(at.span, at.start, zone);
    const startsAt = Math.max(now, range.start);
    const [found, free] = await Promise.all([
      calendarOf(world, [range], SHOWN_IN_CALENDAR),
      freeWindows(world, {
        ...{ startsAt, endsAt: startsAt + filters.minutes * MINUTE, environments: [] },
        systems: filters.system ? [filters.system] : [],
        ...{ risk: filters.risk ?? 'medium', category: 'normal' },
      }),
    ]);
    return drawCalendar({ ...at, range, filters, zone, found, free });
  }

  async function feed(by: PersonId): Promise<Drawn> {
    if (!world.publicUrl)
      throw new Refusal(
        'not ready',
        'I do not know my own web address. Ask whoever runs me to set PUBLIC_URL; then this gives you the address.',
      );
    return drawFeed(await feedAddress(world, world.publicUrl, by));
  }

  async function speak({ by, words, open, reply }: Spoken): Promise<void> {
    const [first = '', second = ''] = words.trim().toLowerCase().split(/\s+/);
    if (first === 'feed' && second === 'renew') {
      await renewFeedKey(world, by);
      return reply(
        plainly(
          'Done: the addresses given out so far have stopped working. `/change calendar feed` gives a new one.',
        ),
      );
    }
    if (first === 'feed') return reply(await feed(by));
    const asked = readCalendarWords(world.policy, words);
    if ('problem' in asked) return reply(plainly(asked.problem));
    const now = world.clock.now();
    const zone = world.policy.zone;
    const start = asked.next ? later(asked.span, spanAt(asked.span, now, zone).start, 1, zone) : now;
    await open(loading(), () => draw(by, { span: asked.span, start }, { ...asked.filters, minutes: 120 }));
  }

  async function redraw(pressed: Pressed, to?: z.infer<typeof turn>): Promise<void> {
    const held = readCarried(place, pressed.view?.metadata);
    const zone = await zoneOf(world, pressed.by);
    const at = to ? { span: to.span, start: to.by ? later(to.span, to.start, to.by, zone) : to.start } : held;
    await pressed.update(() => draw(pressed.by, at, filtersIn(pressed)));
  }

  return {
    words: [
      {
        name: 'calendar',
        group: 'look',
        usage: '[week | month] [next] [system] [risk]',
        help: 'See what is planned and frozen, and when there is room; `feed` subscribes your calendar to it',
        run: speak,
      },
    ],
    listen({ button }) {
      button(CALENDAR.turn, (pressed) => redraw(pressed, readCarried(turn, pressed.value)));
      for (const filter of [CALENDAR.system, CALENDAR.team, CALENDAR.risk, CALENDAR.length])
        button(filter, (pressed) => redraw(pressed));
      button(CALENDAR.picture, async (pressed) => {
        const { minutes: _, ...filters } = filtersIn(pressed);
        const { span: shown, start } = readCarried(place, pressed.view?.metadata);
        await askForFile(world, WORKSPACE, { of: 'calendar', span: shown, start, ...filters }, pressed.by);
        await pressed.reply(
          plainly('I am drawing what is planned. It comes to your direct messages with me.'),
        );
      });
      button(CALENDAR.feed, async ({ by, open }) => {
        const { blocks } = await feed(by);
        await open({ type: 'modal', title: label('Subscribe'), close: label('Back'), blocks });
      });
    },
  };
}

/** What the menus of the calendar hold; what does not fit is as if nothing were chosen. */
function filtersIn({ view }: Pressed): Filters {
  const held = view?.values[CALENDAR.filters] ?? {};
  const chosen = (action: string) => {
    const value = menu.safeParse(held[action]).data;
    return value === 'all' ? undefined : value;
  };
  const [system, team] = [chosen(CALENDAR.system), chosen(CALENDAR.team)];
  const risk = RISK_LEVELS.find((level) => level === chosen(CALENDAR.risk));
  const minutes = LENGTHS.find((each) => String(each) === chosen(CALENDAR.length)) ?? 120;
  return { ...(system && { system }), ...(team && { team }), ...(risk && { risk }), minutes };
}

/** Shown for as long as it takes to look the calendar up: a trigger lives only three seconds. */
function loading(): ModalView {
  return { type: 'modal', title: label('Calendar'), close: label('Close'), blocks: [section('One moment…')] };
}

function drawFeed(address: string): Drawn {
  const text =
    'Your own address of the change calendar. Add it in your calendar program as a subscription, from a web address.';
  return {
    text: `${text} ${address}`,
    blocks: [
      section(text),
      section(`\`\`\`${address}\`\`\``),
      section(
        'Keep it to yourself: whoever has it sees what is planned. An admin can make all addresses stop working with `/change calendar feed renew`.',
      ),
    ],
  };
}
