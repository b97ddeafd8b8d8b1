import type { Person } from '../protocol.ts';

/** Initials on a colour that stays the person's own. */
export function Avatar({ of }: { of: Person | undefined }) {
  const name = of?.realName ?? '?';
  const initials = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2);
  const hue = [...(of?.id ?? name)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return (
    <span
      className={`avatar${of?.isBot ? ' avatar-bot' : ''}`}
      style={{ backgroundColor: `hsl(${hue} 38% 40%)` }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}
