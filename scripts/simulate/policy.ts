import { readFileSync } from 'node:fs';
import { parsePolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { projectFile } from '../../src/project-file.ts';

/** The shipped policy, after `alter` has changed its text. */
export function shipped(alter: (yaml: string) => string = (yaml) => yaml): Policy {
  return parsePolicy(alter(readFileSync(projectFile('src/policy/guide.yml'), 'utf8')), 'guide.yml');
}
