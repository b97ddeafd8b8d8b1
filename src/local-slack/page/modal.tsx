import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { OpenView } from '../protocol.ts';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceContext, usePage } from './page-context.ts';
import { withEmoji } from './text/emoji.ts';

/** The view on top of the stack. `depth` is how many views are open: beyond the first there is a way back. */
export function Modal({ view, depth }: { view: OpenView; depth: number }) {
  const { act, outbox } = usePage();
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const frame = useModalDialog();
  useFocusOnError(form, view.errors);
  const surface = useMemo(() => ({ place: { kind: 'view' as const, viewId: view.id }, view }), [view]);

  const busy = sending || view.busy;
  const close = () => void act({ verb: 'close', viewId: view.id });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setSending(true);
    await outbox.settle(view.id);
    await act({ verb: 'submit', viewId: view.id });
    setSending(false);
  };
  return (
    <dialog
      ref={frame}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // Esc: the server closes it, and tells the bot if it asked to be told.
        event.preventDefault();
        close();
      }}
    >
      <form ref={form} noValidate onSubmit={(event) => void submit(event)} aria-busy={busy || undefined}>
        <header className="dialog-head">
          {depth > 1 && (
            <button type="button" className="button button-icon" aria-label="Back" onClick={close}>
              ←
            </button>
          )}
          <h2 id={id} tabIndex={-1}>
            {withEmoji(view.title)}
          </h2>
          {depth === 1 && (
            <button type="button" className="button button-icon" aria-label="Close this form" onClick={close}>
              ✕
            </button>
          )}
        </header>
        {view.trouble && (
          <p className="trouble" role="alert">
            {view.trouble}
          </p>
        )}
        <div className="dialog-body">
          <SurfaceContext value={surface}>
            <Blocks of={view.blocks} />
          </SurfaceContext>
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            {view.close ? withEmoji(view.close) : depth > 1 ? 'Back' : 'Cancel'}
          </button>
          {view.submit && (
            <button type="submit" className="button button-primary" aria-disabled={busy || undefined}>
              {busy && <span className="spinner" />}
              {withEmoji(view.submit)}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** Opens the dialog over the page and puts the focus where the bot wants it, or into the first field. */
function useModalDialog() {
  const frame = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = frame.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    const first =
      dialog.querySelector<HTMLElement>('[data-autofocus]') ??
      dialog.querySelector<HTMLElement>('.field input, .field textarea, .field select') ??
      dialog.querySelector<HTMLElement>('h2');
    first?.focus();
    return () => dialog.close();
  }, []);
  return frame;
}

/** When the answer is "that is not right yet", the first wrong field gets the focus. */
function useFocusOnError(form: { current: HTMLFormElement | null }, errors: Record<string, string>) {
  const wrong = JSON.stringify(errors);
  useEffect(() => {
    if (wrong === '{}') return;
    const field = form.current?.querySelector<HTMLElement>(
      '.field-wrong input, .field-wrong textarea, .field-wrong select',
    );
    field?.focus();
  }, [wrong, form]);
}
