import type { ImageBlock, ImageElement } from '@slack/types';
import { SafeLink } from '../text/mentions.tsx';
import { Plain } from '../text/text.tsx';

/** An image block: title above, picture below. */
export function ImageFrame({ of }: { of: ImageBlock }) {
  return (
    <figure>
      {of.title && (
        <figcaption>
          <Plain of={of.title} />
        </figcaption>
      )}
      <Picture of={of} className="image" />
    </figure>
  );
}

/** Draws pictures of this machine only; of others it gives a link, so that the page itself fetches nothing abroad. */
export function Picture({ of, className }: { of: ImageBlock | ImageElement; className: string }) {
  const url = addressOf(of);
  if (url && isLocal(url)) return <img className={className} src={url} alt={of.alt_text} />;
  return url ? (
    <SafeLink url={url}>🖼 {of.alt_text}</SafeLink>
  ) : (
    <span className="quiet">🖼 {of.alt_text}</span>
  );
}

function addressOf(of: ImageBlock | ImageElement): string | undefined {
  if ('image_url' in of) return of.image_url;
  // A file is found by its id; the name after it is for people.
  return 'url' in of.slack_file ? of.slack_file.url : `/files/${of.slack_file.id}/picture`;
}

function isLocal(url: string): boolean {
  return url.startsWith('data:image/') || URL.parse(url, location.href)?.origin === location.origin;
}
