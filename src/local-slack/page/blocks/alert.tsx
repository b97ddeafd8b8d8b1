import type { AlertBlock } from '@slack/types';
import { Text } from '../text/text.tsx';

const WORDS = { default: 'Note', info: 'Note', warning: 'Warning', error: 'Problem', success: 'Done' };
const SIGNS = { default: 'i', info: 'i', warning: '!', error: '!', success: '✓' };

/** An alert; its level is said in words and a sign, never by colour alone. */
export function Alert({ of }: { of: AlertBlock }) {
  const level = of.level ?? 'default';
  return (
    <div className={`alert alert-${level}`} role="note">
      <span className="alert-sign" role="img" aria-label={WORDS[level]}>
        {SIGNS[level]}
      </span>
      <Text of={of.text} />
    </div>
  );
}
