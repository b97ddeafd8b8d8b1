import type { Filled } from './actor.ts';
import { emergency } from './emergency.ts';
import { emergencyAfterwards } from './emergency-afterwards.ts';
import { monday } from './monday.ts';
import { normal } from './normal.ts';
import { normalAfterwards } from './normal-afterwards.ts';
import { tellRecord } from './record.ts';
import { onStage, type Stage } from './stage.ts';
import { standard } from './standard.ts';
import { standardAfterwards } from './standard-afterwards.ts';
import { makeTeller, type Output } from './teller.ts';

/** What came of a change, for the summary. What was typed counts its title, which stands in the command. */
export interface Played extends Filled {
  number: string;
  category: string;
  /** The types of its events, in order. */
  events: string[];
}

/**
 * Plays three changes through a local Slack of its own and tells them as people saw them.
 * @throws {Difference} when anything is not as expected
 */
export async function playDemo(output: Output): Promise<void> {
  const tell = makeTeller(output);
  const began = performance.now();
  tell.line('Docket in a small company: three changes, as the people of Trixtech see them in Slack.');
  tell.line('Each of them reads times in their own zone; the column on the left is Berlin.');
  await onStage(tell, async (stage) => {
    const played: Played[] = [];
    for (const scene of [standard, normal, emergency]) played.push(await scene(stage));
    // In the order in which their time comes.
    for (const [n, afterwards] of [
      [2, emergencyAfterwards],
      [0, standardAfterwards],
      [1, normalAfterwards],
    ] as const)
      played[n]?.events.push(...(await afterwards(stage)));
    await monday(stage);
    tell.title('The record');
    const minutes: number[] = [];
    for (const { number, events } of played) minutes.push(await tellRecord(stage, number, events));
    tell.title('What it took');
    for (const [n, { number, category, typed, chosen }] of played.entries())
      tell.line(
        `  ${number}  ${category.padEnd(10)} ${String(typed).padStart(2)} fields typed and ${String(chosen).padStart(2)} chosen by who filed it, approved after ${duration(minutes[n] ?? 0)}`,
      );
  });
  tell.line();
  tell.line(`Everything went as expected, in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

function duration(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A scene of the demo. */
export type Scene = (stage: Stage) => Promise<Played>;
