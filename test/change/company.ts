import { readFileSync } from 'node:fs';
import type { Facts } from '../../src/change/facts.ts';
import type { Holders, Holding } from '../../src/change/holders.ts';
import type { PersonId } from '../../src/change/types.ts';
import { parsePolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/schema.ts';

/** The people of the local Slack's company, so that a test and a screen speak of the same. */
export const DANA = 'U02DANA0001'; // files the changes, holds no role
export const JONAS = 'U02JONAS002'; // peer reviewer
export const PRIYA = 'U02PRIYA003'; // DevOps lead and chair of the board
export const LUCIA = 'U02LUCIA004'; // development lead
export const TOMAS = 'U02TOMAS005'; // product manager
export const AMIRA = 'U02AMIRA006'; // security lead, and security's voice on the board
export const HENRIK = 'U02HENRI007'; // compliance lead
export const WEI = 'U02WEI00008'; // architect, peer reviewer and senior engineer
export const GRACE = 'U02GRACE009'; // business representative
export const KLAUS = 'U02KLAUS010'; // department head
export const MAYA = 'U02MAYA0011'; // on call
export const OLGA = 'U02OLGA0012'; // senior engineer and peer reviewer
export const NADIA = 'U02NADIA013'; // change manager
export const SAM = 'U02SAM00014'; // a stranger to every change

/** Everybody above. */
export const EVERYBODY = [
  ...[DANA, JONAS, PRIYA, LUCIA, TOMAS, AMIRA, HENRIK],
  ...[WEI, GRACE, KLAUS, MAYA, OLGA, NADIA, SAM],
];

const ROLES: Record<string, PersonId[]> = {
  change_manager: [NADIA],
  peer_reviewer: [JONAS, OLGA, WEI],
  development_lead: [LUCIA],
  devops_lead: [PRIYA],
  product_manager: [TOMAS],
  security_lead: [AMIRA],
  compliance_lead: [HENRIK],
  security_representative: [AMIRA],
  infrastructure_architect: [WEI],
  business_representative: [GRACE],
  on_call_engineer: [MAYA],
  senior_engineer: [OLGA, WEI],
  department_head: [KLAUS],
  designated_approver: [NADIA],
  process_improvement: [NADIA],
};

/** Who holds which role, with some of them given to other people, or to nobody. */
export function holders(instead: Record<string, (PersonId | Holding)[]> = {}): Holders {
  const all = Object.entries({ ...ROLES, ...instead });
  return new Map(all.map(([role, people]) => [role, people.map(asHolding)]));
}

function asHolding(holder: PersonId | Holding): Holding {
  return typeof holder === 'string' ? { person: holder } : holder;
}

/** The policy that is shipped, after `alter` has changed its text. */
export function guide(alter: (yaml: string) => string = (yaml) => yaml, examples?: 'with examples'): Policy {
  const file = new URL('../../src/policy/guide.yml', import.meta.url);
  const shipped = readFileSync(file, 'utf8');
  return parsePolicy(alter(shipped), 'guide.yml', examples && shipped);
}

/** No freeze was declared, and nobody else holds a window. */
export const NOTHING_PLANNED = { freezes: [], scheduled: [] };

/** The shipped policy and the company above. */
export function facts(instead: Partial<Facts> = {}): Facts {
  return {
    policy: GUIDE,
    holders: holders(),
    nextNumber: 'CR-2026-001',
    calendar: NOTHING_PLANNED,
    ...instead,
  };
}

export const GUIDE = guide();
