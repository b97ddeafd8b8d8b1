import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Logger, pino } from 'pino';
import { addWorkingMinutes } from './calendar/working-time.ts';
import { type Clock, machineClock, windableClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { setUpOnce } from './engine/setup.ts';
import { freePort } from './free-port.ts';
import { LOCAL_ROLES } from './local-roles.ts';
import { loadPolicy } from './policy/load.ts';
import { projectFile } from './project-file.ts';
import { type Docket, startDocket } from './start.ts';

/** Where a local Slack keeps its channels and messages between runs. */
const LOCAL_SLACK_FILE = 'data/local-slack.json';
/** A stop that takes longer is cut short: what is unfinished is taken up again at the next start. */
const LONGEST_STOP_MS = 10_000;

/** Runs Docket as a process: from the environment, until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({
    level: config.logLevel,
    redact: ['*.token', '*.authorization', '*.headers', '*.secret'],
  });
  // The one place where the machine's clock enters; all else is handed this one.
  const clock = machineClock(() => Date.now());
  const shipped = projectFile('src/policy/guide.yml');
  const policyFile = config.policyFile ?? shipped;
  const policy = await loadPolicy(
    await readPolicy(policyFile),
    basename(policyFile),
    await readPolicy(shipped),
    new Date(clock.now()).getFullYear(),
  );
  const { databaseUrl, port, publicUrl, backups } = config;
  const parts = {
    ...{ databaseUrl, port, policy, log, newId: randomUUID },
    ...(publicUrl && { publicUrl }),
    ...(backups && { backups }),
  };
  const running = config.slack
    ? await startDocket({
        ...{ ...parts, clock },
        slack: { ...config.slack, how: { now: clock.now, ...config.slack.how } },
      })
    : await startLocally(config, parts, clock);
  log.info({ database: running.world.db.dialect, policy: policy.version }, 'Docket is running');
  stopOnSignal(running, log);
}

/** Everything but Slack and the clock, which differ where Slack is local. */
type Parts = Omit<Parameters<typeof startDocket>[0], 'slack' | 'clock'>;

/** Starts a Slack on this machine and Docket against it, with a small company in it. */
async function startLocally(config: Config, parts: Parts, machine: Clock): Promise<Docket> {
  // Loaded only here, so that a production start does not carry it.
  const { startLocalSlack } = await import('./local-slack/server.ts');
  const { TRIXTECH } = await import('./local-slack/company.ts');
  let docket: Docket | undefined;
  // Winding waits at every alarm until what it set off is done, so that nothing happens later than it was due.
  const clock = windableClock(machine, 0, async () => docket?.delivery.idle());
  const local = await startLocalSlack({
    clock,
    manifest: await readFile(projectFile('manifest.yml'), 'utf8'),
    company: TRIXTECH,
    port: config.localSlackPort,
    delivery: { mode: 'socket' },
    file: LOCAL_SLACK_FILE,
  });
  // At night nobody in there is asked, and at weekends nobody is reminded: it begins when people come to work.
  const opens = addWorkingMinutes(parts.policy, clock.now(), 0);
  const early = opens > clock.now();
  await clock.advanceTo(opens);
  // Chosen here, so that the address of the calendar's feed can be told.
  const port = parts.port || (await freePort());
  const started = await startDocket({
    ...parts,
    ...{ clock, port, publicUrl: parts.publicUrl ?? `http://127.0.0.1:${port}` },
    slack: { botToken: local.botToken, how: { appToken: local.appToken }, apiUrl: local.apiUrl },
  });
  docket = started;
  await setUpOnce(started.world, { roles: LOCAL_ROLES });
  process.stdout.write(
    `\n  Docket is ready. Open ${local.url} and type /change new\n${early ? '  (The clock in there was wound forward to when people come to work.)\n' : ''}\n`,
  );
  return {
    ...started,
    async stop() {
      await started.stop();
      await local.close();
    },
  };
}

function stopOnSignal(running: Docket, log: Logger): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping: finishing what is under way');
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    running.stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'could not stop cleanly; the next start takes up what is left');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function readPolicy(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`POLICY_FILE names ${file}, which cannot be read.`, { cause: error });
  });
}

/** A start that failed is for the operator, in words; the stack helps only with a bug. */
function giveUp(error: unknown): never {
  process.stderr.write(`Docket cannot start.\n${inWords(error)}\n`);
  process.exit(1);
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken by another program. Choose another with PORT, or LOCAL_SLACK_PORT for the page of local Slack.`;
  }
  return error.message;
}

main().catch(giveUp);
