import { useEffect, useId, useState } from 'react';
import { usePage } from './page-context.ts';
import { nextAt, timeOfDay } from './when.ts';

const HOUR = 3_600_000;

/** Local Slack's time, and ways to wind it forward so that reminders, agendas and reports arrive. */
export function ClockPanel({ receivedAt }: { receivedAt: number }) {
  const { snapshot, act } = usePage();
  const { zone } = snapshot.me;
  const now = useRunning(snapshot.now, receivedAt);
  const [winding, setWinding] = useState(false);
  const id = useId();
  const wind = async (at: number) => {
    setWinding(true);
    await act({ verb: 'windTo', at });
    setWinding(false);
  };
  const jumps: [string, number][] = [
    ['+1 hour', now + HOUR],
    ['Next morning (09:00)', nextAt(now, zone, 9)],
    ['+1 day', now + 24 * HOUR],
    ['Next Monday (09:00)', nextAt(now, zone, 9, 1)],
  ];
  return (
    <>
      <button type="button" className="button lever" popoverTarget={id}>
        Clock <time>{`${day(now, zone, { weekday: 'short' })} ${timeOfDay(now, zone)}`}</time>
      </button>
      <section id={id} popover="auto" className="panel" aria-label="Clock">
        <h2>{`${day(now, zone, { dateStyle: 'full' })}, ${timeOfDay(now, zone)}`}</h2>
        <p className="quiet">{zone.replaceAll('_', ' ')} time. Wind it forward and see what the app does.</p>
        <div className="panel-buttons" aria-busy={winding}>
          {jumps.map(([label, at]) => (
            <button
              key={label}
              type="button"
              className="button"
              aria-disabled={winding || undefined}
              onClick={() => winding || void wind(at)}
            >
              {label}
            </button>
          ))}
        </div>
        <p className="quiet" role="status">
          {winding ? 'Winding…' : ''}
        </p>
      </section>
    </>
  );
}

function day(at: number, zone: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...how }).format(at);
}

/** The server's clock, carried on between snapshots. */
function useRunning(at: number, receivedAt: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  return at + Math.max(0, performance.now() - receivedAt);
}
