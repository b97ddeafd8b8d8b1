import { openStageOf } from '../../src/change/decided.ts';
import { shownHash } from '../../src/change/proposal.ts';
import { isUnderReview } from '../../src/change/states.ts';
import { listChanges } from '../../src/db/changes.ts';
import { openDb } from '../../src/db/open.ts';
import { drawCard } from '../../src/slack/change/card.ts';
import { DANA, facts, MAYA, OLGA } from '../../test/change/company.ts';
import { SEEDED_AT } from './instant.ts';
import { clickable, numberOf } from './seed.ts';

/** One thing that a person does, as Slack sends it. */
export interface Click {
  type: 'slash_commands' | 'interactive';
  payload: Record<string, unknown>;
  /** What its answer must contain for it to have had its effect. */
  answer: RegExp;
}

export const KINDS = ['command', 'button', 'submission'] as const;
export type Kind = (typeof KINDS)[number];

const team = { id: 'T02TRIXTECH', domain: 'trixtech' };
let acts = 0;
/** Slack gives out a trigger for each act, once. */
const trigger = () => `${++acts}.${process.pid}.bench`;

/**
 * Makes clicks, each with an effect of its own: an approval by one of the three who are asked, a question in a form, a
 * change withdrawn by a command. They look as Slack sends them, with the whole card that was clicked on.
 * @param file a database that `seed.ts` made
 */
export async function clicksOn(file: string): Promise<Record<Kind, (n: number) => Click>> {
  const db = await openDb({ url: `file:${file}` });
  const [listed] = await listChanges(db, { statuses: ['in review'], limit: 1 });
  await db.close();
  const change = listed?.change;
  if (!change || !isUnderReview(change)) throw new Error('there is no change to click on');
  const seen = shownHash(change, change.open.stage);
  const card = { card: 'ask', to: MAYA, stage: openStageOf(change).id, round: 1 } as const;
  const message = {
    type: 'message',
    user: 'U0BOT',
    ts: '1.1',
    ...drawCard(card, change, facts(), SEEDED_AT),
  };
  const target = (n: number) => `${clickable(n)}|${seen}`;
  const from = (id: string) => ({ team, user: { id, username: id, team_id: team.id }, api_app_id: 'A0' });
  return {
    command: (n) => ({
      type: 'slash_commands',
      payload: {
        ...{ command: '/change', text: `withdraw ${numberOf(n)} thought better of it`, user_id: DANA },
        ...{ team_id: team.id, team_domain: team.domain, channel_id: 'C02CHANGES2', channel_name: 'changes' },
        ...{ user_name: 'dana', api_app_id: 'A0', is_enterprise_install: 'false', trigger_id: trigger() },
        response_url: 'http://127.0.0.1:9/response',
      },
      answer: /is withdrawn/,
    }),
    button: (n) => ({
      type: 'interactive',
      payload: {
        ...{ type: 'block_actions', ...from(MAYA), trigger_id: trigger(), message },
        container: { type: 'message', channel_id: 'D01', message_ts: '1.1', is_ephemeral: false },
        channel: { id: 'D01', name: 'directmessage' },
        response_url: 'http://127.0.0.1:9/response',
        actions: [
          { type: 'button', action_id: 'approve', block_id: 'b1', value: target(n), action_ts: `${acts}.1` },
        ],
      },
      answer: /^$/,
    }),
    submission: (n) => ({
      type: 'interactive',
      payload: {
        ...{ type: 'view_submission', ...from(OLGA), trigger_id: trigger() },
        view: {
          ...{ id: `V${acts}`, type: 'modal', callback_id: 'ask-form', hash: `${acts}.x` },
          private_metadata: JSON.stringify({ target: target(n) }),
          blocks: [{ type: 'input', block_id: 'words' }],
          state: { values: { words: { words: { type: 'plain_text_input', value: 'Since when exactly?' } } } },
        },
      },
      answer: /"response_action":"clear"/,
    }),
  };
}

/** Types of the events by which a click of a kind shows in the record. */
export const EVENT: Record<Kind, string> = {
  command: 'Withdrawn',
  button: 'Decided',
  submission: 'QuestionAsked',
};
