import type { Changes } from './changes.ts';
import { withIds } from './elements.ts';
import { newId, newSecret } from './ids.ts';
import { type Obj, objs, str } from './json.ts';
import { carriedValues, type Values } from './values.ts';

/** How many modals Slack stacks on one another. */
const STACK_LIMIT = 3;

export interface StoredView {
  id: string;
  kind: 'modal' | 'home';
  /** The person who sees it. */
  owner: string;
  /** The view as the bot sent it, without its blocks. */
  source: Obj;
  /** Its blocks, each with ids. */
  blocks: Obj[];
  values: Values;
  hash: string;
  previousId?: string;
  rootId: string;
  errors: Record<string, string>;
  busy: boolean;
  trouble?: string;
}

/** The modals and homes that are open, by person. */
export class Views {
  readonly #changes: Changes;
  readonly #stacks = new Map<string, StoredView[]>();
  /** By person. */
  readonly homes: Map<string, StoredView>;

  constructor(changes: Changes, homes: readonly StoredView[] = []) {
    this.#changes = changes;
    // A home that was written down while it waited for an answer waits no longer.
    this.homes = new Map(homes.map((home) => [home.owner, { ...home, busy: false }]));
  }

  /** A person's modals, bottom to top. */
  stack(owner: string): StoredView[] {
    return this.#stacks.get(owner) ?? [];
  }

  find(id: string): StoredView | undefined {
    return this.#all().find((view) => view.id === id);
  }

  byExternalId(externalId: string): StoredView | undefined {
    return this.#all().find((view) => str(view.source.external_id) === externalId);
  }

  #all(): StoredView[] {
    return [...[...this.#stacks.values()].flat(), ...this.homes.values()];
  }

  /** Shows a modal alone; what was open is gone. */
  open(owner: string, view: Obj): StoredView {
    return this.#show([], owner, view);
  }

  /** Puts a modal on top. `undefined` when three are open already. */
  push(owner: string, view: Obj): StoredView | undefined {
    const stack = this.stack(owner);
    return stack.length >= STACK_LIMIT ? undefined : this.#show(stack, owner, view);
  }

  #show(under: StoredView[], owner: string, view: Obj): StoredView {
    const shown = newView('modal', owner, view);
    const below = under.at(-1);
    if (below) Object.assign(shown, { previousId: below.id, rootId: below.rootId });
    this.#stacks.set(owner, [...under, shown]);
    this.#changes.changed();
    return shown;
  }

  /** Draws a view anew; what was typed stays where the fields are the same. */
  update(view: StoredView, source: Obj): void {
    const { blocks, ...rest } = source;
    view.blocks = withIds(objs(blocks));
    view.source = rest;
    view.values = carriedValues(view.values, view.blocks);
    view.hash = newHash();
    view.errors = {};
    delete view.trouble;
    this.#changes.changed();
  }

  /** Sets the home that one person sees. */
  publish(owner: string, source: Obj): StoredView {
    const home = this.homes.get(owner) ?? newView('home', owner, source);
    this.homes.set(owner, home);
    this.update(home, source);
    return home;
  }

  /** Closes a modal and those above it. */
  close(view: StoredView): void {
    const stack = this.stack(view.owner);
    if (stack.includes(view)) this.#stacks.set(view.owner, stack.slice(0, stack.indexOf(view)));
    this.#changes.changed();
  }

  closeAll(owner: string): void {
    this.#stacks.delete(owner);
    this.#changes.changed();
  }

  /** Alters what only the screen shows: values, errors, busy, trouble. `trouble: ''` takes it away. */
  touch(view: StoredView, change: Partial<Pick<StoredView, 'values' | 'errors' | 'busy' | 'trouble'>>): void {
    Object.assign(view, change);
    if (view.trouble === '') delete view.trouble;
    this.#changes.changed();
  }
}

function newView(kind: StoredView['kind'], owner: string, sent: Obj): StoredView {
  const { blocks: sentBlocks, ...source } = sent;
  const id = newId('V');
  const blocks = withIds(objs(sentBlocks));
  const values = carriedValues({}, blocks);
  return { id, kind, owner, source, blocks, values, hash: newHash(), rootId: id, errors: {}, busy: false };
}

function newHash(): string {
  return newSecret().slice(0, 16);
}
