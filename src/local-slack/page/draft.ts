import { useState } from 'react';

/** What was typed and not sent, by place, for as long as the tab lives. A reload keeps it too. */
export function useDraft(place: string): [string, (text: string | ((now: string) => string)) => void] {
  const key = `draft/${place}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const set = (next: string | ((now: string) => string)) => {
    setText((now) => {
      const words = typeof next === 'string' ? next : next(now);
      if (words) sessionStorage.setItem(key, words);
      else sessionStorage.removeItem(key);
      return words;
    });
  };
  return [text, set];
}
