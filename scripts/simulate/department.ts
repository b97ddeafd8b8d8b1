import { playAndTell } from './tell.ts';

// A department of the company, as a process of its own; its plan comes from `npm run simulate`.
await playAndTell(JSON.parse(process.argv[2] ?? ''));
