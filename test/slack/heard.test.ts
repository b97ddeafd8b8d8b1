import { expect, it } from 'vitest';
import { ACTION } from '../../src/slack/change/step-buttons.ts';
import { drawnNow } from '../../src/slack/doctor/said-words.ts';
import { sampleDrawings } from '../../src/slack/doctor/sample-drawings.ts';
import { DANA } from '../change/company.ts';
import { heard } from './heard.ts';
import { openDocket } from './open-docket.ts';
import { filed } from './steps.ts';

/** Everything within something that is drawn. */
function within(drawn: unknown): Record<string, unknown>[] {
  if (typeof drawn !== 'object' || drawn === null) return [];
  const inner = Object.values(drawn).flatMap(within);
  return Array.isArray(drawn) ? inner : [drawn as Record<string, unknown>, ...inner]; // any object is one
}

it('has somebody listen to every button and every form that it draws', async () => {
  const { docket } = await openDocket();
  const { world } = docket;
  for (const category of ['standard', 'normal', 'emergency'] as const) await filed(docket, DANA, category);
  const { words, buttons, forms } = heard(docket);
  const drawings = [
    ...sampleDrawings(world.policy, words, world.clock.now()),
    ...(await drawnNow(world, words)),
  ];
  const drawn = drawings.flatMap(({ shown }) => within(shown));
  // What stands in an input is sent with its form, unless it is to be heard at once.
  const inputs = drawn.filter(({ type, dispatch_action }) => type === 'input' && !dispatch_action);
  const silent = new Set(inputs.map(({ element }) => element));
  const actions = drawn.filter((part) => 'action_id' in part && !silent.has(part));
  const pressed = new Set(actions.map(({ action_id }) => String(action_id).split(':')[0] ?? ''));
  const sent = new Set(drawn.filter(({ submit }) => submit).map(({ callback_id }) => String(callback_id)));
  const all = [...pressed, ...Object.values(ACTION)];
  expect(all.filter((action) => !buttons.includes(action))).toEqual([]);
  expect([...sent].filter((callback) => !forms.includes(callback))).toEqual([]);
});
