import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { SlashCommand } from '../protocol.ts';
import { CommandList, matching } from './command-list.tsx';
import { useDraft } from './draft.ts';
import { usePage } from './page-context.ts';
import { PopMenu } from './pop-menu.tsx';

interface Props {
  channel: string;
  /** Set in a thread, where slash commands cannot be used. */
  threadTs?: string;
  /** "#changes", for the label. */
  name: string;
}

/** Where messages and slash commands are typed. Enter sends, Shift+Enter starts a new line. */
export function Composer({ channel, threadTs, name }: Props) {
  const { snapshot, act } = usePage();
  const bot = snapshot.people.find(({ isBot }) => isBot);
  const shortcuts = (snapshot.shortcuts ?? []).filter(({ kind }) => kind === 'global' && !threadTs);
  const [text, setText] = useDraft(`${snapshot.me.id}/${channel}/${threadTs ?? ''}`);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const { refused, send, clear } = useSending({ channel, threadTs, setText });
  const offered = threadTs ? [] : matching(snapshot.commands, text);
  const hint = threadTs ? undefined : hintFor(snapshot.commands, text);

  useEffect(() => field.current?.focus(), []);
  const change = (next: string) => {
    setText(next);
    setAt(0);
    clear();
  };
  const complete = (command: SlashCommand) => {
    change(`${command.command} `);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = offered[at];
    if (chosen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if (chosen && (event.key === 'Tab' || (event.key === 'Enter' && chosen.command !== text.trim()))) {
      event.preventDefault();
      complete(chosen);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send(text);
    }
  };
  return (
    <div className="composer">
      {offered.length > 0 && <CommandList id={`${id}list`} of={offered} at={at} onChoose={complete} />}
      {refused && (
        <p className="error-text" role="alert">
          {refused}
        </p>
      )}
      <div className="composer-frame">
        <textarea
          ref={field}
          rows={1}
          aria-label={`Message ${name}`}
          aria-describedby={`${id}hint`}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? `${id}list` : undefined}
          aria-activedescendant={offered.length > 0 ? `${id}list-${at}` : undefined}
          placeholder={
            threadTs
              ? `Reply${bot ? `, or say something to @${bot.name}` : '…'}`
              : `Message ${name}, or / for a command`
          }
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {shortcuts.length > 0 && (
          <PopMenu
            name="Shortcuts"
            sign="⚡"
            items={shortcuts.map(({ callbackId, name: words }) => ({
              key: callbackId,
              words,
              onChoose: () => void act({ verb: 'shortcut', callbackId }),
            }))}
          />
        )}
        <button
          type="button"
          className="button button-primary"
          aria-disabled={text.trim() === '' || undefined}
          onClick={() => void send(text)}
        >
          Send
        </button>
      </div>
      <p className="composer-hint quiet" id={`${id}hint`}>
        {hint ?? 'Enter sends · Shift+Enter for a new line'}
      </p>
    </div>
  );
}

/** While a command's words are being typed: what may follow it. */
function hintFor(commands: SlashCommand[], text: string): string | undefined {
  const command = commands.find((one) => text === one.command || text.startsWith(`${one.command} `));
  return command && `${command.command} ${command.usageHint}`;
}

interface SendingProps {
  channel: string;
  threadTs: string | undefined;
  setText(text: string | ((now: string) => string)): void;
}

/** Sends what was typed. Refused words come back into the field, unless something new is there. */
function useSending({ channel, threadTs, setText }: SendingProps) {
  const { act } = usePage();
  const [refused, setRefused] = useState<string>();
  const send = async (text: string) => {
    const line = text.trim();
    if (line === '') return;
    if (threadTs && line.startsWith('/'))
      return setRefused('Slash commands do not work in threads. Use the channel.');
    setText('');
    setRefused(undefined);
    const result = await act(
      line.startsWith('/')
        ? { verb: 'command', channel, text: line }
        : { verb: 'say', channel, text: line, ...(threadTs ? { threadTs } : {}) },
    );
    if (result.ok) return;
    setRefused(result.error);
    setText((now) => now || text);
  };
  return { refused, send, clear: () => setRefused(undefined) };
}
