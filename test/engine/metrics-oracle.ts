import type { Interval } from '../../src/calendar/interval.ts';
import type { ChangeEvent, EventOf, EventType } from '../../src/change/types.ts';

// The figures once more, straight from the events of each change and with nothing of Docket's own counting.

export type Life = readonly ChangeEvent[];

interface Time {
  of: string;
  opened: number;
  deadline: number;
  done?: number;
  dropped?: number;
}

const DONE: Record<string, EventType[]> = {
  decision: ['ChangeApproved', 'ChangeRejected'],
  stage: ['StagePassed', 'Returned', 'Deferred', 'ChangeRejected', 'ChangeApproved'],
  retrospective: ['RetrospectiveHeld'],
  'board review': ['EmergencyReviewed'],
};
const DROPPED: Record<string, EventType[]> = {
  decision: ['Reclassified', 'Withdrawn'],
  stage: ['Reclassified', 'Withdrawn', 'StageOpened'],
  retrospective: [],
  'board review': [],
};

/** Every time that was set in a life, and how it ended. */
function timesOf(life: Life): Time[] {
  return life.flatMap((event, i) => {
    const set = (kind: string, deadline: number, name = kind): Time => {
      const end = life
        .slice(i + 1)
        .find(({ type }) => [...(DONE[kind] ?? []), ...(DROPPED[kind] ?? [])].includes(type));
      const done = end && DONE[kind]?.includes(end.type);
      return {
        ...{ of: name, opened: event.at, deadline },
        ...(end && (done ? { done: end.at } : { dropped: end.at })),
      };
    };
    if (event.type === 'Submitted' || event.type === 'Reclassified') {
      const time = set('decision', event.dueAt);
      const over = time.done ?? time.dropped ?? Number.POSITIVE_INFINITY;
      // What the board puts off, before its time is up, has until another instant.
      for (const later of life.slice(i + 1))
        if (later.type === 'Deferred' && later.at <= over && later.at <= time.deadline)
          time.deadline = later.dueAt;
      return [time];
    }
    if (event.type === 'StageOpened') return [set('stage', event.deadline, `stage ${event.stage}`)];
    if (event.type !== 'Finished' && event.type !== 'RolledBack' && event.type !== 'Verified') return [];
    const { retrospective, boardReview } = event.duties ?? {};
    return [
      ...(retrospective ? [set('retrospective', retrospective.deadline)] : []),
      ...(boardReview ? [set('board review', boardReview.deadline)] : []),
    ];
  });
}

const isIn = ({ start, end }: Interval, at: number | undefined): at is number =>
  at !== undefined && at >= start && at < end;
const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
const rate = (part: number, of: number) => (of === 0 ? { part, of } : { part, of, rate: part / of });
const mean = (list: number[]) =>
  list.length === 0 ? { n: 0 } : { n: list.length, mean: sum(list) / list.length };

/** The mean, the median and the ninth tenth, as values that there were. */
function spread(list: number[]) {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.ceil(part * sorted.length) - 1];
  return list.length === 0 ? { n: 0 } : { ...mean(list), half: at(0.5), most: at(0.9) };
}

/** What each finished life was, from its events alone. */
function endOf(life: Life) {
  const end = life.find(({ type }) => type === 'Finished' || type === 'RolledBack');
  if (end?.type !== 'Finished' && end?.type !== 'RolledBack') return undefined;
  const until = life.slice(0, life.indexOf(end));
  const last = (type: EventType) => until.findLast((event) => event.type === type)?.at ?? 0;
  const texts = life.filter(
    (event): event is EventOf<'Submitted' | 'Edited' | 'Reclassified'> => 'proposal' in event,
  );
  const { startsAt, endsAt, effortMinutes } = texts.at(-1)?.proposal ?? {};
  return {
    at: end.at,
    outcome: end.type === 'Finished' ? end.outcome : 'rolled back',
    lead: end.at - (life[0]?.at ?? 0),
    implementing: end.at - last('ChangeApproved'),
    lasted: end.at - last('Started'),
    window: startsAt !== undefined && endsAt !== undefined ? endsAt - startsAt : undefined,
    efforts:
      end.type === 'Finished' && end.effortMinutes !== undefined && effortMinutes !== undefined
        ? [end.effortMinutes, effortMinutes]
        : undefined,
    defects: life.filter((event) => event.type === 'FindingLogged' && event.of === 'defect').length,
  };
}

/** All metrics of a stretch of time, of these lives, as known at `now`. */
export function expected(lives: readonly Life[], range: Interval, now: number) {
  const ended = lives.flatMap((life) => endOf(life) ?? []).filter(({ at }) => isIn(range, at));
  const n = (outcome: string) => ended.filter((each) => each.outcome === outcome).length;
  const times = lives.flatMap(timesOf);
  const known = times.flatMap((time) => {
    const inTime = time.done !== undefined && time.done <= time.deadline;
    if (time.dropped !== undefined && time.dropped <= time.deadline) return [];
    const at = inTime ? time.done : time.deadline;
    return isIn(range, at) && at <= now ? [{ of: time.of, inTime }] : [];
  });
  const kept = (which: (of: string) => boolean) => {
    const these = known.filter(({ of }) => which(of));
    return rate(these.filter(({ inTime }) => inTime).length, these.length);
  };
  const took = (of: string) =>
    spread(times.flatMap((t) => (t.of === of && isIn(range, t.done) ? [t.done - t.opened] : [])));
  const planned = ended.filter(({ window }) => window !== undefined);
  const scores = lives.flatMap((life) => {
    const all = life.filter((event): event is EventOf<'Rated'> => event.type === 'Rated');
    const people = [...new Set(all.map(({ by }) => by))];
    return people.flatMap((person) => {
      const theirs = all.filter(({ by }) => by === person);
      return isIn(range, theirs[0]?.at) ? [theirs.at(-1)?.score ?? 0] : [];
    });
  });
  const found = lives.flat().filter((event) => event.type === 'FindingLogged' && isIn(range, event.at));
  const stages = (list: string[]) =>
    [...new Set(list)]
      .filter((of) => of.startsWith('stage '))
      .map((of) => of.slice(6))
      .sort();
  const undone = ended.filter(({ outcome }) => outcome === 'rolled back');
  const done = times.filter((time) => isIn(range, time.done));
  const efforts = ended.flatMap((each) => (each.efforts ? [each.efforts] : []));
  return {
    total: ended.length,
    outcomes: {
      ...{ success: n('success'), partial: n('partial'), failed: n('failed') },
      'rolled back': n('rolled back'),
    },
    success: rate(n('success'), ended.length),
    failure: rate(n('failed') + n('rolled back'), ended.length),
    rollback: rate(n('rolled back'), ended.length),
    timeToImplement: mean(ended.map((each) => each.implementing)),
    defects: rate(sum(ended.map((each) => each.defects)), ended.length),
    faulty: rate(ended.filter((each) => each.defects > 0).length, ended.length),
    satisfaction: mean(scores),
    sla: kept(() => true),
    stagesInTime: stages(known.map(({ of }) => of)).map((stage) => ({
      stage,
      ...kept((of) => of === `stage ${stage}`),
    })),
    reviewsInTime: kept((of) => of === 'retrospective' || of === 'board review'),
    audits: found.filter((event) => event.type === 'FindingLogged' && event.of === 'audit').length,
    processing: took('decision'),
    approval: stages(done.map(({ of }) => of)).map((stage) => ({ stage, ...took(`stage ${stage}`) })),
    duration: rate(sum(planned.map((each) => each.lasted)), sum(planned.map((each) => each.window ?? 0))),
    withinWindow: rate(planned.filter(({ lasted, window = 0 }) => lasted <= window).length, planned.length),
    effort: rate(sum(efforts.map(([a = 0]) => a)), sum(efforts.map(([, b = 0]) => b))),
    leadTime: mean(ended.map((each) => each.lead)),
    rollbackTime: mean(undone.map((each) => each.lasted)),
  };
}
