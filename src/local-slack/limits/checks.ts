import { isObj, type Obj } from '../json.ts';

/** Something in a message or view that Slack refuses. */
export interface Problem {
  /** JSON pointer to the place, e.g. `/blocks/0/text/text`. */
  pointer: string;
  code: string;
  /** In Slack's words. */
  message: string;
}

export type Surface = 'message' | 'modal' | 'home';

/** Where a check writes what it finds, and what it needs to know of the whole. */
export interface Report {
  surface: Surface;
  problems: Problem[];
}

/** Looks at one value, at the place `at`. */
export type Check = (value: unknown, at: string, report: Report) => void;

export function fail(report: Report, pointer: string, message: string, code = 'failed_constraint'): void {
  report.problems.push({ pointer, code, message });
}

/** A string of `min` to `max` characters. */
export function string(max: number, min = 1): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') fail(report, at, 'must be a string', 'invalid_type');
    else if (value.length < min) fail(report, at, `must be more than ${min - 1} characters`);
    else if (value.length > max) fail(report, at, `must be less than ${max + 1} characters`);
  };
}

export function matching(pattern: RegExp, like: string): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) fail(report, at, `must be a valid ${like}`);
  };
}

/** A whole number in a range. */
export function whole(min: number, max: number): Check {
  return (value, at, report) => {
    if (!Number.isInteger(value)) fail(report, at, 'must be an integer', 'invalid_type');
    else if (Number(value) < min || Number(value) > max)
      fail(report, at, `must be between ${min} and ${max}`);
  };
}

export const number: Check = (value, at, report) => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    fail(report, at, 'must be a number', 'invalid_type');
};

export const flag: Check = (value, at, report) => {
  if (typeof value !== 'boolean') fail(report, at, 'must be a boolean', 'invalid_type');
};

/** Anything; for parts whose inside Slack does not bound. */
export const anything: Check = () => {};

export function oneOf(...allowed: string[]): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !allowed.includes(value))
      fail(report, at, `must be one of: ${allowed.join(', ')}`);
  };
}

/** A list of `min` to `max` items, each checked. */
export function list(item: Check, max: number, min = 1): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return fail(report, at, 'must be an array', 'invalid_type');
    if (value.length < min) fail(report, at, `must have at least ${min} items`);
    if (value.length > max) fail(report, at, `no more than ${max} items allowed`);
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, report);
    return undefined;
  };
}

export type Shape = Record<string, Check>;

/** The check under that key, and not what every object inherits: an app may well send a key `constructor`. */
function own(shape: Shape, key: string): Check | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** An object with these fields and no others. */
export function object(required: Shape, optional: Shape = {}, ...more: Check[]): Check {
  return (value, at, report) => {
    if (!isObj(value)) return fail(report, at, 'must be an object', 'invalid_type');
    for (const key of Object.keys(required))
      if (value[key] === undefined)
        fail(report, at, `missing required field: ${key}`, 'missing_required_field');
    for (const [key, inner] of Object.entries(value)) {
      const check = own(required, key) ?? own(optional, key);
      if (inner === undefined) continue;
      if (check) check(inner, `${at}/${key}`, report);
      else fail(report, at, `invalid additional property: ${key}`, 'additional_property');
    }
    for (const check of more) check(value, at, report);
    return undefined;
  };
}

/** An object whose `type` chooses the check. */
export function byType(checks: Record<string, Check>): Check {
  return (value, at, report) => {
    if (!isObj(value)) return fail(report, at, 'must be an object', 'invalid_type');
    const check = typeof value.type === 'string' ? own(checks, value.type) : undefined;
    if (check) check(value, at, report);
    else
      fail(
        report,
        `${at}/type`,
        `unsupported type: ${typeof value.type === 'string' ? value.type : JSON.stringify(value.type)}`,
        'unsupported_type',
      );
    return undefined;
  };
}

/** A check of the object as a whole, after its fields. `wrong` gives the sentence, or nothing when it is fine. */
export function rule(wrong: (value: Obj) => string | undefined): Check {
  return (value, at, report) => {
    const message = isObj(value) ? wrong(value) : undefined;
    if (message) fail(report, at, message);
  };
}
