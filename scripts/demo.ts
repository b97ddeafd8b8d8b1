import { playDemo } from './demo/play.ts';

/** `npm run demo`: three changes to their ends through local Slack, told as people saw them. Exits 1 when anything is not as expected. */
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
playDemo({ write: (line) => process.stdout.write(`${line}\n`), colour }).catch((error: unknown) => {
  process.stderr.write(
    `\nThe demo did not go as it should.\n${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = 1;
});
