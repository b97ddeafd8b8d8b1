import type { TemplateStep } from '../../catalogue/allowed.ts';
import { beforeBoard } from '../../catalogue/offer.ts';
import type { Template } from '../../catalogue/types.ts';
import type { Change } from '../../change/types.ts';
import type { ButtonSpec } from '../blocks/blocks.ts';
import { targetOf } from '../ids.ts';
import { isOffered, shownVersion } from './template-words.ts';

/** Action ids of the catalogue. */
export const CATALOGUE = {
  propose: 'catalogue-propose',
  file: 'catalogue-file',
  details: 'catalogue-details',
  approve: 'catalogue-approve',
  reject: 'catalogue-reject',
  abstain: 'catalogue-abstain',
  withdraw: 'catalogue-withdraw',
  revise: 'catalogue-revise',
  reinstate: 'catalogue-reinstate',
  retire: 'catalogue-retire',
  more: 'catalogue-more',
} as const;

/** What a button on a template carries: its id, and the hash of the version that is before the board, as shown. */
export function templateTarget(template: Template): string {
  return `${template.id}|${beforeBoard(template)?.hash ?? ''}`;
}

/** File…, while something may be filed from it, and Details: for everybody. */
export function readTemplateButtons(template: Template): ButtonSpec[] {
  const spec = specOf(template);
  return [
    ...(isOffered(template) ? [spec('File…', CATALOGUE.file, 'primary')] : []),
    spec('Details', CATALOGUE.details),
  ];
}

/** What this person could do to this template, as buttons. */
export function templateButtons(template: Template, steps: ReadonlySet<TemplateStep>): ButtonSpec[] {
  const spec = specOf(template);
  const { title } = shownVersion(template).content;
  const back = {
    title: 'Take the proposal back?',
    text: 'The board is not asked any more. You can propose another version later.',
    yes: 'Take it back',
  };
  return [
    ...(steps.has('approve') ? [spec('Approve', CATALOGUE.approve, 'primary')] : []),
    ...(steps.has('reject') ? [spec('Reject…', CATALOGUE.reject, 'danger')] : []),
    ...(steps.has('abstain') ? [spec('Abstain…', CATALOGUE.abstain)] : []),
    ...(steps.has('reinstate') ? [spec('Reinstate…', CATALOGUE.reinstate)] : []),
    ...(steps.has('revise') ? [spec('Propose a new version…', CATALOGUE.revise)] : []),
    ...(steps.has('withdraw')
      ? [
          {
            ...spec('Take back', CATALOGUE.withdraw),
            confirm: back,
            spoken: `Take the proposal of ${title} back`,
          },
        ]
      : []),
    ...(steps.has('retire') ? [spec('Retire…', CATALOGUE.retire)] : []),
  ];
}

/** On a change that went well, for who may propose it. */
export function proposeButton(change: Change): ButtonSpec {
  const label = 'Propose for the catalogue…';
  const spoken = `Propose ${change.number} for the catalogue`;
  return { label, action: CATALOGUE.propose, value: targetOf(change), spoken };
}

function specOf(template: Template) {
  const { title } = shownVersion(template).content;
  return (label: string, action: string, style?: ButtonSpec['style']): ButtonSpec => ({
    ...{ label, action, value: templateTarget(template), spoken: `${label} ${title}` },
    ...(style && { style }),
  });
}
