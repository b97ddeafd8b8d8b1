import { readConfig } from './config.ts';
import { operate } from './operate.ts';

/** The operator's commands as a process. */
async function main(): Promise<void> {
  const { databaseUrl } = readConfig({ ...process.env, NODE_ENV: 'development' });
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  // A process of its own: like main.ts it is where the machine's clock enters.
  process.exitCode = await operate(process.argv.slice(2), databaseUrl, new Date(Date.now()), say);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
