import { featuresOf } from '../../src/slack/app.ts';
import type { Word } from '../../src/slack/feature.ts';
import type { Listen } from '../../src/slack/listen.ts';
import { listenToWords } from '../../src/slack/speak.ts';
import type { Docket } from '../../src/start.ts';

interface Heard {
  words: Word[];
  buttons: string[];
  forms: string[];
  shortcuts: string[];
}

/** All that Docket listens to, as each feature asks for it. */
export function heard({ world }: Docket): Heard {
  const features = featuresOf(world);
  const words = features.flatMap((feature) => feature.words ?? []);
  const [buttons, forms, shortcuts]: [string[], string[], string[]] = [[], [], []];
  const listen: Listen = {
    command: () => {},
    message: () => {},
    button: (action) => void buttons.push(action),
    submit: (callback) => void forms.push(callback),
    shortcut: (callback) => void shortcuts.push(callback),
    home: () => {},
    drained: async () => {},
  };
  for (const feature of features) feature.listen?.(listen);
  listenToWords(world, listen, words);
  return { words, buttons, forms, shortcuts };
}
