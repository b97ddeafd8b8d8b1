import type { Fault } from '../protocol.ts';

/** A fault that is set, as a sentence part: what, where, and how often it is still to come. */
export function faultWords(fault: Fault): string {
  const left =
    fault.times === undefined ? 'until cleared' : fault.times === 1 ? 'once' : `${fault.times} times`;
  return `${what(fault)}, ${left}`;
}

function what(fault: Fault): string {
  if (fault.on === 'delivery') {
    switch (fault.what) {
      case 'duplicate':
        return 'What people do arrives twice';
      case 'delay':
        return `What people do arrives ${fault.milliseconds / 1000} s late`;
      case 'expiredTrigger':
        return 'What people do arrives with an expired trigger';
      default:
        return fault satisfies never;
    }
  }
  const method = fault.method === '*' ? 'Every call' : fault.method;
  switch (fault.answer) {
    case 'ratelimited':
      return `${method}: rate limited for ${fault.retryAfterSeconds} s`;
    case 'status':
      return `${method}: HTTP ${fault.status}`;
    case 'error':
      return `${method}: ${fault.code}`;
    case 'lost':
      return `${method}: done, but the answer is lost`;
    case 'delay':
      return `${method}: ${fault.milliseconds / 1000} s late`;
    default:
      return fault satisfies never;
  }
}
