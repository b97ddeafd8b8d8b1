/** Something that was looked at, and how it is. */
export interface Check {
  what: string;
  ok: boolean;
  /** What the operator does next, where it is not well. */
  next?: string;
}

export const well = (what: string): Check => ({ what, ok: true });
export const ill = (what: string, next: string): Check => ({ what, ok: false, next });

/** A check in one line, or two where there is something to do. */
export const inLines = ({ what, ok, next }: Check): string => (ok ? `✓ ${what}` : `✗ ${what}\n    → ${next}`);
