import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Access, accessIn, leftIn, seenSince } from '../../src/workspace/access.ts';
import { evolveWorkspace } from '../../src/workspace/evolve.ts';
import type { Workspace, WorkspaceEvent } from '../../src/workspace/types.ts';
import { JONAS, NADIA, PRIYA, SAM, WEI } from '../change/company.ts';
import { DAY, MONDAY_10 } from '../change/proposals.ts';

const at = (day: number) => MONDAY_10 + day * DAY;
const assigned = (day: number, holders: string[], role = 'peer_reviewer'): WorkspaceEvent => ({
  ...{ type: 'RoleAssigned', role, holders, by: NADIA, at: at(day) },
});
const seen = (day: number, joined: string[], left: string[] = [], group = 'S1'): WorkspaceEvent => ({
  ...{ type: 'GroupSeen', group, joined, left, by: 'docket', at: at(day) },
});
const delegation = { id: 'd', from: PRIYA, to: WEI, startsAt: at(2), endsAt: at(7) };
const delegated: WorkspaceEvent = { type: 'Delegated', by: PRIYA, at: at(0), ...delegation };

describe('who held which right when', () => {
  it('tells of each holder from when until when, and who gave and took it', () => {
    const events = [assigned(0, [JONAS, 'S1']), assigned(5, [JONAS, WEI])];
    const [jonas, group, wei] = accessIn(events, { start: at(0), end: at(9) });
    const peer = { as: 'holder', role: 'peer_reviewer', givenBy: NADIA };
    expect(jonas).toEqual({ ...peer, who: JONAS, from: at(0) });
    expect(group).toEqual({ ...peer, who: 'S1', from: at(0), until: at(5), takenBy: NADIA });
    expect(wei).toEqual({ ...peer, who: WEI, from: at(5) });
  });

  it('leaves out what was over before, and what came afterwards', () => {
    const events = [assigned(0, [JONAS]), assigned(1, [WEI]), assigned(8, [SAM])];
    expect(accessIn(events, { start: at(1), end: at(8) }).map(({ who }) => who)).toEqual([WEI]);
  });

  it('tells who stood in for whom, until it was revoked', () => {
    const ended = (day: number): WorkspaceEvent => ({
      ...{ type: 'DelegationEnded', by: NADIA, at: at(day), delegation, revoked: true },
    });
    const all = { start: at(0), end: at(9) };
    const whole: Access = { as: 'stand-in', who: WEI, for: PRIYA, from: at(2), givenBy: PRIYA, until: at(7) };
    expect(accessIn([delegated], all)).toEqual([whole]);
    expect(accessIn([delegated, ended(4)], all)).toEqual([{ ...whole, until: at(4), takenBy: NADIA }]);
    expect(accessIn([delegated, ended(1)], all)).toEqual([]);
    expect(accessIn([delegated, ended(1), delegated], all)).toEqual([whole]);
  });

  it('tells who held a role through a user group: while it had the role and they were in it', () => {
    const events = [
      ...[assigned(0, ['S1']), seen(0, [JONAS, WEI]), seen(2, [SAM], [WEI]), assigned(5, [])],
      // Nobody looked while it held no role; what has altered is told as it holds one again.
      ...[assigned(7, ['S1']), seen(7, [WEI], [SAM])],
    ];
    const peer = { as: 'holder', role: 'peer_reviewer' };
    const through = { ...peer, through: 'S1' };
    const by = { givenBy: NADIA, takenBy: NADIA };
    expect(accessIn(events, { start: at(0), end: at(9) })).toEqual([
      { ...peer, ...by, who: 'S1', from: at(0), until: at(5) },
      { ...through, ...by, who: JONAS, from: at(0), until: at(5) },
      { ...through, ...by, who: WEI, from: at(0), until: at(2), takenBy: 'docket' },
      { ...through, ...by, who: SAM, from: at(2), givenBy: 'docket', until: at(5) },
      { ...peer, who: 'S1', from: at(7), givenBy: NADIA },
      { ...through, who: JONAS, from: at(7), givenBy: NADIA },
      { ...through, who: WEI, from: at(7), givenBy: NADIA },
    ]);
  });

  it('says nothing of who was in a group before it was seen, and since when it is known', () => {
    const events = [assigned(0, ['S1', 'S2']), seen(4, [JONAS]), seen(5, [WEI])];
    const people = (start: number, end: number) =>
      accessIn(events, { start: at(start), end: at(end) }).flatMap(({ who, through }) =>
        through ? [who] : [],
      );
    expect([people(0, 4), people(4, 5), people(0, 9)]).toEqual([[], [JONAS], [JONAS, WEI]]);
    expect([...seenSince(events)]).toEqual([['S1', at(4)]]);
  });

  it('tells who left', () => {
    const gone: WorkspaceEvent = {
      ...{ type: 'PersonGone', person: SAM, by: 'docket', at: at(3), roles: [], emptied: [], tell: [] },
    };
    expect(leftIn([gone], { start: at(0), end: at(3) })).toEqual([]);
    expect(leftIn([gone], { start: at(3), end: at(4) })).toEqual([{ person: SAM, at: at(3) }]);
  });

  it('is at every instant what the workspace was then, with who was in its groups', () => {
    const people = fc.uniqueArray(fc.constantFrom(JONAS, WEI, SAM, 'S1'), { maxLength: 4 });
    const wait = fc.integer({ min: 0, max: 2 });
    const given = fc.record({
      ...{ role: fc.constantFrom('a', 'b'), holders: people, wait },
      type: fc.constantFrom('RoleAssigned' as const, 'DeputiesAssigned' as const),
    });
    const members = fc.uniqueArray(fc.constantFrom(JONAS, WEI, SAM), { maxLength: 3 });
    const event = fc.oneof(given, fc.record({ wait, members }));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (some) => {
        let day = 0;
        let inside: string[] = [];
        const events = some.map(({ wait: days, ...what }): WorkspaceEvent => {
          day += days;
          if ('type' in what) return { ...what, by: NADIA, at: at(day) };
          const before = inside;
          inside = what.members;
          return seen(
            day,
            inside.filter((one) => !before.includes(one)),
            before.filter((one) => !inside.includes(one)),
          );
        });
        for (let now = 0; now <= day; now++) {
          const then = events.filter((each) => each.at <= at(now));
          const workspace = then.reduce<Workspace | undefined>(evolveWorkspace, undefined);
          const places = (as: string, roles: Record<string, string[]> = {}) =>
            Object.entries(roles).flatMap(([role, holders]) =>
              holders.flatMap((who) => [
                `${as} ${role} ${who}`,
                ...(workspace?.groups[who] ?? []).map((one) => `${as} ${role} ${one} ${who}`),
              ]),
            );
          const held = accessIn(events, { start: at(now), end: at(now) + 1 });
          const told = held.map(({ as, role, who, through }) =>
            [as, role, who, through ?? []].flat().join(' '),
          );
          expect(told.sort()).toEqual(
            [...places('holder', workspace?.roles), ...places('deputy', workspace?.deputies)].sort(),
          );
        }
      }),
    );
  });
});
