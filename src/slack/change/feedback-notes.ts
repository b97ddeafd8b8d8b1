import type { KnownBlock } from '@slack/types';
import type { Finding, Severity } from '../../change/feedback.ts';
import type { Change, EventOf } from '../../change/types.ts';
import { sections } from '../blocks/blocks.ts';
import { inLine, inStead, mention, said, when } from '../blocks/format.ts';
import { showLink } from './show-field.ts';

export const FINDINGS = { defect: 'Defect', audit: 'Audit finding' } as const;
export const SEVERITY: Record<Severity, string> = {
  minor: 'Minor: can wait',
  major: 'Major: people notice it',
  critical: 'Critical: has to be dealt with now',
};
/** More of them are in the full record. */
const SHOWN = 8;

/** What it is called in the history that something was found wrong. */
export function findingWords({ of, severity, words, link, by, for: whom }: EventOf<'FindingLogged'>): string {
  const more = link ? `\n${showLink(link)}` : '';
  return `${mark(of)} ${mention(by)}${inStead(whom)} logged a *${severity}* ${FINDINGS[of].toLowerCase()}:\n${said(words, 1000)}${more}`;
}

/** What was found wrong with a change, the latest last, as far as there is room. */
export function findingLines({ findings }: Pick<Change, 'findings'>): KnownBlock[] {
  const shown = findings.slice(-SHOWN);
  const more = findings.length - shown.length;
  return sections([
    ...(findings.length > 0 ? ['*Found wrong*'] : []),
    ...(more > 0 ? [`${more} earlier ones are in its history.`] : []),
    ...shown.map(findingLine),
  ]);
}

function findingLine({ of, severity, words, link, by, for: whom, at }: Finding): string {
  const more = link ? `, ${showLink(link)}` : '';
  return `${mark(of)} ${FINDINGS[of]} (${severity}), ${mention(by)}${inStead(whom)} ${when(at)}${more}: ${inLine(words, 200)}`;
}

function mark(of: Finding['of']): string {
  return of === 'defect' ? '🐞' : '🧾';
}
