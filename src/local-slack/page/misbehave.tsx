import { useId, useState } from 'react';
import type { Fault } from '../protocol.ts';
import { faultWords } from './fault-words.ts';
import { usePage } from './page-context.ts';

const METHODS = [
  '*',
  'chat.postMessage',
  'chat.update',
  'conversations.open',
  'views.open',
  'views.update',
  'views.publish',
];

/** What can go wrong, in words, and the fault that makes it so. */
function faultsFor(method: string): Record<string, Fault> {
  return {
    'Rate limited (wait 3 s)': { on: 'method', method, answer: 'ratelimited', retryAfterSeconds: 3 },
    'Server error 503': { on: 'method', method, answer: 'status', status: 503 },
    'Done, but the answer is lost': { on: 'method', method, answer: 'lost' },
    'Four seconds late': { on: 'method', method, answer: 'delay', milliseconds: 4000 },
  };
}

const DELIVERIES: Record<string, Fault> = {
  'Everything arrives twice': { on: 'delivery', what: 'duplicate' },
  'Four seconds late': { on: 'delivery', what: 'delay', milliseconds: 4000 },
  'Triggers have expired': { on: 'delivery', what: 'expiredTrigger' },
};

/** Makes local Slack behave as the real one does on a bad day. */
export function Misbehave() {
  const { act, snapshot } = usePage();
  const active = (snapshot.faults ?? []).map(faultWords);
  const [method, setMethod] = useState('chat.postMessage');
  const [times, setTimes] = useState('1');
  const id = useId();
  const cause = (fault: Fault) => {
    void act({ verb: 'fault', fault: times === 'always' ? fault : { ...fault, times: Number(times) } });
  };
  const buttons = (faults: Record<string, Fault>) => (
    <div className="panel-buttons">
      {Object.entries(faults).map(([words, fault]) => (
        <button key={words} type="button" className="button" onClick={() => cause(fault)}>
          {words}
        </button>
      ))}
    </div>
  );
  return (
    <>
      <button type="button" className="button lever" popoverTarget={id}>
        Misbehave
        {active.length > 0 && (
          <span className="badge">
            {active.length}
            <span className="unseen"> set</span>
          </span>
        )}
      </button>
      <section id={id} popover="auto" className="panel" aria-label="Misbehave">
        <h2>Misbehave</h2>
        <p className="quiet">Have a bad day on purpose, and see that nothing is lost or said twice.</p>
        <label className="label" htmlFor={`${id}times`}>
          How often
        </label>
        <select id={`${id}times`} value={times} onChange={(event) => setTimes(event.target.value)}>
          <option value="1">The next time</option>
          <option value="5">The next five times</option>
          <option value="always">Until cleared</option>
        </select>
        <label className="label" htmlFor={`${id}method`}>
          When the app calls
        </label>
        <select id={`${id}method`} value={method} onChange={(event) => setMethod(event.target.value)}>
          {METHODS.map((name) => (
            <option key={name} value={name}>
              {name === '*' ? 'anything' : name}
            </option>
          ))}
        </select>
        {buttons(faultsFor(method))}
        <p className="label">When people press or type</p>
        {buttons(DELIVERIES)}
        {active.length > 0 && (
          <div className="panel-active">
            <ul aria-label="Faults set">
              {active.map((words, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may be set twice
                <li key={index}>{words}</li>
              ))}
            </ul>
            <button
              type="button"
              className="button button-primary"
              onClick={() => void act({ verb: 'clearFaults' })}
            >
              Behave again
            </button>
          </div>
        )}
      </section>
    </>
  );
}
