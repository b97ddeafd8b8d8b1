/** What people write where they mean "approved". Lower case, without what surrounds it. */
const PHRASES: ReadonlySet<string> = new Set([
  ...['looks good', 'looks good to me', 'look good to me', 'lgtm', 'all good', 'good to go', 'sounds good'],
  ...['approve', 'approved', 'i approve', 'i approve this', 'approving', 'approved by me', 'accepted'],
  ...['ok', 'okay', 'ok for me', 'okay for me', 'ok from me', 'fine by me', 'fine for me', 'fine with me'],
  ...['ship it', 'go ahead', 'yes go ahead', 'please go ahead', 'go for it', 'thumbs up', 'no objections'],
  ...['+1', '👍', '✅', '🚢', '🚀', ':+1:', ':thumbsup:', ':shipit:', ':rocket:'],
  ...[':white_check_mark:', ':heavy_check_mark:'],
]);

/**
 * Whether a message says nothing but that something looks good. The whole message is compared, so that "not
 * approved" or "looks good, but…" never is one.
 */
export function looksGood(text: string): boolean {
  const words = bare(text);
  return text.length <= 80 && (PHRASES.has(words) || PHRASES.has(words.replace(THUMB, '')));
}

/** "LGTM 👍" */
const THUMB = / (?:👍|✅|🚢|🚀|\+1|:(?:\+1|thumbsup|white_check_mark|shipit|rocket):)$/u;

/** Without capitals, punctuation, skin tones and double spaces. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/:skin-tone-\d:|\p{Emoji_Modifier}|\ufe0f/gu, '')
    .replace(/[.,!*_~`"'’]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
