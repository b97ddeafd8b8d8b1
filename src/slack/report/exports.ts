import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { minutesMarkdown } from '../../board/minutes-markdown.ts';
import { spanAt } from '../../calendar/days.ts';
import { dayInFull } from '../../calendar/in-full.ts';
import { periodNamed } from '../../calendar/period.ts';
import { DAY, wallTime } from '../../calendar/zone.ts';
import { changeMarkdown } from '../../change/export/markdown.ts';
import { COLUMNS, exportRow } from '../../change/export/row.ts';
import { type Export, type Population, populationNamed } from '../../change/export.ts';
import type { PersonId } from '../../change/types.ts';
import { loadChange } from '../../db/changes.ts';
import { changeEvents } from '../../db/events.ts';
import { loadMeeting } from '../../db/meetings.ts';
import { type Numbering, numbering, population } from '../../db/population.ts';
import { calendarOf } from '../../engine/calendar.ts';
import type { Outcome } from '../../engine/settle-delivery.ts';
import { rolesHeld } from '../../engine/setup.ts';
import type { World } from '../../engine/world.ts';
import { zoneOf } from '../../engine/zone-of.ts';
import { plainly } from '../blocks/blocks.ts';
import { count, escaped, when } from '../blocks/format.ts';
import { calendarInWords, drawCalendarPicture } from '../calendar/calendar-picture.ts';
import { rangeInWords, SHOWN_IN_CALENDAR as SHOWN } from '../calendar/calendar-view.ts';
import type { PostingPace } from '../wire/pace.ts';
import { NotMine, postOnce } from '../wire/post-once.ts';
import { type Sending, sendFile } from '../wire/send-file.ts';
import { csvOf } from './csv.ts';
import { evidenceFiles } from './evidence-files.ts';
import { namesIn } from './names.ts';
import { reportFile } from './report-files.ts';

type Written = Pick<Sending, 'name' | 'title' | 'comment' | 'bytes' | 'alt' | 'also'>;

interface Asked {
  to: PersonId;
  file: Export;
  channel: string;
  job: { id: string; stream: string; resumed: boolean; at?: number; mine?(): Promise<boolean> };
}

/** Writes the file that somebody asked for, as things are now, and sends it to them. */
export async function sendExport(
  world: World,
  client: WebClient,
  pace: PostingPace,
  { to, file, channel, job }: Asked,
): Promise<Outcome> {
  const written = await write(world, client, { to, file, job });
  if (!written) return { end: 'never', why: 'what is to be exported is not there' };
  try {
    const { resumed, at, mine } = job;
    const row = { resumed, ...(at !== undefined && { at }), ...(mine && { mine }) };
    await sendFile(client, { ...written, channel, ...row });
  } catch (error) {
    if (!isRefused(error)) throw error;
    const why = `I could not send you \`${written.name}\`: Slack does not take files from me here (${error.data.error}). Please ask your Slack admin to allow it, then export it again.`;
    await postOnce(client, pace, { channel, job, drawn: plainly(why) });
  }
  return { end: 'done' };
}

function write(
  world: World,
  client: WebClient,
  { to, file, job }: Omit<Asked, 'channel'>,
): Promise<Written | undefined> {
  switch (file.of) {
    case 'record':
      return record(world, client, job);
    case 'minutes':
      return minutes(world, job);
    case 'calendar':
      return calendarPicture(world, file, to, job.id);
    case 'list':
      return list(world, file.which, to, job.id);
    case 'report':
      return report(world, file, job.id);
    case 'evidence':
      return evidence(world, client, file.period, job);
    default:
      return file satisfies never;
  }
}

async function report(world: World, file: Extract<Export, { of: 'report' }>, id: string): Promise<Written> {
  const { what, ...written } = await reportFile(world, file);
  return {
    ...written,
    name: fileName(what, id, file.as),
    comment: `${written.title}, as of ${when(world.clock.now())}.`,
  };
}

/** Files are switched off, or the permission is missing: waiting for that to be mended would keep somebody waiting. */
function isRefused(error: unknown): error is WebAPIPlatformError {
  return (
    error instanceof WebAPIPlatformError &&
    /^(missing_scope|file_uploads?_|file_type_not_allowed|storage_limit)/.test(error.data.error)
  );
}

/** A name that no other file has: it is what the file is found again by. */
function fileName(what: string, id: string, ending: string): string {
  const stamp = id.split('/').at(-1);
  return `${what}-${stamp}.${ending}`;
}

async function record(world: World, client: WebClient, job: Asked['job']): Promise<Written | undefined> {
  const { db, policy, clock } = world;
  const change = (await loadChange(db, job.stream))?.state;
  if (!change) return undefined;
  const events = await changeEvents(db, change.id);
  const text = changeMarkdown({
    ...{ change, events, policy, now: clock.now(), names: await namesIn(world, [change, ...events], client) },
    requesterRoles: (await rolesHeld(world, change.requester, change.submittedAt)).map(
      (role) => policy.roles[role] ?? role,
    ),
  });
  const title = `${change.number}: the change request and its whole record`;
  return {
    ...{ name: fileName(change.number, job.id, 'md'), title, bytes: Buffer.from(text) },
    comment: `${change.number}, with ${count(events.length, 'event')} of its record, as of ${when(clock.now())}.`,
  };
}

async function minutes({ db, policy }: World, job: Asked['job']): Promise<Written | undefined> {
  const meeting = (await loadMeeting(db, job.stream))?.state;
  if (!meeting) return undefined;
  const { person } = await namesIn({ db }, [meeting]);
  const text = minutesMarkdown(meeting, policy, person);
  if (text === undefined) return undefined;
  const iso = new Date(meeting.startsAt).toISOString().slice(0, 10);
  const title = `Minutes: ${meeting.title}, ${dayInFull(wallTime(policy.zone, meeting.startsAt))}`;
  return {
    ...{
      name: fileName(`minutes-${iso}-${meeting.id.slice(-6)}`, job.id, 'md'),
      title,
      bytes: Buffer.from(text),
    },
    comment: escaped(title),
  };
}

async function calendarPicture(
  world: World,
  { span, start, system, team, risk }: Extract<Export, { of: 'calendar' }>,
  to: PersonId,
  id: string,
): Promise<Written> {
  const zone = await zoneOf(world, to);
  const range = spanAt(span, start, zone);
  const filters = { minutes: 0, ...(system && { system }), ...(team && { team }), ...(risk && { risk }) };
  const screen = { span, range, filters, zone, found: await calendarOf(world, [range], SHOWN) };
  const title = `Change calendar, ${rangeInWords(span, range, zone)}`;
  const day = new Date(range.start + DAY / 2).toISOString().slice(0, 10);
  return {
    ...{ name: fileName(`calendar-${span}-${day}`, id, 'png'), title, alt: calendarInWords(screen) },
    ...{ bytes: await drawCalendarPicture(screen), comment: `${title}, as of ${when(world.clock.now())}.` },
  };
}

async function evidence(
  world: World,
  client: WebClient,
  key: string,
  { id, mine }: Asked['job'],
): Promise<Written | undefined> {
  const period = periodNamed(key, world.policy.zone, world.clock.now());
  if (!period) return undefined;
  return evidenceFiles(world, client, period, {
    fileName: (what, ending) => fileName(what, id, ending),
    async going() {
      if (mine && !(await mine())) throw new NotMine('its lease has run out');
    },
  });
}

async function list(world: World, which: string, by: PersonId, id: string): Promise<Written | undefined> {
  const { db, policy, clock } = world;
  const wanted = populationNamed(which, policy.zone, by, clock.now());
  if (!wanted) return undefined;
  const parts = [csvOf([COLUMNS], true)];
  let rows = 0;
  for await (const changes of population(db, wanted)) {
    const names = await namesIn(world, changes);
    parts.push(csvOf(changes.map((change) => exportRow(change, policy, names))));
    rows += changes.length;
  }
  return {
    name: fileName(`changes-${which.toLowerCase()}`, id, 'csv'),
    title: `${count(rows, 'change')}: ${wanted.title}`,
    bytes: Buffer.from(parts.join('')),
    comment: completeness(wanted, rows, await numbering(db), clock.now()),
  };
}

/** What the file holds and how its completeness was checked, for whoever samples from it. */
export function completeness(
  wanted: Population,
  rows: number,
  years: readonly Numbering[],
  now: number,
): string {
  const { submitted } = wanted;
  const span = submitted ? `, from ${when(submitted.start)} until before ${when(submitted.end)}` : '';
  const ended = wanted.statuses ? '' : ', also those rejected, withdrawn, cancelled or expired';
  const missing = years.filter(({ count: there, highest }) => there !== highest);
  const each = years
    .slice(-20)
    .map(({ year, count: there, highest }) => `${year}: ${there} of ${highest}`)
    .join('; ');
  return [
    `*${count(rows, 'row')}*: ${escaped(wanted.title)}${span}${ended}, as of ${when(now)}.`,
    missing.length === 0
      ? `Numbers are given without gaps, and none is missing (changes on record of the highest number: ${each || 'none yet'}).`
      : `⚠️ Numbers are missing (changes on record of the highest number: ${each}). Please ask your Docket admin to run \`npm run audit:verify\`.`,
  ].join('\n');
}
