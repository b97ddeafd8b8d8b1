import type { WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { KnownPerson, PersonRow } from '../../db/people.ts';
import { isMember } from '../../engine/member.ts';
import type { World } from '../../engine/world.ts';
import { keysOf } from '../../entries.ts';

/** A user as `users.list` and the `user_change` event describe one. */
export const user = z.object({
  id: z.string(),
  name: z.string().default(''),
  real_name: z.string().optional(),
  tz: z.string().nullish(),
  deleted: z.boolean().default(false),
  is_admin: z.boolean().default(false),
  is_owner: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  team_id: z.string().optional(),
  /** Where a company has several workspaces: all that they are in. */
  enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
  /** In seconds since 1970: when they were last altered. */
  updated: z.number().optional(),
});
export type Member = z.infer<typeof user>;

/** One that Slack describes as it never has must not keep all others of the page out. */
export function readable({ log }: World, members: unknown): Member[] {
  return z
    .array(z.unknown())
    .parse(members)
    .flatMap((member) => {
      const { data, error } = user.safeParse(member);
      const { id } = z.object({ id: z.unknown() }).catch({ id: undefined }).parse(member);
      if (error) log.warn({ err: error, id }, 'somebody in the directory could not be read');
      return data ?? [];
    });
}

/** People as they are kept. Who shares a channel with Docket is no stranger to Slack, from whatever company. */
export async function rowsOf(client: WebClient, members: readonly Member[]): Promise<KnownPerson[]> {
  const ours = members.some(({ team_id }) => team_id) ? await teamOf(client) : undefined;
  const isOurs = ({ team_id: team, enterprise_user: company }: Member) =>
    [...(company?.teams ?? []), team].includes(ours);
  return members.map((member) => asRow(member, isOurs(member)));
}

const teams = new WeakMap<WebClient, string>();

/** The workspace in which Docket is installed. */
async function teamOf(client: WebClient): Promise<string | undefined> {
  const team = teams.get(client) ?? (await client.auth.test()).team_id;
  if (team) teams.set(client, team);
  return team;
}

function asRow(member: Member, isOurs: boolean): KnownPerson {
  return {
    id: member.id,
    name: member.name,
    realName: member.real_name ?? member.name,
    zone: member.tz ?? 'UTC',
    isAdmin: member.is_admin || member.is_owner,
    isBot: member.is_bot || member.id === 'USLACKBOT',
    isGuest: member.is_restricted || member.is_ultra_restricted || member.is_stranger || !isOurs,
    deactivated: member.deleted,
    ...(member.updated !== undefined && { updated: member.updated * 1000 }),
  };
}

/** Whether somebody is known, and works here. */
export function isActive(row: KnownPerson | undefined): boolean {
  return row !== undefined && isMember(row);
}

/** Whether somebody is kept as they are now. */
export function isAs(row: KnownPerson, known: PersonRow | undefined): boolean {
  if (!known) return false;
  const { name, realName, zone, isAdmin, isBot, isGuest, deactivated } = row;
  const now = { name, realName, zone, isAdmin, isBot, isGuest, deactivated };
  return keysOf(now).every((key) => known[key] === now[key]);
}

/** Whether this was so before what is kept of somebody, after it, or at the same time, as far as Slack says. */
export function ageOf({ updated }: KnownPerson, known: PersonRow | undefined): 'older' | 'newer' | 'same' {
  const since = known?.updated ?? 0;
  if (updated == null || updated === since) return 'same';
  return updated < since ? 'older' : 'newer';
}
