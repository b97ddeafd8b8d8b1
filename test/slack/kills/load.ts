import type { Hand } from '../../../src/local-slack/hand.ts';
import { DANA } from '../../change/company.ts';
import { EMERGENCY } from '../answers.ts';
import type { openSlack } from '../open-docket.ts';
import { typed } from '../steps.ts';

type Slack = Awaited<ReturnType<typeof openSlack>>;

/** What Slack has acknowledged to people, and must therefore never be lost. */
export interface Promised {
  /** The number of each submission, by its title. */
  filed: Map<string, string>;
  /** Every approval, as `number person`. */
  approved: Set<string>;
}

const REQUESTERS = ['dana', 'grace', 'henrik', 'amira', 'jonas'];
/** One for each of the three seats, so that no click is in vain. */
const APPROVERS = ['maya', 'olga', 'klaus'];
/** One in ten things that people do is delivered twice. */
const TWICE = 0.1;
const HEARING_AGAIN_MS = 10_000;
const LOOK_MS = 100;
const BREATH_MS = 1_000;

/** A company that files emergencies and approves them, all at once, whatever becomes of Docket meanwhile. */
export function startLoad(slack: Slack, random: () => number) {
  const promised: Promised = { filed: new Map(), approved: new Set() };
  let stopping = false;
  const working = [
    ...REQUESTERS.map((name) =>
      until(
        () => stopping,
        () => file(slack.as(name)),
      ),
    ),
    ...APPROVERS.map((name) =>
      until(
        () => stopping,
        () => approveNext(slack.as(name)),
      ),
    ),
  ];
  let count = 0;

  async function file(hand: Hand): Promise<void> {
    await soon(() => hand.snapshot().botConnected);
    while (hand.snapshot().modals.length > 0) await hand.modal().close();
    await sometimesTwice();
    const title = `Emergency ${++count} of ${hand.person.name}`;
    const form = await typed(hand, 'emergency', { ...EMERGENCY, Title: title });
    await sometimesTwice();
    if ((await form.submit()).outcome !== 'updated') return;
    const number = /CR-\d{4}-\d{3}/.exec(hand.modal().text())?.[0];
    if (number) promised.filed.set(title, number);
  }

  async function approveNext(hand: Hand): Promise<void> {
    const dm = dmOf(hand);
    const { ts } = await soon(() => waiting(slack, dm)[0]);
    const card = hand.dms().find((one) => one.ts === ts);
    if (!card) return;
    const number = /CR-\d{4}-\d{3}/.exec(card.text)?.[0] ?? '';
    await sometimesTwice();
    const { ok } = await hand.press(card, 'Approve');
    if (!ok) return;
    promised.approved.add(`${number} ${hand.person.id}`);
    await soon(() => waiting(slack, dm).every((one) => one.ts !== ts));
  }

  async function sometimesTwice(): Promise<void> {
    if (random() < TWICE)
      await slack.act({ as: DANA, verb: 'fault', fault: { on: 'delivery', what: 'duplicate', times: 1 } });
  }

  return {
    promised,
    /** How much has been acknowledged so far. */
    done: () => promised.filed.size + promised.approved.size,
    async stop(): Promise<void> {
      stopping = true;
      await Promise.all(working);
    },
    /** Approves what is left, once nothing is killed any more. */
    async finish(): Promise<void> {
      for (const name of APPROVERS) {
        const hand = slack.as(name);
        while (waiting(slack, dmOf(hand)).length > 0) await approveNext(hand);
      }
    },
  };
}

/** Where the bot writes to them. */
function dmOf(hand: Hand): string {
  return hand.snapshot().conversations.find(({ kind }) => kind === 'dm')?.id ?? '';
}

/** The cards in direct messages that somebody can still approve on. */
function waiting(slack: Slack, dm: string): { ts: string }[] {
  return slack
    .messages()
    .filter(({ channel, blocks }) => channel === dm && JSON.stringify(blocks).includes('"Approve"'));
}

/**
 * Looks ten times a second, and not after every change, as tests do elsewhere: Slack lives in the same process as the
 * load, and there are thousands of messages soon.
 */
async function soon<T>(look: () => T): Promise<NonNullable<T>> {
  for (let looks = 0; looks * LOOK_MS < HEARING_AGAIN_MS; looks++) {
    const seen = look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error('It has not come true in time.');
}

/** Does something over and over. What fails, because nobody answered, is begun anew. */
async function until(over: () => boolean, work: () => Promise<void>): Promise<void> {
  while (!over()) {
    await work().catch(() => undefined);
    // People take a breath, and a Slack that shares the machine with three Dockets must not be the one to give up.
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  }
}
