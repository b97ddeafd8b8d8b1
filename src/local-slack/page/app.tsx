import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Deed } from '../protocol.ts';
import { useAddress } from './address.ts';
import { type Client, createClient } from './client.ts';
import { ConfirmDialog, useConfirm } from './confirm.tsx';
import { Modal } from './modal.tsx';
import { Notice } from './notice.tsx';
import { createOutbox } from './outbox.ts';
import { type Page, PageContext } from './page-context.ts';
import { Workspace } from './workspace.tsx';

/** The whole page: connects, and shows what there is to see. */
export function App() {
  const [client] = useState(createClient);
  const [address, go] = useAddress();
  const { snapshot, receivedAt, lost } = useSyncExternalStore(client.subscribe, client.get);

  useEffect(() => () => client.close(), [client]);
  useEffect(() => client.become(address.as), [client, address.as]);
  const me = snapshot?.me.id;
  const isHere = snapshot?.people.some(({ id }) => id === address.as);
  useEffect(() => {
    if (me && !isHere) go({ as: me }, 'replace');
  }, [me, isHere, go]);

  const { page, dialog, dismiss } = usePageValue(client, (to) => go({ in: to, thread: undefined }));
  if (!page) return <p className="waiting">{lost ? 'Local Slack is not answering…' : 'Opening…'}</p>;
  const { notice } = page;
  const top = page.snapshot.modals.at(-1);
  return (
    <PageContext value={page}>
      <Workspace address={address} go={go} receivedAt={receivedAt} lost={lost} />
      {top && <Modal key={`${me}/${top.id}`} view={top} depth={page.snapshot.modals.length} />}
      {dialog}
      {notice && !top && <Notice words={notice} onDismiss={dismiss} />}
    </PageContext>
  );
}

/** Deeds whose refusal is shown where they were done. */
const SHOWN_IN_PLACE = new Set<Deed['verb']>(['command', 'say', 'submit', 'input']);

function usePageValue(client: Client, goTo: (conversation: string) => void) {
  const { snapshot } = useSyncExternalStore(client.subscribe, client.get);
  const [outbox] = useState(createOutbox);
  const [notice, setNotice] = useState<string>();
  const { asking, confirm } = useConfirm();
  const act = useCallback(
    async (deed: Deed) => {
      const result = await client.act(deed);
      if (deed.verb !== 'read')
        setNotice(result.ok || SHOWN_IN_PLACE.has(deed.verb) ? undefined : result.error);
      return result;
    },
    [client],
  );
  const page = useMemo<Page | undefined>(
    () => snapshot && { snapshot, act, outbox, confirm, goTo, notice },
    [snapshot, act, outbox, confirm, goTo, notice],
  );
  return {
    page,
    dismiss: () => setNotice(undefined),
    dialog: asking && <ConfirmDialog of={asking.dialog} onAnswer={asking.answer} />,
  };
}
