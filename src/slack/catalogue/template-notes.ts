import type { Template, TemplateEvent } from '../../catalogue/types.ts';
import type { PersonId } from '../../change/types.ts';
import { inStead, mention, mentions, said, when } from '../blocks/format.ts';
import { tallyOf, templateName } from './template-words.ts';

/** What an event is called in the thread under a template's headline; nothing if it is no news there. */
export function templateHistory(event: TemplateEvent, template: Template): string | undefined {
  switch (event.type) {
    case 'TemplateApproved': {
      const version = versionOf(template, event.version);
      return `✅ The board approved version ${event.version}${version ? `: ${tallyOf(version)}` : ''}.`;
    }
    case 'TemplateSuspended':
      return `⏸️ *Suspended*: ${failure(event)}${UNTIL}`;
    case 'TemplateReinstated':
      return `▶️ ${mention(event.by)}${inStead(event.for)} reinstated it:\n${said(event.words, 1000)}`;
    case 'TemplateRetired':
      return `🗄️ ${mention(event.by)}${inStead(event.for)} retired it:\n${said(event.words, 1000)}`;
    case 'TemplateProposed':
    case 'TemplateVoted':
    case 'TemplateRefused':
    case 'TemplateNotified':
    case 'TemplateReminded':
    case 'TemplateAskedAnew':
    case 'TemplateRejected':
    case 'TemplateWithdrawn':
      return undefined;
    default:
      return event satisfies never;
  }
}

const UNTIL = 'Nothing can be filed from it until it is reinstated, or the board has approved a new version.';

/** What one person is told of an event; nothing if it is no news to them. */
export function templateNote(event: TemplateEvent, template: Template, to: PersonId): string | undefined {
  const version = 'version' in event ? versionOf(template, event.version) : undefined;
  const name = templateName(template, version);
  switch (event.type) {
    case 'TemplateApproved':
      return `✅ The board approved ${name}, version ${event.version}. Anybody can file from it now: \`/change catalogue\`.`;
    case 'TemplateRejected': {
      const why = (version?.votes ?? []).flatMap(({ verdict, words, by }) =>
        verdict === 'reject' && words ? [`${mention(by)}:\n${said(words, 500)}`] : [],
      );
      return [`⛔ The board rejected ${name}, version ${event.version}.`, ...why].join('\n');
    }
    case 'TemplateReminded': {
      const until = version ? when(version.deadline) : '';
      if (event.people.includes(to))
        return event.percent >= 100
          ? `⏰ The vote on ${name} for the catalogue was due ${until} and still waits for you. It is in the message above.`
          : `⏰ ${name} for the catalogue still waits for your vote, until ${until}. It is in the message above.`;
      return `⏰ The time for the vote on ${name} for the catalogue is up. Still to vote: ${mentions(event.people)}. Please see that they do.`;
    }
    case 'TemplateSuspended':
      return `⏸️ ${name} is suspended: ${failure(event)}${UNTIL}`;
    case 'TemplateReinstated':
      return `▶️ ${mention(event.by)}${inStead(event.for)} reinstated ${name}: it may be filed from again.\n${said(event.words, 1000)}`;
    case 'TemplateRetired':
      return `🗄️ ${mention(event.by)}${inStead(event.for)} retired ${name}.\n${said(event.words, 1000)}`;
    case 'TemplateProposed':
    case 'TemplateVoted':
    case 'TemplateRefused':
    case 'TemplateNotified':
    case 'TemplateAskedAnew':
    case 'TemplateWithdrawn':
      return undefined;
    default:
      return event satisfies never;
  }
}

function failure({ number, why }: TemplateEvent & { type: 'TemplateSuspended' }): string {
  return `${number}, which was filed from it, did not go well:\n${said(why, 500)}\n`;
}

function versionOf({ versions }: Template, n: number) {
  return versions.find(({ version }) => version === n);
}
