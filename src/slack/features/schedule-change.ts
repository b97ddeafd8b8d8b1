import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import { mayMove } from '../../change/decide/schedule.ts';
import type { Facts } from '../../change/facts.ts';
import { Refusal } from '../../change/refusal.ts';
import type { Change, PersonId } from '../../change/types.ts';
import { handle } from '../../engine/handle.ts';
import { factsAbout, tryWindow, windowsFor } from '../../engine/windows.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import { buttons, plainly, section } from '../blocks/blocks.ts';
import { nameOf } from '../blocks/format.ts';
import { label } from '../blocks/inputs.ts';
import { parseWords } from '../blocks/parse-form.ts';
import { thisYear } from '../blocks/year.ts';
import { askWhen, confirmWhen, SCHEDULE } from '../calendar/schedule-forms.ts';
import { WHEN, writtenWindow } from '../calendar/written-window.ts';
import { exemptForm } from '../change/exempt-form.ts';
import { offerButtons, readOffer } from '../change/offers.ts';
import { statusLine, windowBeside } from '../change/status.ts';
import { ACTION } from '../change/step-buttons.ts';
import type { Feature } from '../feature.ts';
import { changeNamed, changeOf } from '../find.ts';
import { readCarried } from '../ids.ts';
import { recordedAttempt } from '../recorded-attempt.ts';
import { listenToForms } from '../step-form.ts';

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
              if (error instanceof Refusal && (error.code === 'incomplete' || error.wanted))
                return drawAsk(change, by, { typed, refusal: error });
              throw error;
            }),
          );
        },
      },
    ],
    listen(listen) {
      const { button, submit } = listen;
      // Home has the button several times: `schedule:3`.
      button(ACTION.schedule, async ({ by, value, open }) =>
        open(await drawAsk(await changeOf(world, value), by)),
      );
      button(ACTION.scheduleAt, async ({ by, value, view, update, reply }) => {
        const { id, startsAt, endsAt } = readOffer(value);
        const moved = await handle(world, id, { type: 'Schedule', startsAt, endsAt }, by).catch(
          (error: unknown) => {
            // What was free when it was offered is past or taken by now: others are offered in its place.
            if (error instanceof Refusal && error.offers.length > 0) return error;
            throw error;
          },
        );
        if (moved instanceof Refusal) {
          const change = await changeOf(world, `${id}|`);
          if (view) return update(await drawAsk(change, by, { typed: '', refusal: moved }));
          const offers = buttons(offerButtons(change, moved.offers, await zoneOf(world, by)));
          const said = plainly(moved.sentence);
          return reply({ ...said, blocks: [...said.blocks, ...offers] });
        }
        const { change } = moved;
        const { holders } = await factsAbout(world, change);
        const said = [`*${nameOf(change)}*`, statusLine(change, holders), ...windowBeside(change)].join('\n');
        if (view) await update(notice('Scheduled', [section(said)]));
        else await reply(plainly(said));
      });
      submit(SCHEDULE.ask, async ({ by, values, metadata }) => {
        const { target } = readCarried(asking, metadata);
        const [change, typed] = [await changeOf(world, target), parseWords(values, WHEN)];
        return understood(change, typed, by).catch((error) => {
          // Beside a field Slack shows words only; the windows that would do are to be clicked.
          if (error instanceof Refusal && error.offers.length > 0)
            return drawAsk(change, by, { typed, refusal: error });
          throw error;
        });
      });
      submit(SCHEDULE.confirm, async ({ by, metadata }) => {
        const { id, startsAt, endsAt } = readOffer(readCarried(confirming, metadata).offer);
        await handle(world, id, { type: 'Schedule', startsAt, endsAt }, by);
        return undefined;
      });
      listenToForms(world, listen, [exemptForm(world)]);
    },
  };

  /**
   * Asks for a time, with the free ones to choose from: those nearest to what was typed, where that cannot be had.
   * @throws {Refusal} where whatever is typed would be refused: then no form is opened
   */
  async function drawAsk(
    change: Change,
    by: PersonId,
    before?: { typed: string; refusal: Refusal },
  ): Promise<ModalView> {
    const [zone, facts] = [await zoneOf(world, by), await mayBeMoved(change, by)];
    const offers = before?.refusal.offers ?? [];
    const free = offers.length > 0 ? offers : await windowsFor(world, change);
    const said = before && { typed: before.typed, problem: before.refusal.sentence };
    return askWhen(change, { facts, now: world.clock.now(), zone, free }, said);
  }

  /** What somebody typed, shown back in full and held against the rules, to be confirmed. @throws {Refusal} beside the field */
  async function understood(change: Change, typed: string, by: PersonId): Promise<ModalView> {
    const zone = await zoneOf(world, by);
    await mayBeMoved(change, by);
    const window = writtenWindow(typed, change.proposal, { now: world.clock.now(), zone });
    const events = await tryWindow(world, change, window, by).catch((error) => {
      throw error instanceof Refusal ? beside(error) : error;
    });
    return confirmWhen(change, window, zone, events, world.policy);
  }

  /** Refuses who may not move it, whatever the time; where that is forbidden, the attempt is in the record. Gives the facts. */
  async function mayBeMoved(change: Change, by: PersonId): Promise<Facts> {
    const facts = await factsAbout(world, change);
    const now = world.clock.now();
    await recordedAttempt(
      () => mayMove(change, by, facts),
      () => handle(world, change.id, { type: 'Schedule', startsAt: now, endsAt: now }, by),
    );
    return facts;
  }
}

/** Said beside the time that was typed: of a text with several mistakes, the one about its time. */
function beside(refusal: Refusal): Refusal {
  const { code, sentence, fields, wanted, offers } = refusal;
  return new Refusal(code, sentence, { [WHEN]: fields.startsAt ?? sentence }, wanted, offers);
}

function notice(title: string, blocks: KnownBlock[]): ModalView {
  return { type: 'modal', title: label(title), close: label('Done'), blocks };
}
