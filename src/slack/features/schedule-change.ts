import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import { inFull } from '../../calendar/in-full.ts';
import { readWhen } from '../../calendar/read-when.ts';
import type { Window } from '../../change/phases.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change, ChangeEvent, PersonId } from '../../change/types.ts';
import { findPerson } from '../../db/people.ts';
import { handle } from '../../engine/handle.ts';
import { factsAbout, tryWindow, windowsFor } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { buttons, context, plainly, section } from '../blocks.ts';
import { exemptForm } from '../exempt-form.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { cut, escaped, nameOf, noLongerCount } from '../format.ts';
import { readCarried } from '../ids.ts';
import { label } from '../inputs.ts';
import { offerButtons, readOffer } from '../offers.ts';
import { parseWords } from '../parse-form.ts';
import { showWindow } from '../show-field.ts';
import { obstacleLines, windowBlocks } from '../show-obstacles.ts';
import { statusLine, windowBeside } from '../status.ts';
import { ACTION } from '../step-buttons.ts';
import { listenToForms } from '../step-form.ts';
import { thisYear } from '../year.ts';

const ASK = 'schedule-form';
const CONFIRM = 'schedule-confirm';
const WHEN = 'when';
const LONGEST_WHEN = 200;

const asking = z.object({ target: z.string() });
const confirming = z.object({ offer: z.string() });

/** Moving a change's window: `/change schedule CR-… [when]`, the windows that are offered, or any other time. */
export function scheduleChange(world: World): Feature {
  return {
    words: [
      {
        name: 'schedule',
        group: 'carry out',
        aboutChange: true,
        usage: `${world.policy.prefix}-… [when]`,
        help: 'Choose when a change of yours is carried out: sat 22:00 for 2h',
        async run({ by, words, open }) {
          const [number = '', ...rest] = words.trim().split(/\s+/);
          const change = await changeNamed(world, number, thisYear(world));
          const typed = rest.join(' ');
          if (!typed) return open(await drawAsk(change, by));
          await open(
            await understood(change, typed, by).catch(async (error) => {
              if (error instanceof Refusal && error.code === 'incomplete')
                return drawAsk(change, by, { typed, problem: error.sentence });
              throw error;
            }),
          );
        },
      },
    ],
    listen(listen) {
      const { button, submit } = listen;
      button(ACTION.schedule, async ({ by, value, open }) =>
        open(await drawAsk(await changeOf(world, value), by)),
      );
      button(new RegExp(`^${ACTION.scheduleAt}:\\d+$`), async ({ by, value, view, update, reply }) => {
        const { id, startsAt, endsAt } = readOffer(value);
        const { change } = await handle(world, id, { type: 'Schedule', startsAt, endsAt }, by);
        const { holders } = await factsAbout(world, change);
        const said = [`*${nameOf(change)}*`, statusLine(change, holders), ...windowBeside(change)].join('\n');
        if (view) await update(notice('Scheduled', [section(said)]));
        else await reply(plainly(said));
      });
      submit(ASK, async ({ by, values, metadata }) => {
        const { target } = readCarried(asking, metadata);
        return understood(await changeOf(world, target), parseWords(values, WHEN), by);
      });
      submit(CONFIRM, async ({ by, metadata }) => {
        const { id, startsAt, endsAt } = readOffer(readCarried(confirming, metadata).offer);
        await handle(world, id, { type: 'Schedule', startsAt, endsAt }, by);
        return undefined;
      });
      listenToForms(world, listen, [exemptForm(world)]);
    },
  };

  /** Asks for a time, with the free ones to choose from. */
  async function drawAsk(
    change: Change,
    by: PersonId,
    before?: { typed: string; problem: string },
  ): Promise<ModalView> {
    const zone = await zoneOf(by);
    const facts = await factsAbout(world, change);
    const offers = offerButtons(change, await windowsFor(world, change), zone).slice(0, -1);
    return {
      type: 'modal',
      callback_id: ASK,
      private_metadata: JSON.stringify({ target: `${change.id}|` }),
      title: label('Schedule'),
      submit: label('Read it'),
      close: label('Back'),
      blocks: [
        section(`*${nameOf(change)}*\n${showWindow(change.proposal)}`),
        ...windowBlocks(change, facts, world.clock.now()),
        ...(offers.length > 0 ? [section('*The next free windows*'), ...buttons(offers)] : []),
        ...(before ? [section(`⚠️ ${escaped(before.problem)}`)] : []),
        {
          ...{ type: 'input', block_id: WHEN, label: label('When?') },
          hint: label(`As you would say it: sat 22:00 for 2h. In your time zone, ${zone}.`),
          element: {
            ...{ type: 'plain_text_input', action_id: WHEN, max_length: LONGEST_WHEN },
            ...(before && { initial_value: cut(before.typed, LONGEST_WHEN) }),
          },
        },
        context('You see how it was read before anything happens.'),
      ],
    };
  }

  /** What somebody typed, shown back in full and held against the rules, to be confirmed. @throws {Refusal} beside the field */
  async function understood(change: Change, typed: string, by: PersonId): Promise<ModalView> {
    const zone = await zoneOf(by);
    const window = read(typed, change, zone);
    const events = await tryWindow(world, change, window, by).catch((error) => {
      throw error instanceof Refusal ? beside(error) : error;
    });
    return {
      type: 'modal',
      callback_id: CONFIRM,
      private_metadata: JSON.stringify({ offer: `${change.id}|${window.startsAt}|${window.endsAt}` }),
      title: label('Schedule'),
      submit: label('Schedule'),
      close: label('Cancel'),
      blocks: [
        section(`*${nameOf(change)}*`),
        // Slack's bold ends with its line.
        section(`📅 *${inFull(window.startsAt, zone)}*\n*until ${inFull(window.endsAt, zone)}*`),
        section([`Until now: ${showWindow(change.proposal)}`, ...consequences(events)].join('\n')),
      ],
    };
  }

  function read(typed: string, change: Change, zone: string): Window {
    const reading = readWhen(typed, { now: world.clock.now(), zone });
    if ('problem' in reading) throw new Refusal('incomplete', reading.problem, { [WHEN]: reading.problem });
    const { startsAt, endsAt } = reading;
    const { startsAt: before, endsAt: until } = change.proposal;
    const length = before !== undefined && until !== undefined ? until - before : undefined;
    if (endsAt !== undefined) return { startsAt, endsAt };
    if (length !== undefined) return { startsAt, endsAt: startsAt + length };
    const sentence = 'Write also when it ends, or for how long: sat 22:00 for 2h.';
    throw new Refusal('incomplete', sentence, { [WHEN]: sentence });
  }

  /** What scheduling it would set off, in words. */
  function consequences(events: readonly ChangeEvent[]): string[] {
    return events.flatMap((event) => {
      if (event.type === 'Edited')
        return noLongerCount(event.voided) ? [`⚠️${noLongerCount(event.voided)} They are asked again.`] : [];
      if (event.type === 'Scheduled')
        return event.clashes.length > 0
          ? ['⚠️ At the same time:', ...obstacleLines(event.clashes, world.policy)]
          : [];
      if (event.type === 'Unscheduled')
        return ['⚠️ It still needs a second person:', ...obstacleLines(event.against, world.policy)];
      return [];
    });
  }

  async function zoneOf(person: PersonId): Promise<string> {
    return (await findPerson(world.db, person))?.zone ?? world.policy.zone;
  }
}

/** Said beside the time that was typed. */
function beside(refusal: Refusal): Refusal {
  const { code, sentence, wanted, offers } = refusal;
  return new Refusal(code, sentence, { [WHEN]: sentence }, wanted, offers);
}

function notice(title: string, blocks: KnownBlock[]): ModalView {
  return { type: 'modal', title: label(title), close: label('Done'), blocks };
}
