import type { SharedFile } from '../protocol.ts';

/** The files of a message: pictures in place, all else as a row to fetch it by. */
export function SharedFiles({ of }: { of: readonly SharedFile[] }) {
  return of.map((file) =>
    file.picture ? (
      <Preview key={file.id} of={file} alt={file.picture.alt} />
    ) : (
      <Row key={file.id} of={file} />
    ),
  );
}

function Preview({ of: { title, path }, alt }: { of: SharedFile; alt: string }) {
  return (
    <figure className="file-preview">
      <figcaption className="quiet">{title}</figcaption>
      <a href={path} target="_blank" rel="noreferrer" aria-label={`Open ${title}`}>
        <img className="image" src={path} alt={alt} />
      </a>
    </figure>
  );
}

function Row({ of: { name, title, size, path } }: { of: SharedFile }) {
  const kind = name.includes('.') ? name.split('.').at(-1)?.toUpperCase() : 'File';
  return (
    <a className="file-row" href={path} download={name}>
      <span className="file-icon" aria-hidden="true">
        📄
      </span>
      <span className="file-words">
        <strong>{title}</strong>
        <span className="quiet">
          {kind} · {sizeOf(size)} · Download
        </span>
      </span>
    </a>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
