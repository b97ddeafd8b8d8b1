/** What a click costs beside one on a bare Bolt, and what it costs with a million changes in the database. */
import {
  changesFor,
  compare,
  computing,
  FULL,
  perSecond,
  QUICK,
  type Row,
  ratio,
  type Side,
} from './compare.ts';
import { startFakeSlack } from './fake-slack.ts';
import { at } from './middle.ts';
import { type Section, table } from './page.ts';
import type { Asked } from './publish.ts';
import { clicksOn, EVENT, KINDS } from './requests.ts';
import { seeded } from './seed.ts';
import { type Delivery, startTarget, type Way } from './target.ts';

const MILLION = 1_000_000;
const THOUSAND = 1000;

export interface Clicks extends Asked {
  /** Where the databases of what is measured lie, and its profiles. */
  folder: string;
  ways: readonly Way[];
  deliveries: readonly Delivery[];
}

const sizeOf = ({ quick }: Asked) => (quick ? QUICK : FULL);

/** Docket beside a bare Bolt, on both ways, by itself and while it also carries out in Slack what was decided. */
export async function clicks(asked: Clicks): Promise<Section> {
  const { folder, profile } = asked;
  const size = sizeOf(asked);
  const open = changesFor(size);
  const file = await seeded({ open, closed: THOUSAND });
  const slack = await startFakeSlack();
  const lines: string[] = [];
  for (const way of asked.ways)
    for (const delivery of way === 'Socket Mode' ? (['off'] as const) : asked.deliveries) {
      const floor = await startTarget({ slack, way, folder });
      const docket = await startTarget({ slack, way, folder, docket: { file, delivery }, profile });
      const made = await clicksOn(file);
      const ours = { target: docket, clicks: made, check: true };
      const rows = await compare({ target: floor, clicks: made, check: false }, ours, size);
      hadEffect(ours, open, THOUSAND);
      await Promise.all([floor.stop(), docket.stop()]);
      const title = delivery === 'on' ? `${way}, while the outbox drains` : way;
      lines.push(`### ${title}`, '', ...figures(rows, 'Bolt'), '');
    }
  await slack.close();
  return {
    name: 'clicks',
    title: 'A click, beside a bare Bolt',
    lines: [
      'A click is counted when it is acknowledged, and it is acknowledged when its effect is on disk (SQLite, WAL,',
      '`synchronous=FULL`). *Command* withdraws a change, *button* is the Approve of one of three who are asked,',
      '*submission* is a form with a question. Bolt is a bare Bolt app, as its documentation writes one, that only',
      `acknowledges the very same requests. Both take ${size.rounds} turns of some hundreds of clicks; what sends them runs`,
      'beside. The ratio is the median of the turns, each against its neighbour; times are in milliseconds. *Computing*',
      'is what the event loop spent on one click, Docket to Bolt, in microseconds of processor time: it hardly alters',
      `with what else the machine does. There are ${THOUSAND.toLocaleString('en')} changes that are over and ${open.toLocaleString('en')} to be clicked on.`,
      '',
      'Where the outbox does not drain, what a click sets off in Slack is saved and not carried out; where it does, Slack',
      'answers at once, and cards are posted and redrawn on the same event loop.',
      '',
      ...lines,
    ],
  };
}

/** Docket with a million changes in its database beside Docket with a thousand. */
export async function million(asked: Clicks): Promise<Section> {
  const { folder, profile } = asked;
  const size = sizeOf(asked);
  const open = changesFor(size);
  const slack = await startFakeSlack();
  const side = async (closed: number): Promise<Side> => {
    const file = await seeded({ open, closed });
    const docket = { file, delivery: 'off' } as const;
    const target = await startTarget({ slack, way: 'signed HTTP', folder, docket, profile });
    return { target, clicks: await clicksOn(file), check: true };
  };
  const [few, many] = [await side(THOUSAND), await side(MILLION)];
  const rows = await compare(few, many, size);
  hadEffect(few, open, THOUSAND);
  hadEffect(many, open, MILLION);
  await Promise.all([few.target.stop(), many.target.stop()]);
  await slack.close();
  return {
    name: 'million',
    title: 'A click with a million changes in the database',
    lines: [
      'The same clicks over signed HTTP, on a database of a million changes beside one of a thousand.',
      '',
      ...figures(rows, 'at 1,000', 'at a million'),
    ],
  };
}

/** Nothing is counted that is not in the record. @throws {Error} */
function hadEffect({ target }: Side, expected: number, closed: number): void {
  for (const kind of KINDS) {
    const found = target.events(EVENT[kind]) - (kind === 'command' ? closed : 0);
    if (found !== expected) throw new Error(`${expected} clicks left ${found} ${EVENT[kind]} in the record`);
  }
}

function figures(rows: readonly Row[], base: string, ours = 'Docket'): string[] {
  const head = ['click', 'at once', `${base}/s`, `${ours}/s`, 'ratio', 'computing', 'p50', 'p99', 'longest'];
  return table(
    [...head, `${base} p99`],
    rows.map((row) => {
      const [each, theirs] = [row.ours, row.base].map((turns) => turns.flatMap((turn) => turn.each));
      const times = [
        at(each ?? [], 0.5),
        at(each ?? [], 0.99),
        Math.max(...(each ?? [])),
        at(theirs ?? [], 0.99),
      ];
      return [
        ...[row.kind, row.connections, perSecond(row.base), perSecond(row.ours), ratio(row).toFixed(2)],
        `${computing(row.ours)} : ${computing(row.base)} µs`,
        ...times.map((ms) => ms.toFixed(1)),
      ];
    }),
  );
}
