import type { Person } from './protocol.ts';

/** Who and what there is in a workspace before the first message. */
export interface Company {
  team: { id: string; name: string; domain: string };
  people: Person[];
  channels: CompanyChannel[];
  userGroups: UserGroup[];
}

interface CompanyChannel {
  id: string;
  /** Without #. */
  name: string;
  topic: string;
  /** Ids of people. */
  members: string[];
  botIsMember: boolean;
  isArchived?: boolean;
}

export interface UserGroup {
  id: string;
  /** Without @. */
  handle: string;
  name: string;
  members: string[];
}

const BERLIN = 'Europe/Berlin';

function person(id: string, realName: string, title: string, more: Partial<Person> = {}): Person {
  const name = realName.split(' ')[0]?.toLowerCase() ?? id;
  return { id, name, realName, title, zone: BERLIN, isAdmin: false, isBot: false, ...more };
}

const people: Person[] = [
  person('U02DANA0001', 'Dana Okafor', 'Software engineer'),
  person('U02JONAS002', 'Jonas Weber', 'Software engineer'),
  person('U02PRIYA003', 'Priya Raman', 'DevOps lead', { zone: 'Asia/Kolkata' }),
  person('U02LUCIA004', 'Lucía Moreno', 'Development lead', { name: 'lucia' }),
  person('U02TOMAS005', 'Tomáš Novák', 'Product manager', { name: 'tomas' }),
  person('U02AMIRA006', 'Amira Haddad', 'Security lead'),
  person('U02HENRI007', 'Henrik Larsen', 'Compliance lead'),
  person('U02WEI00008', 'Wei Zhang', 'Infrastructure architect'),
  person('U02GRACE009', 'Grace Mbeki', 'Head of customer service'),
  person('U02KLAUS010', 'Klaus Richter', 'Head of engineering'),
  person('U02MAYA0011', 'Maya Cohen', 'Site reliability engineer, on call', { zone: 'America/New_York' }),
  person('U02OLGA0012', 'Olga Petrenko', 'Senior engineer'),
  person('U02NADIA013', 'Nadia Rossi', 'Change manager'),
  person('U02SAM00014', 'Sam Tanaka', 'IT administrator', { isAdmin: true }),
  person('U02LEO00015', 'Leo Silva', 'Contractor', { isGuest: true }),
  person('U02EVA00016', 'Eva Lindqvist', 'Engineer (left in spring)', { deactivated: true }),
];

const everyone = people.filter((one) => !one.deactivated && !one.isGuest).map((one) => one.id);

function ids(...names: string[]): string[] {
  return people.filter((one) => names.includes(one.name)).map((one) => one.id);
}

/** A small travel company, so that a newcomer has somebody to be and somebody to ask. */
export const TRIXTECH: Company = {
  team: { id: 'T02TRIXTECH', name: 'Trixtech', domain: 'trixtech' },
  people,
  channels: [
    {
      id: 'C02CHANGES2',
      name: 'changes',
      topic: 'Every change to production, from request to report',
      members: [...everyone, ...ids('leo')],
      botIsMember: true,
    },
    {
      id: 'C02CABBOARD',
      name: 'cab',
      topic: 'Change advisory board',
      members: ids('nadia', 'priya', 'lucia', 'tomas', 'amira', 'henrik', 'wei', 'grace', 'klaus'),
      botIsMember: true,
    },
    {
      id: 'C02GENERAL1',
      name: 'general',
      topic: 'Company-wide news',
      members: everyone,
      botIsMember: false,
    },
    {
      id: 'C02INCIDENT',
      name: 'incidents',
      topic: 'What is broken right now',
      members: everyone,
      botIsMember: false,
    },
    {
      id: 'C02OLDPROJ5',
      name: 'old-booking-engine',
      topic: 'Finished in 2024',
      members: everyone,
      botIsMember: true,
      isArchived: true,
    },
  ],
  userGroups: [
    {
      id: 'S02PEERREV1',
      handle: 'peer-reviewers',
      name: 'Peer reviewers',
      members: ids('jonas', 'olga', 'wei'),
    },
    { id: 'S02ONCALL02', handle: 'on-call', name: 'On call', members: ids('maya') },
    { id: 'S02SENIORS3', handle: 'senior-engineers', name: 'Senior engineers', members: ids('olga', 'wei') },
  ],
};
