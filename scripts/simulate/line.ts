/** Both ends of what a process and its parent say to each other. */
export interface Line {
  send(message: object): void;
  listen(hear: (message: unknown) => void): void;
}

interface Message {
  /** A question's number, and what is asked. */
  id?: number;
  what?: string;
  value?: unknown;
  /** The number of the question that this answers. */
  re?: number;
  failed?: string;
}

type Answers = Record<string, (value: unknown) => Promise<unknown>>;

/** Questions and answers over a line, in both directions. What is never answered is refused once the line is cut. */
export function answering(line: Line) {
  let last = 0;
  let answers: Answers = {};
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (why: Error) => void }>();
  line.listen((heard) => {
    // Only the two ends of this file write on the line.
    const { id, what, value, re, failed } = heard as Message;
    if (re !== undefined) {
      const question = open.get(re);
      open.delete(re);
      if (failed === undefined) question?.resolve(value);
      else question?.reject(new Error(failed));
    } else if (id !== undefined && what !== undefined) {
      const reply = answers[what] ?? (async () => Promise.reject(new Error(`Nobody answers ${what}.`)));
      reply(value).then(
        (said) => line.send({ re: id, value: said }),
        (error: unknown) =>
          line.send({
            re: id,
            failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
          }),
      );
    }
  });
  return {
    ask: (what: string, value?: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++last;
        open.set(id, { resolve, reject });
        line.send({ id, what, value });
      }),
    answer: (all: Answers) => {
      answers = all;
    },
    /** Whoever was at the other end is gone. */
    cut(): void {
      for (const { reject } of open.values()) reject(new Gone());
      open.clear();
    },
  };
}

export class Gone extends Error {}
