import type { KnownBlock } from '@slack/types';
import { beforeBoard } from '../../catalogue/offer.ts';
import type { Template } from '../../catalogue/types.ts';
import { type ButtonSpec, buttons, section } from '../blocks/blocks.ts';
import { when } from '../blocks/format.ts';
import { readTemplateButtons, templateButtons } from './template-buttons.ts';
import { shownVersion, tallyOf, templateName } from './template-words.ts';

/** A template of the catalogue that waits for somebody's vote, in a list of what they have to decide. */
export function voteRow(template: Template, numbered: (spec: ButtonSpec) => ButtonSpec): KnownBlock[] {
  const version = beforeBoard(template) ?? shownVersion(template);
  const vote = templateButtons(template, new Set(['approve']));
  return [
    section(
      `📗 ${templateName(template, version)}, version ${version.version}, for the catalogue\n🗳️ ${tallyOf(version)}, until ${when(version.deadline)}`,
    ),
    ...buttons([...vote, ...readTemplateButtons(template).slice(-1)].map(numbered)),
  ];
}
