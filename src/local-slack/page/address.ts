import { useCallback, useSyncExternalStore } from 'react';

/** Where the viewer is: kept in the URL, so that a reload or a shared link finds the same place. */
export interface Address {
  /** The person acted as. */
  as?: string;
  /** A conversation id, or "home". */
  in?: string;
  /** The thread open beside it. */
  thread?: string;
}

/** Fields not given stay; undefined ones go. `how: 'replace'` leaves no step for the browser's Back. */
export type Go = (to: { [K in keyof Address]: Address[K] | undefined }, how?: 'replace') => void;

const MOVED = 'docket:moved';

/** The address in the URL, and a way to go elsewhere. */
export function useAddress(): [Address, Go] {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const go = useCallback<Go>((to, how) => {
    const params = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(to)) {
      if (value === undefined) params.delete(key);
      else params.set(key, value);
    }
    if (`?${params}` === location.search) return;
    if (how === 'replace') history.replaceState(null, '', `?${params}`);
    else history.pushState(null, '', `?${params}`);
    window.dispatchEvent(new Event(MOVED));
  }, []);
  return [Object.fromEntries(new URLSearchParams(search)), go];
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}
