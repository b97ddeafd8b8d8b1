import type { ConfirmationDialog } from '@slack/types';
import { createContext, useContext } from 'react';
import type { ActResult, Deed, OpenView, Place, Snapshot } from '../protocol.ts';
import type { Outbox } from './outbox.ts';

/** What every part of the page may need: what is to be seen, and the ways to do something. */
export interface Page {
  snapshot: Snapshot;
  /** Carries out a deed; a refusal is shown as a notice and handed back. */
  act(deed: Deed): Promise<ActResult>;
  outbox: Outbox;
  /** Asks "are you sure?" the way the bot worded it. */
  confirm(dialog: ConfirmationDialog): Promise<boolean>;
  goTo(conversation: string): void;
  /** What went wrong with the last deed; shown in the modal when there is one, else over the page. */
  notice?: string | undefined;
}

/** Where the blocks being drawn stand: in a message, a modal or a Home. */
export interface Surface {
  place: Place;
  /** The open view, when the surface is one. */
  view?: OpenView;
}

export const PageContext = createContext<Page | undefined>(undefined);
export const SurfaceContext = createContext<Surface | undefined>(undefined);

/** The page around this component. Throws outside of `PageContext`. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage is for components inside PageContext');
  return page;
}

/** The surface around this component. Throws outside of `SurfaceContext`. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('useSurface is for components inside SurfaceContext');
  return surface;
}

/** One string per place, for keys. */
export function placeKey(place: Place): string {
  return place.kind === 'view' ? place.viewId : `${place.channel}/${place.ts}`;
}
