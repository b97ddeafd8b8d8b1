/** What went wrong with the last thing done, until it is dismissed. */
export function Notice({ words, onDismiss }: { words: string; onDismiss(): void }) {
  return (
    <div className="notice" role="alert">
      <span>{words}</span>
      <button type="button" className="button button-icon" aria-label="Dismiss" onClick={onDismiss}>
        ✕
      </button>
    </div>
  );
}
