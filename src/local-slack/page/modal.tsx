import { type FormEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { OpenView } from '../protocol.ts';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceContext, usePage } from './page-context.ts';
import { withEmoji } from './text/emoji.ts';

/** The view on top of the stack. `depth` is how many views are open: beyond the first there is a way back. */
export function Modal({ view, depth }: { view: OpenView; depth: number }) {
  const { act, outbox, notice } = usePage();
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const frame = useModalDialog();
  useFocusOnError(form, view.errors, sending);
  const surface = useMemo(() => ({ place: { kind: 'view' as const, viewId: view.id }, view }), [view]);

  const busy = sending || view.busy;
  // The app may be told of the closing together with what was typed so far.
  const close = () => void outbox.settle(view.id).then(() => act({ verb: 'close', viewId: view.id }));
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
        {(view.trouble || notice) && (
          <p className="trouble" role="alert">
            {view.trouble || notice}
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
  // A layout effect, so that the dialog is closed while it is still there and gives the focus back.
  useLayoutEffect(() => {
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

/** When the answer to a submit is "not yet right", the first wrong field gets the focus. */
function useFocusOnError(
  form: { current: HTMLFormElement | null },
  errors: Record<string, string>,
  sending: boolean,
) {
  const wrong = Object.keys(errors).join(' ');
  const before = useRef({ wrong, sending });
  useEffect(() => {
    // Correcting a field takes its error away; that must not move the focus out of it.
    const isNew = (before.current.sending && !sending) || wrong.length > before.current.wrong.length;
    before.current = { wrong, sending };
    if (!isNew || sending || wrong === '') return;
    form.current
      ?.querySelector<HTMLElement>('.field-wrong input, .field-wrong textarea, .field-wrong select')
      ?.focus();
  }, [wrong, sending, form]);
}
