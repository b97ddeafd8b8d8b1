const DAY = 24 * 60 * 60 * 1000; // as in calendar/zone.ts, which looks in here
/** Docket is started again sooner than this, and then it looks again. */
const YEARS_AHEAD = 10;

/**
 * The public holidays of a place, as ISO dates on its own calendar, from the year before `year` until ten years
 * after it. Days that are only partly free are working days.
 * @param place a country, `DE`, or a part of it, `DE-BE`
 * @returns nothing where no such place is known
 */
export async function publicHolidays(place: string, year: number): Promise<string[] | undefined> {
  // Megabytes of rules: only for a policy that asks for them, so that others start fast.
  const { default: Holidays } = await import('date-holidays');
  const [country = '', state, region] = place.split('-');
  const known = new Holidays();
  if (!known.getCountries()[country]) return undefined;
  if (state && !known.getStates(country)?.[state]) return undefined;
  if (state && region && !known.getRegions(country, state)?.[region]) return undefined;
  const calendar = new Holidays(country, state ?? '', region ?? '', { types: ['public'] });
  const years = Array.from({ length: YEARS_AHEAD + 2 }, (_, i) => year - 1 + i);
  return years.flatMap((each) => calendar.getHolidays(each)).flatMap(datesOf);
}

/** A holiday may last several days, and where its `date` has an hour, it is only part of one. */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  if (!date.includes('00:00:00')) return [];
  const days = Math.round((end.getTime() - start.getTime()) / DAY);
  const first = Date.parse(`${date.slice(0, 10)}T00:00Z`);
  return Array.from({ length: days }, (_, i) => new Date(first + i * DAY).toISOString().slice(0, 10));
}
