import type { SlashCommand } from '../protocol.ts';

/** The commands that what has been typed may become. */
export function matching(commands: SlashCommand[], text: string): SlashCommand[] {
  if (!text.startsWith('/') || /\s/.test(text)) return [];
  return commands.filter(({ command }) => command.startsWith(text.toLowerCase()));
}

interface Props {
  id: string;
  of: SlashCommand[];
  /** The one that Enter or Tab would take. */
  at: number;
  onChoose(command: SlashCommand): void;
}

/** Completion above the composer; the focus stays in the text. */
export function CommandList({ id, of, at, onChoose }: Props) {
  return (
    <div className="commands" id={id} role="listbox" aria-label="Commands">
      {of.map((one, index) => (
        <button
          key={one.command}
          type="button"
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onClick={() => onChoose(one)}
        >
          <strong>{one.command}</strong> <span className="quiet">{one.usageHint}</span>
          <span className="commands-more">{one.description}</span>
        </button>
      ))}
    </div>
  );
}
