import type { Act, ActResult, Person } from '../protocol.ts';
import type { World } from '../world.ts';
import { runCommand } from './command.ts';
import { closeView, input, submit } from './modal.ts';
import { press } from './press.ts';
import { runShortcut } from './shortcut.ts';
import { openHome, say } from './talk.ts';

/** Does what a person does, and resolves when the app has answered (or three seconds are over). */
export async function perform(world: World, act: Act): Promise<ActResult> {
  const person = world.workspace.person(act.as);
  if (!person || person.isBot) return no('There is nobody with that id.');
  if (person.deactivated) return no(`${person.realName}'s account is deactivated.`);
  const result = await performAs(world, person, act);
  world.changes.changed();
  return result;
}

function performAs(world: World, person: Person, act: Act): Promise<ActResult> | ActResult {
  switch (act.verb) {
    case 'command':
      return runCommand(world, person, act);
    case 'shortcut':
      return runShortcut(world, person, act);
    case 'say':
      return say(world, person, act);
    case 'read':
      world.workspace.markRead(person.id, act.channel);
      return { ok: true };
    case 'press':
      return press(world, person, act);
    case 'input':
      return input(world, person, act);
    case 'submit':
      return submit(world, person, act.viewId);
    case 'close':
      return closeView(world, person, act.viewId);
    case 'openHome':
      return openHome(world, person);
    case 'windTo':
      return windTo(world, act.at);
    case 'fault':
      world.faults.add(act.fault);
      return { ok: true };
    case 'clearFaults':
      world.faults.clear();
      return { ok: true };
    default:
      return act satisfies never;
  }
}

async function windTo(world: World, at: number): Promise<ActResult> {
  if (!Number.isFinite(at) || at < world.clock.now()) return no('The clock can only be wound forward.');
  await world.clock.advanceTo(at);
  return { ok: true };
}

function no(error: string): ActResult {
  return { ok: false, error };
}
