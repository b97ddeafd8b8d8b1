import type { ConfirmationDialog } from '@slack/types';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { plain, Text } from './text/text.tsx';

interface Asking {
  dialog: ConfirmationDialog;
  answer(sure: boolean): void;
}

/** One question at a time; `confirm` resolves with what the person chose. */
export function useConfirm() {
  const [asking, setAsking] = useState<Asking>();
  const confirm = useCallback(
    (dialog: ConfirmationDialog) =>
      new Promise<boolean>((resolve) => {
        const answer = (sure: boolean) => {
          setAsking(undefined);
          resolve(sure);
        };
        setAsking({ dialog, answer });
      }),
    [],
  );
  return { asking, confirm };
}

/** Slack's confirmation dialog object, as a dialog above everything else. */
export function ConfirmDialog({ of, onAnswer }: { of: ConfirmationDialog; onAnswer(sure: boolean): void }) {
  const frame = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Every answer closes the dialog itself, which gives the focus back to what was pressed.
  useEffect(() => frame.current?.showModal(), []);
  return (
    <dialog
      ref={frame}
      className="dialog dialog-small"
      aria-labelledby={id}
      onClose={() => onAnswer(frame.current?.returnValue === 'yes')}
    >
      <header className="dialog-head">
        <h2 id={id}>{of.title ? plain(of.title) : 'Are you sure?'}</h2>
      </header>
      <div className="dialog-body">
        <Text of={of.text} />
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={() => frame.current?.close()}>
          {of.deny ? plain(of.deny) : 'Cancel'}
        </button>
        <button
          type="button"
          className={`button button-${of.style ?? 'primary'}`}
          onClick={() => frame.current?.close('yes')}
        >
          {of.confirm ? plain(of.confirm) : 'Yes'}
        </button>
      </footer>
    </dialog>
  );
}
