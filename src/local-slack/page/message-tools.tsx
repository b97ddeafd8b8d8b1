import type { Message } from '../protocol.ts';
import { usePage } from './page-context.ts';
import { PopMenu } from './pop-menu.tsx';

/** What can be done with a message: reply to it, or run one of the app's shortcuts on it. */
export function MessageTools({
  of,
  onThread,
}: {
  of: Message;
  onThread?: ((ts: string) => void) | undefined;
}) {
  const { snapshot, act } = usePage();
  const shortcuts = (snapshot.shortcuts ?? []).filter(({ kind }) => kind === 'message');
  const message = { channel: of.channel, ts: of.ts };
  return (
    <div className="message-tools">
      {onThread && of.replyCount === 0 && (
        <button type="button" className="button" onClick={() => onThread(of.ts)}>
          Reply in thread
        </button>
      )}
      {shortcuts.length > 0 && (
        <PopMenu
          name="Shortcuts for this message"
          items={shortcuts.map(({ callbackId, name }) => ({
            key: callbackId,
            words: name,
            onChoose: () => void act({ verb: 'shortcut', callbackId, message }),
          }))}
        />
      )}
    </div>
  );
}
