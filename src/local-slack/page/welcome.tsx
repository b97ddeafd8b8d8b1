import { useState } from 'react';
import { usePage } from './page-context.ts';

const SEEN = 'local-slack-welcome-seen';

/** Three steps for somebody who has never been here, until they put them away. */
export function Welcome() {
  const { snapshot } = usePage();
  const [seen, setSeen] = useState(() => localStorage.getItem(SEEN) === 'yes');
  const first = snapshot.commands[0];
  const app = snapshot.people.find(({ isBot }) => isBot);
  if (seen || !first) return null;
  const dismiss = () => {
    localStorage.setItem(SEEN, 'yes');
    setSeen(true);
  };
  return (
    <aside className="welcome" aria-label="First steps">
      <ol>
        <li>
          Type <code>{first.command} new</code> below and fill in the form.
        </li>
        <li>Press “You are”, at the top of the side bar, and become somebody who is asked.</li>
        <li>Open {app?.realName ?? 'the app'} under “Direct messages”, and approve it there.</li>
      </ol>
      <button type="button" className="button" onClick={dismiss}>
        Got it
      </button>
    </aside>
  );
}
