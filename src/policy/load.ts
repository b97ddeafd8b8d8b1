import { load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { exampleOf } from './example.ts';
import { lineOf } from './lines.ts';
import { publicHolidays } from './public-holidays.ts';
import { type Policy, policySchema } from './schema.ts';

/**
 * Reads a policy file.
 * @param text YAML
 * @param file its name, for the messages
 * @param shipped the policy that Docket ships with, for examples of how to say it
 * @throws {PolicyError} naming the line, the value and the reason, so that it can be mended without the manual
 */
export function parsePolicy(text: string, file: string, shipped = ''): Policy {
  // Read once, so that compiling a reader for it would take longer than reading.
  const parsed = policySchema.safeParse(read(text, file), { jitless: true });
  if (parsed.success) return parsed.data;
  throw new PolicyError(
    parsed.error.issues
      .flatMap(problems)
      .map((problem) => `${file}:${lineOf(text, problem.path)}: ${inWords(problem)}`),
  );

  function inWords({ path, why, unknown }: Problem): string {
    // Some reasons bring their example.
    const example = why.includes('for example') ? '' : exampleOf(shipped, path, unknown);
    return `${path.join('.') || 'policy'}: ${why}${example && ` (${example})`}`;
  }
}

/**
 * Reads a policy file and adds the public holidays that it asks for.
 * @param year the current one: holidays are known from the year before it until ten years after
 * @throws {PolicyError} as `parsePolicy`, and where no such country, or part of it, is known
 */
export async function loadPolicy(text: string, file: string, shipped: string, year: number): Promise<Policy> {
  const policy = parsePolicy(text, file, shipped);
  const { publicHolidays: place, holidays } = policy.workingTime;
  if (!place) return policy;
  const found = await publicHolidays(place, year);
  if (!found) {
    const line = lineOf(text, ['workingTime', 'publicHolidays']);
    const why = `no public holidays are known for ${place}, only for places like DE or DE-BE`;
    throw new PolicyError([`${file}:${line}: workingTime.publicHolidays: ${why}`]);
  }
  const all = [...new Set([...holidays, ...found])].sort();
  return { ...policy, workingTime: { ...policy.workingTime, holidays: all } };
}

/** @throws {PolicyError} where it is no YAML */
function read(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new PolicyError([`${file}:${(error.mark?.line ?? 0) + 1}: ${error.reason}`]);
  }
}

export class PolicyError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The policy cannot be used:\n  ${problems.join('\n  ')}`);
    this.name = 'PolicyError';
    this.problems = problems;
  }
}

interface Problem {
  path: PropertyKey[];
  why: string;
  /** It is about the last word of the path, which means nothing there. */
  unknown: boolean;
}

/** Each unknown word is a problem of its own, at its own place. */
function problems(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'invalid_key')
    return [{ path: issue.path, why: issue.issues[0]?.message ?? issue.message, unknown: false }];
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, why: issue.message, unknown: false }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], why: 'unknown word', unknown: true }));
}
