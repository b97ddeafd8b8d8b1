import type { Fault } from './protocol.ts';

export type MethodFault = Extract<Fault, { on: 'method' }>;
type DeliveryFault = Extract<Fault, { on: 'delivery' }>;

/** The ways in which local Slack has been told to misbehave. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** What is active now. */
  active(): Fault[];
  /** The fault that this call of a method meets, counted down. A fault on method `*` meets every method. */
  forMethod(method: string): MethodFault | undefined;
  /** The faults that this delivery meets, at most one of each kind, counted down. */
  forDelivery(): DeliveryFault[];
}

export function createFaults(): Faults {
  let active: Fault[] = [];
  const use = <F extends Fault>(fault: F): F => {
    if (fault.times !== undefined) fault.times -= 1;
    active = active.filter((one) => one.times === undefined || one.times > 0);
    return fault;
  };
  const isMethod = (fault: Fault): fault is MethodFault => fault.on === 'method';
  return {
    add(fault) {
      active.push({ ...fault });
    },
    clear() {
      active = [];
    },
    active: () => active.map((fault) => ({ ...fault })),
    forMethod(method) {
      const met = active.filter(isMethod).find((one) => one.method === method || one.method === '*');
      return met && use(met);
    },
    forDelivery() {
      const met = new Map<string, DeliveryFault>();
      for (const one of active) if (one.on === 'delivery' && !met.has(one.what)) met.set(one.what, one);
      return [...met.values()].map(use);
    },
  };
}
