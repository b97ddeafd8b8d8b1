import { basename } from 'node:path';
import { readConfig } from './config.ts';
import { examine } from './doctor.ts';
import { operate } from './operate.ts';
import { projectFile } from './project-file.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** A process of its own: like main.ts it is where the machine's clock enters. */
const now = () => Date.now();

/** The operator's commands as a process. */
async function main(): Promise<void> {
  const [command] = process.argv.slice(2);
  process.exitCode =
    command === 'doctor'
      ? await doctor()
      : await operate(process.argv.slice(2), development().databaseUrl, new Date(now()), say);
}

/** The other commands need no Slack, so they do not ask for its tokens. */
const development = () => readConfig({ ...process.env, NODE_ENV: 'development' });

async function doctor(): Promise<number> {
  const { databaseUrl, slack, publicUrl, policyFile } = readConfig(process.env); // says itself what is wrong with it
  const shipped = projectFile('src/policy/guide.yml');
  const file = policyFile ?? shipped;
  return examine({
    ...{ databaseUrl, now, policyFile: file, policyName: basename(file), shipped, say },
    ...{ manifestFile: projectFile('manifest.yml') },
    ...(slack && { slack }),
    ...(publicUrl && { publicUrl }),
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
