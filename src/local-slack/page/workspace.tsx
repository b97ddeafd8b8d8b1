import { useEffect, useState } from 'react';
import type { Address, Go } from './address.ts';
import { ChannelView } from './channel-view.tsx';
import { HomeView } from './home-view.tsx';
import { usePage } from './page-context.ts';
import { Sidebar } from './sidebar.tsx';
import { ThreadPane } from './thread-pane.tsx';

interface Props {
  address: Address;
  go: Go;
  receivedAt: number;
  lost: boolean;
}

/** Side bar, the place in the middle, and the thread beside it. */
export function Workspace({ address, go, receivedAt, lost }: Props) {
  const { snapshot } = usePage();
  const [drawer, setDrawer] = useState(false);
  const atHome = address.in === 'home';
  const here = snapshot.conversations.find(({ id }) => id === address.in) ?? snapshot.conversations[0];
  const thread = address.thread;
  useEffect(() => {
    const unread = snapshot.conversations.reduce((sum, one) => sum + one.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ''}${snapshot.me.realName} · Local Slack`;
  }, [snapshot]);

  const open: Go = (to) => {
    setDrawer(false);
    go(to);
  };
  const menu = (
    <button
      type="button"
      className="button button-icon drawer-button"
      aria-label="Conversations and people"
      aria-expanded={drawer}
      onClick={() => setDrawer(!drawer)}
    >
      ☰
    </button>
  );
  return (
    <div className={`workspace${thread && !atHome ? ' with-thread' : ''}${drawer ? ' with-drawer' : ''}`}>
      <Sidebar here={atHome ? 'home' : here?.id} open={open} receivedAt={receivedAt} />
      {drawer && (
        <button type="button" className="veil" aria-label="Close the menu" onClick={() => setDrawer(false)} />
      )}
      <main className="middle">
        {lost && (
          <p className="lost" role="status">
            Local Slack stopped answering. Trying again…
          </p>
        )}
        {atHome ? (
          <HomeView key={snapshot.me.id} menu={menu} />
        ) : here ? (
          <ChannelView
            key={`${snapshot.me.id}/${here.id}`}
            of={here}
            menu={menu}
            onThread={(ts) => go({ in: here.id, thread: ts })}
          />
        ) : (
          <p className="waiting">There are no conversations yet.</p>
        )}
      </main>
      {thread && here && !atHome && (
        <ThreadPane
          key={`${snapshot.me.id}/${thread}`}
          channel={here.id}
          ts={thread}
          onClose={() => go({ thread: undefined })}
        />
      )}
    </div>
  );
}
