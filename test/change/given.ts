import { expect } from 'vitest';
import { decide } from '../../src/change/decide.ts';
import { type Effect, effects } from '../../src/change/effects.ts';
import { evolve, fold } from '../../src/change/evolve.ts';
import type { Facts } from '../../src/change/facts.ts';
import { Refusal, type RefusalCode } from '../../src/change/refusal.ts';
import type { Change, ChangeEvent, EventType } from '../../src/change/types.ts';
import { facts as usual } from './company.ts';
import { MINUTE, MONDAY_10 } from './proposals.ts';
import type { Step } from './steps.ts';

export const ID = 'c-1';

/**
 * What has happened so far, one step a minute from Monday 10:00 on; each must have had an effect.
 * `given(filed).when(step).gives(events)`, or `.refused(code)`.
 */
export function given(...steps: Step[]): Given {
  return goesOn(new Given([], usual(), MONDAY_10), ...steps);
}

/** The same story, some steps later; each must have had an effect. */
export function goesOn(story: Given, ...steps: Step[]): Given {
  return steps.reduce((now, step) => {
    const next = now.when(step);
    if (next.refusal) throw next.refusal;
    expect(next.events, 'a given step without effect').not.toEqual([]);
    return next.and();
  }, story);
}

export class Given {
  readonly history: ChangeEvent[];
  readonly facts: Facts;
  readonly at: number;
  readonly state: Change | undefined;

  constructor(history: ChangeEvent[], facts: Facts, at: number, state = fold(ID, history)) {
    this.history = history;
    this.facts = facts;
    this.at = at;
    this.state = state;
  }

  /** The same, in a company where something is different from now on. */
  with(instead: Partial<Facts>): Given {
    return new Given(this.history, { ...this.facts, ...instead }, this.at, this.state);
  }

  /** The same, `wait` milliseconds later. */
  later(wait: number): Given {
    return new Given(this.history, this.facts, this.at + wait, this.state);
  }

  get change(): Change {
    return asFiled(this.state);
  }

  when(step: Step): When {
    const command = step(this.state, this.at);
    try {
      return new When(this, decide(this.state, command, this.facts));
    } catch (error) {
      if (error instanceof Refusal) return new When(this, [], error);
      throw error;
    }
  }
}

/** An event as far as it matters: its type, or some of its fields. */
type Expected = EventType | ({ type: EventType } & Record<string, unknown>);

export class When {
  readonly before: Given;
  readonly events: ChangeEvent[];
  readonly refusal: Refusal | undefined;

  constructor(before: Given, events: ChangeEvent[], refusal?: Refusal) {
    this.before = before;
    this.events = events;
    this.refusal = refusal;
  }

  /** Exactly these events, in this order. */
  gives(...expected: Expected[]): this {
    if (this.refusal) throw this.refusal;
    const shapes = expected.map((each) => (typeof each === 'string' ? { type: each } : each));
    expect(this.events.map(({ type }) => type)).toEqual(shapes.map(({ type }) => type));
    expect(this.events).toMatchObject(shapes);
    return this;
  }

  /** Done already, or overtaken: nothing happens and nobody is blamed. */
  doesNothing(): void {
    this.gives();
  }

  /** A refusal with this code, whose sentence (or the one beside `field`) says `words`. */
  refused(code: RefusalCode, words: RegExp = /./, field?: keyof Refusal['fields']): void {
    expect(this.refusal?.code ?? this.events.map(({ type }) => type)).toBe(code);
    expect(field ? this.refusal?.fields[field] : this.refusal?.sentence).toMatch(words);
  }

  /** The story goes on from here, a minute later. */
  and(): Given {
    const { history, facts, at } = this.before;
    return new Given([...history, ...this.events], facts, at + MINUTE, this.#after());
  }

  /** What the change is now. */
  get change(): Change {
    return asFiled(this.#after());
  }

  #after(): Change | undefined {
    return this.events.reduce((state, event) => evolve(state, event, ID), this.before.state);
  }
}

function asFiled(change: Change | undefined): Change {
  if (!change) throw new Error('nothing was submitted');
  return change;
}

/** What would follow in the world if a step were taken. */
export function effectsOf(story: Given, step: Step): Effect[] {
  const when = story.when(step);
  const change = when.and().change;
  return when.events.flatMap((event) => effects(event, change));
}
