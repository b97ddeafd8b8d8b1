import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { type Check, ill, inLines, well } from './check.ts';
import { machineClock } from './clock.ts';
import { checkStore } from './db/check-up.ts';
import type { Db } from './db/db.ts';
import { openDb } from './db/open.ts';
import { roleHolders } from './db/people.ts';
import { makeWorld, type World } from './engine/world.ts';
import { loadPolicy } from './policy/load.ts';
import type { Policy } from './policy/schema.ts';
import { checkSlack, type SlackAccess } from './slack/doctor/check-slack.ts';

export interface Patient {
  databaseUrl: string;
  policyFile: string;
  policyName: string;
  /** The policy that Docket ships with. */
  shipped: string;
  manifestFile: string;
  slack?: SlackAccess;
  publicUrl?: string;
  now(): number;
  say(line: string): void;
}

/**
 * Looks at everything that Docket needs (`npm run doctor`): one line for each, with the next step where something is
 * wrong. It may run beside Docket. The configuration has been read by then.
 * @returns the exit code: 0 when all is well, 1 when something is not
 */
export async function examine(patient: Patient): Promise<number> {
  const found: Check[] = [];
  const note = (checks: readonly Check[]) => {
    found.push(...checks);
    for (const check of checks) patient.say(inLines(check));
  };
  note([well('The configuration can be read')]);
  const policy = await readPolicy(patient).catch(
    toCheck('Correct it; docs/policy.md says what may stand there'),
  );
  note(['what' in policy ? policy : well(`The policy ${policy.version} (${patient.policyName}) holds`)]);
  const db = await openDb({ url: patient.databaseUrl }).catch(
    toCheck('See docs/operations.md, "When something is wrong"'),
  );
  note([
    'what' in db ? db : well(`The database opens (${db.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`),
  ]);
  try {
    if (!('what' in db)) note(await checkStore(db, patient.databaseUrl));
    if (!('what' in db) && !('what' in policy)) await examineWorld(patient, db, policy, note);
  } finally {
    if (!('what' in db)) await db.close();
  }
  note(await checkPublicUrl(patient));
  const wrong = found.filter(({ ok }) => !ok).length;
  patient.say(wrong === 0 ? '\nAll is well.' : `\n${wrong} of ${found.length} checks need you.`);
  return wrong === 0 ? 0 : 1;
}

async function examineWorld(
  { slack, manifestFile, now }: Patient,
  db: Db,
  policy: Policy,
  note: (checks: readonly Check[]) => void,
): Promise<void> {
  const clock = machineClock(now);
  const world = makeWorld({ db, policy, clock, newId: () => 'doctor', log: pino({ level: 'silent' }) });
  note([await checkRoles(world)]);
  note(
    slack
      ? await checkSlack(world, slack, await readFile(manifestFile, 'utf8'))
      : [
          ill(
            'There are no Slack tokens, so Docket would start a local Slack',
            'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or SLACK_SIGNING_SECRET',
          ),
        ],
  );
}

/** A role that nobody holds stops the changes that need it. */
async function checkRoles({ db, policy, clock }: World): Promise<Check> {
  const holders = await roleHolders(db, clock.now());
  const empty = Object.entries(policy.roles).filter(([role]) => !holders.get(role)?.length);
  return empty.length === 0
    ? well(`Somebody holds each of the ${Object.keys(policy.roles).length} roles`)
    : ill(
        `Nobody holds: ${empty.map(([, title]) => title).join(', ')}`,
        'Give them to people or user groups with /change setup',
      );
}

async function readPolicy({ policyFile, policyName, shipped, now }: Patient): Promise<Policy> {
  const year = new Date(now()).getFullYear();
  return loadPolicy(await readFile(policyFile, 'utf8'), policyName, await readFile(shipped, 'utf8'), year);
}

async function checkPublicUrl({ publicUrl }: Patient): Promise<Check[]> {
  if (!publicUrl)
    return [well('PUBLIC_URL is not set: there is no calendar feed, and nothing else needs it')];
  const url = `${publicUrl}/healthz`;
  const status = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.status,
    () => undefined,
  );
  if (status === 200) return [well(`Docket answers at ${publicUrl}`)];
  const answer = status === undefined ? 'nothing answers' : `it answers ${status}`;
  return [
    ill(
      `PUBLIC_URL does not lead to Docket: ${answer} at ${url}`,
      'Start Docket; then look at the proxy before PORT',
    ),
  ];
}

const toCheck =
  (next: string) =>
  (error: unknown): Check =>
    ill(error instanceof Error ? error.message : String(error), next);
