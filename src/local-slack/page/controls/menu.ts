import type { MultiSelect, Option, Select } from '@slack/types';
import type { Snapshot } from '../../protocol.ts';
import { words } from '../text/text.tsx';

/** What a select offers: its own options, or the people or conversations of the workspace. */
export interface Offer {
  value: string;
  label: string;
  /** A second line, where there is room for one. */
  more?: string;
  group?: string;
}

/** Everything the element lets the viewer choose from, in order. */
export function offers(of: Select | MultiSelect, snapshot: Snapshot): Offer[] {
  switch (of.type) {
    case 'static_select':
    case 'multi_static_select':
      return [
        ...(of.options ?? []).map((option) => offer(option)),
        ...(of.option_groups ?? []).flatMap(({ label, options }) =>
          options.map((option) => offer(option, words(label))),
        ),
      ];
    case 'users_select':
    case 'multi_users_select':
      return people(snapshot);
    case 'conversations_select':
    case 'multi_conversations_select':
      return conversations(snapshot, of.filter?.include?.includes('im') ?? true);
    case 'channels_select':
    case 'multi_channels_select':
      return conversations(snapshot, false);
    case 'external_select':
    case 'multi_external_select':
      return [];
    default:
      return of satisfies never;
  }
}

/** The element's own options, flat; none where people or conversations are offered. */
export function ownOptions(of: Select | MultiSelect): Option[] {
  if (!('options' in of) && !('option_groups' in of)) return [];
  return [...(of.options ?? []), ...(of.option_groups ?? []).flatMap(({ options }) => options)];
}

function offer(of: Option, group?: string): Offer {
  return {
    value: of.value ?? '',
    label: words(of.text),
    ...(of.description ? { more: words(of.description) } : {}),
    ...(group ? { group } : {}),
  };
}

function people(snapshot: Snapshot): Offer[] {
  return snapshot.people
    .filter((person) => !person.isBot && !person.deactivated)
    .map((person) => ({ value: person.id, label: person.realName, more: person.title }));
}

function conversations(snapshot: Snapshot, withDms: boolean): Offer[] {
  return snapshot.conversations
    .filter(({ kind }) => withDms || kind === 'channel')
    .map(({ id, kind, name }) => ({ value: id, label: kind === 'channel' ? `#${name}` : name }));
}
