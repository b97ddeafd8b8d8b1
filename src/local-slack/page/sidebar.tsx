import type { Conversation } from '../protocol.ts';
import type { Go } from './address.ts';
import { ClockPanel } from './clock-panel.tsx';
import { Misbehave } from './misbehave.tsx';
import { usePage } from './page-context.ts';
import { PersonSwitcher } from './person-switcher.tsx';

interface Props {
  here: string | undefined;
  open: Go;
  receivedAt: number;
}

/** Who you are, where you can go, and the levers of local Slack. */
export function Sidebar({ here, open, receivedAt }: Props) {
  const { snapshot } = usePage();
  const go = (id: string) => open({ in: id, thread: undefined });
  const group = (kind: Conversation['kind']) => snapshot.conversations.filter((one) => one.kind === kind);
  return (
    <aside className="sidebar" aria-label="Side bar">
      <h1>Local Slack</h1>
      <PersonSwitcher onChoose={(id) => open({ as: id, thread: undefined })} />
      <nav aria-label="Conversations">
        <ul>
          <li>
            <button
              type="button"
              className="place"
              aria-current={here === 'home' ? 'page' : undefined}
              onClick={() => go('home')}
            >
              <span className="place-sign" aria-hidden="true">
                ⌂
              </span>
              App Home
            </button>
          </li>
        </ul>
        <Group title="Channels" of={group('channel')} here={here} go={go} />
        <Group title="Direct messages" of={group('dm')} here={here} go={go} />
      </nav>
      <footer>
        <p className={`connection${snapshot.botConnected ? ' connection-up' : ''}`} role="status">
          <span className="dot" aria-hidden="true" />
          {snapshot.botConnected ? 'App connected' : 'Waiting for the app to connect…'}
        </p>
        <div className="levers">
          <ClockPanel receivedAt={receivedAt} />
          <Misbehave />
        </div>
      </footer>
    </aside>
  );
}

interface GroupProps {
  title: string;
  of: Conversation[];
  here: string | undefined;
  go(id: string): void;
}

function Group({ title, of, here, go }: GroupProps) {
  if (of.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {of.map(({ id, kind, name, unread }) => (
          <li key={id}>
            <button
              type="button"
              className={`place${unread ? ' place-unread' : ''}`}
              aria-current={here === id ? 'page' : undefined}
              onClick={() => go(id)}
            >
              <span className="place-sign" aria-hidden="true">
                {kind === 'channel' ? '#' : '@'}
              </span>
              <span className="place-name">{name}</span>
              {unread > 0 && (
                <span className="badge">
                  {unread}
                  <span className="unseen"> unread</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
