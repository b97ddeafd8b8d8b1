import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { businessFigures, type Figure } from '../engine/exported.ts';
import type { Outcome as Delivered } from '../engine/settle-delivery.ts';
import type { World } from '../engine/world.ts';
import { keysOf } from '../entries.ts';
import type { Route } from './route.ts';

/** What prom-client measures of the process under names that break Prometheus's own rules: gauges called totals. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Each is there from the beginning: to Prometheus what is not there yet is no zero. */
const ENDS: Record<Delivered['end'], true> = {
  done: true,
  later: true,
  unknown: true,
  held: true,
  never: true,
};

interface Exporter {
  route: Route;
  /** Counts a delivery as it ends. */
  delivered(end: Delivered['end']): void;
}

/**
 * `/metrics` for Prometheus: the process's own figures, and where this replica holds the lease those of all changes,
 * counted in the database, so that neither a restart nor a second replica alters them.
 */
export function makeExporter(world: World): Exporter {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const deliveries = new Counter({
    ...{ name: 'docket_deliveries_total', help: 'Deliveries of this process, by how they ended.' },
    ...{ labelNames: ['end'] as const, registers: [registry] },
  });
  for (const end of keysOf(ENDS)) deliveries.inc({ end }, 0);
  const figures = businessFigures(world);
  return {
    delivered: (end) => deliveries.inc({ end }),
    route: {
      ...{ path: '/metrics', method: 'GET' },
      async handler(_, response) {
        try {
          const text = `${await registry.metrics()}${(await figures()).map(exposed).join('')}`;
          response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
          response.end(text);
        } catch (error) {
          world.log.warn({ err: error }, 'the metrics could not be counted');
          response.writeHead(503).end();
        }
      },
    },
  };
}

/** A figure in Prometheus's text format. Labels are ids of the policy and of the rules, which hold no quotes. */
function exposed({ name, help, type, samples }: Figure): string {
  const lines = samples.map(({ suffix = '', labels, value }) => {
    const list = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${name}${suffix}${list.length > 0 ? `{${list.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}\n`;
}
