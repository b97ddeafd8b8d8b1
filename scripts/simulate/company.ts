import { slotOf } from './slot-clock.ts';

/** Somebody of the simulated company. */
export interface Person {
  id: string;
  zone: string;
  /** When they are away; `standIn`: who decides for them, where they have said so. Else they simply do not answer. */
  away: { from: number; to: number; standIn?: string }[];
  /** When they leave the workspace for good. */
  leavesAt?: number;
}

export interface Company {
  people: Person[];
  groups: { id: string; handle: string; users: string[] }[];
  /** Role to people and groups, as the set-up takes them. */
  roles: Record<string, string[]>;
  deputies: Record<string, string[]>;
  /** Who takes a role over from whom has left. */
  successors: Record<string, string>;
}

type Random = () => number;

const DAY = 24 * 3_600_000;
/** Three offices, and people at home elsewhere. */
const OFFICES = { berlin: 'Europe/Berlin', oakland: 'America/Los_Angeles', pune: 'Asia/Kolkata' };
const HOMES = ['Pacific/Auckland', 'America/Sao_Paulo', 'Europe/London', 'Australia/Lord_Howe'];
const ENGINEERS = 24;
/** Of all people so many are away at times, half of them without a word. */
const AWAY = 1 / 3;

const LEADERS: Record<string, (keyof typeof OFFICES)[]> = {
  change_manager: ['berlin', 'oakland', 'pune'],
  development_lead: ['berlin', 'pune'],
  devops_lead: ['berlin', 'oakland'],
  product_manager: ['berlin', 'oakland'],
  security_lead: ['berlin', 'pune'],
  compliance_lead: ['berlin', 'oakland'],
  security_representative: ['berlin', 'oakland'],
  infrastructure_architect: ['berlin', 'pune'],
  business_representative: ['berlin', 'oakland'],
  department_head: ['berlin'],
  designated_approver: ['oakland', 'pune'],
  process_improvement: ['oakland'],
  auditor: ['berlin'],
};

/** A company drawn by a seed: people in several zones and offices, some of whom go away or leave. */
export function drawCompany(random: Random, from: number, to: number): Company {
  const person = (id: string, zone: string): Person => ({ id, zone, away: [] });
  const leaders = Object.entries(LEADERS).flatMap(([role, offices]) =>
    offices.map((office) => person(idOf(role, office), OFFICES[office])),
  );
  const zones = [...Object.values(OFFICES), ...Object.values(OFFICES), ...Object.values(OFFICES), ...HOMES];
  const engineers = Array.from({ length: ENGINEERS }, (_, n) =>
    person(idOf('engineer', String(n)), zones[n % zones.length] ?? OFFICES.berlin),
  );
  const people = [...leaders, ...engineers];
  const ids = engineers.map(({ id }) => id);
  const group = (id: string, handle: string, users: string[]) => ({ id, handle, users });
  sendAway(random, people, from, to);
  return {
    people,
    groups: [
      group('S0REVIEWERS', 'reviewers', ids.slice(0, 3)),
      group('S0REVIEWERS2', 'reviewers-afar', ids.slice(3, 6)),
      group('S0ONCALL', 'on-call', ids.slice(6, 9)),
      group('S0SENIORS', 'senior-engineers', ids.slice(9, 12)),
    ],
    roles: {
      ...Object.fromEntries(
        Object.entries(LEADERS).map(([role, offices]) => [role, offices.map((office) => idOf(role, office))]),
      ),
      peer_reviewer: ['S0REVIEWERS', 'S0REVIEWERS2'],
      on_call_engineer: ['S0ONCALL'],
      senior_engineer: ['S0SENIORS'],
    },
    deputies: {
      change_manager: [ids[13] ?? ''],
      product_manager: [ids[14] ?? ''],
      security_lead: [ids[15] ?? ''],
    },
    successors: {
      [idOf('product_manager', 'oakland')]: ids[16] ?? '',
      [idOf('business_representative', 'oakland')]: ids[17] ?? '',
    },
  };
}

export const idOf = (role: string, where: string): string =>
  `U${role.replaceAll('_', '').toUpperCase()}${where.toUpperCase()}`;

/** Everybody has days off; a third take them in August or over the new year, as others do. */
function sendAway(random: Random, people: Person[], from: number, to: number): void {
  const days = (to - from) / DAY;
  const together = [Date.UTC(2026, 7, 3), Date.UTC(2026, 11, 21)];
  for (const one of people) {
    for (let n = 0; n < Math.ceil(days / 70); n++) {
      if (random() > 3 * AWAY * 0.75) continue;
      const common = together[Math.floor(random() * 4)];
      const start = (common ?? from + random() * (days - 20) * DAY) + random() * 5 * DAY;
      const others = people.filter(({ id, zone }) => id !== one.id && zone === one.zone);
      const standIn = random() < 0.5 ? others[Math.floor(random() * others.length)]?.id : undefined;
      const long = (3 + random() * 15) * DAY;
      one.away.push({ from: slotOf(start), to: slotOf(start + long), ...(standIn && { standIn }) });
    }
  }
  const leaving = [
    'product_manager:oakland',
    'business_representative:oakland',
    'engineer:4',
    'engineer:20',
    'engineer:21',
  ];
  for (const [n, name] of leaving.entries()) {
    const [role = '', where = ''] = name.split(':');
    const one = people.find(({ id }) => id === idOf(role, where));
    if (one) one.leavesAt = from + ((n + 1 + random() * 0.5) / (leaving.length + 1)) * (to - from);
  }
}

/** Whether somebody is neither away nor gone. */
export function isThere({ away, leavesAt = Number.POSITIVE_INFINITY }: Person, at: number): boolean {
  return at < leavesAt && away.every(({ from, to }) => at < from || at >= to);
}
