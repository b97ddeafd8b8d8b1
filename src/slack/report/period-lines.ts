import { lasting, type Observation, percent, round } from '../../engine/observations.ts';
import type { Named, Report } from '../../engine/reports.ts';
import { CATEGORIES, type Policy } from '../../policy/schema.ts';
import { titlesOf } from '../../policy/systems.ts';
import { count, escaped, inLine, quote } from '../blocks/format.ts';
import { actionIn } from '../change/evidence.ts';
import { FINDINGS } from '../change/feedback-notes.ts';

// The lines of a report of a week or a month. What people wrote stands on one line and is cut.

export function bullets({ observations }: Report, about: Observation['about']): string[] {
  return observations.filter((each) => each.about === about).map(({ words }) => `• ${escaped(words)}`);
}

export function categoryLines({ categories, metrics: { total } }: Report, policy: Policy): string {
  return CATEGORIES.map((id) => {
    const rate = total > 0 ? ` (${percent({ rate: categories[id] / total })})` : '';
    return `${escaped(policy.categories[id].title)}: ${categories[id]}${rate}`;
  }).join('\n');
}

export function typeLines({ types }: Report): string {
  const lines = types.map(({ name, n, bad }, i) => {
    const failed = bad > 0 ? `, ${bad} failed or rolled back` : '';
    return `${i + 1}. ${quote(name, 80)}: ${count(n, 'change')}${failed}`;
  });
  return lines.length > 0 ? lines.join('\n') : 'None';
}

export function notWell({ number, title, outcome, words }: Named): string {
  return `• ${number} ${quote(title, 80)}: *${outcome}*${words ? `, ${inLine(words, 160)}` : ''}`;
}

export function rejected({ number, title, words }: Named): string {
  return `• ${number} ${quote(title, 80)}: *rejected*${words ? `, ${inLine(words, 160)}` : ''}`;
}

export function missed({ number, title }: Named): string {
  return `• ${number} ${quote(title, 80)}: *not started in its window*`;
}

export function lateLines({ late }: Report): string[] {
  return late.length > 0 ? [`• Late now: ${late.map(({ of, n }) => count(n, of)).join(', ')}.`] : [];
}

export function foundLines({ found }: Report): string[] {
  return found.map(
    ({ number, said }) =>
      `• ${number}: ${FINDINGS[said.of].toLowerCase()} (${said.severity}), ${inLine(said.words, 120)}`,
  );
}

export function systemLines({ systems }: Report, policy: Policy): string[] {
  const titles = titlesOf(policy.systems);
  const worst = systems.filter(({ bad }) => bad > 0).slice(0, 5);
  return worst.map(({ name, n, bad }) => {
    const owner = policy.roles[policy.systems[name]?.owner ?? ''];
    const whose = owner ? ` (${escaped(owner)})` : '';
    return `• ${escaped(titles[name] ?? name)}${whose}: ${bad} of ${n} failed or rolled back`;
  });
}

export function efficiency({ metrics }: Report): string[] {
  const { processing, timeToImplement, duration, withinWindow, effort } = metrics;
  const line = (words: string, mean: number | undefined) =>
    mean === undefined ? [] : [`• ${words} ${lasting(mean)} on average.`];
  return [
    ...line('From filing to decision:', processing.mean),
    ...line('From approval to the end:', timeToImplement.mean),
    ...(duration.rate === undefined
      ? []
      : [
          `• Implementations took ${percent(duration)} of their windows; ${withinWindow.part} of ${withinWindow.of} kept within.`,
        ]),
    ...(effort.rate === undefined ? [] : [`• Work took ${percent(effort)} of what was planned.`]),
  ];
}

export function feedbackLines({ rated, said, metrics: { satisfaction } }: Report): string[] {
  if (satisfaction.mean === undefined) return ['• Nobody has said how content they are.'];
  const stars = rated.map(({ score, n }) => `${score}★ ${n}`).join(' · ');
  return [
    `• ${round(satisfaction.mean)} of 5 from ${count(satisfaction.n, 'person', 'people')}: ${stars}`,
    ...said.map((each) => `• ${each.number}, ${each.said.score} of 5: ${inLine(each.said.words ?? '', 160)}`),
  ];
}

export function actionLines({ actions: { open, overdue, next }, ahead }: Report): string[] {
  // They are as they were when it was asked for, which is not that period where the next one has followed it.
  const now = ahead ? '' : ' now';
  if (open === 0) return [`• No action items are open${now}.`];
  return [
    `• Action items${now}: ${open} open, ${overdue} overdue.`,
    ...next.map((each) => `• ${actionIn(each)}`),
  ];
}
