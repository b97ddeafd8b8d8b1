import * as z from 'zod';
import { id, option } from './words.ts';

const dashboard = z.strictObject({
  title: option,
  url: z
    .url({ protocol: /^https?$/, error: 'write a web address, for example https://grafana.example.com/d/1' })
    .max(500),
  /** For changes of any of these systems; of every system if none is named. */
  systems: z.array(id).default([]),
  /** For changes of these categories; of every category if none is named. */
  categories: z.array(z.enum(['standard', 'normal', 'emergency'])).default([]),
});

/** Where to look while a change is carried out. */
export const dashboards = z.record(id, dashboard).default({});
