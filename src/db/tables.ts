import type { Meeting } from '../board/types.ts';
import type { Template } from '../catalogue/types.ts';
import type { ActionItem } from '../change/aftermath.ts';
import type { BegunFrom } from '../change/from-template.ts';
import type { Touches } from '../change/planned.ts';
import type { Change, Proposal, Status } from '../change/types.ts';
import type { DeclaredFreeze } from '../freeze/types.ts';
import type { PostId } from '../policy/posts.ts';
import type { Category, RiskLevel } from '../policy/schema.ts';
import type { Edition } from '../posts/types.ts';

import { figures } from './tables-figures.ts';
import type { Words } from './words-sqlite.ts';

/**
 * Every table, written once in the words of a dialect. SQL names are snake_case. `$type` says what a column holds: each
 * is written by this folder's own functions, from values of that type alone, so that it comes back as what it was.
 */
export function makeTables(words: Words) {
  return { ...record(words), ...figures(words), ...drafts(words), ...delivery(words), ...workspace(words) };
}

export type Tables = ReturnType<typeof makeTables>;

type OutboxState = 'waiting' | 'sending' | 'done' | 'dead';

/** What happened, and the row per change that lists and reports read. */
function record({ table, text, int, flag, instant, json, primaryKey, unique, index }: Words) {
  return {
    /** The record itself. `stream` is a change's id, or 'workspace'; `data` is exactly the text that was hashed. */
    events: table(
      'events',
      {
        stream: text('stream').notNull(),
        seq: int('seq').notNull(),
        type: text('type').notNull(),
        actor: text('actor').notNull(),
        at: instant('at').notNull(),
        data: text('data').notNull(),
        prev: text('prev').notNull(),
        hash: text('hash').notNull(),
      },
      (t) => [primaryKey({ columns: [t.stream, t.seq] })],
    ),
    /** One row per change, rebuildable by folding its events. `head` is the hash of the last one. */
    changes: table(
      'changes',
      {
        id: text('id').primaryKey(),
        number: text('number').unique('changes_number'),
        year: int('year'),
        n: int('n'),
        status: text('status').$type<Status>().notNull(),
        category: text('category').$type<Category>().notNull(),
        risk: text('risk').$type<RiskLevel>(),
        requester: text('requester').notNull(),
        title: text('title').notNull(),
        stage: text('stage'),
        deadline: instant('deadline'),
        startsAt: instant('starts_at'),
        endsAt: instant('ends_at'),
        submittedAt: instant('submitted_at'),
        decidedAt: instant('decided_at'),
        updatedAt: instant('updated_at').notNull(),
        seq: int('seq').notNull(),
        head: text('head').notNull(),
        state: json('state').$type<Change>().notNull(),
        /** What its window affects: systems, environments, implementer. */
        touches: json('touches').$type<Touches>(),
        /** The template that it was filed from, and whether it went well, once that is known. */
        template: text('template'),
        wentWell: flag('went_well'),
      },
      (t) => [
        unique('changes_year_n').on(t.year, t.n),
        index('changes_by_status').on(t.status, t.updatedAt),
        index('changes_by_requester').on(t.requester, t.updatedAt),
        index('changes_by_submission').on(t.submittedAt),
        index('changes_by_window').on(t.status, t.endsAt),
        index('changes_by_template').on(t.template),
      ],
    ),
    /** One row per declared freeze, rebuildable in the same way. */
    freezes: table(
      'freezes',
      {
        id: text('id').primaryKey(),
        startsAt: instant('starts_at').notNull(),
        endsAt: instant('ends_at').notNull(),
        updatedAt: instant('updated_at').notNull(),
        head: text('head').notNull(),
        state: json('state').$type<DeclaredFreeze>().notNull(),
      },
      (t) => [index('freezes_by_end').on(t.endsAt)],
    ),
    /**
     * By what words a change is found, each once and as it was normalised. `key` grows with its number. SQLite's
     * full-text index follows it by triggers, PostgreSQL's is on it; both are written in the migrations.
     */
    search: table('search', {
      key: instant('key').primaryKey(),
      changeId: text('change_id').notNull().unique('search_change'),
      words: text('words').notNull(),
    }),
    /** One row per template of the catalogue, rebuildable in the same way. */
    templates: table('templates', {
      id: text('id').primaryKey(),
      updatedAt: instant('updated_at').notNull(),
      head: text('head').notNull(),
      state: json('state').$type<Template>().notNull(),
    }),
    /** One row for each meeting of the board, rebuildable in the same way. */
    meetings: table(
      'meetings',
      {
        id: text('id').primaryKey(),
        status: text('status').$type<Meeting['status']>().notNull(),
        startsAt: instant('starts_at').notNull(),
        head: text('head').notNull(),
        state: json('state').$type<Meeting>().notNull(),
      },
      (t) => [index('meetings_by_status').on(t.status, t.startsAt)],
    ),
    /** One row for each post of one period, rebuildable in the same way. */
    posts: table(
      'posts',
      {
        id: text('id').primaryKey(),
        post: text('post').$type<PostId>().notNull(),
        due: instant('due').notNull(),
        head: text('head').notNull(),
        state: json('state').$type<Edition>().notNull(),
      },
      (t) => [index('posts_by_post').on(t.post, t.due)],
    ),
    /** Action items of changes and of the board's meetings, for lists across them; these have them too. `id`: theirs and the item's. */
    actions: table(
      'actions',
      {
        id: text('id').primaryKey(),
        changeId: text('change_id').notNull(),
        owner: text('owner').notNull(),
        due: instant('due').notNull(),
        doneAt: instant('done_at'),
        item: json('item').$type<ActionItem>().notNull(),
      },
      (t) => [
        index('actions_by_due').on(t.doneAt, t.due),
        index('actions_by_owner').on(t.owner, t.doneAt, t.due),
      ],
    ),
  };
}

/** What people have begun and not yet submitted: theirs alone, and no part of the record. */
function drafts({ table, text, int, instant, json, index }: Words) {
  return {
    drafts: table(
      'drafts',
      {
        /** The id that the change will have, or that of the change which is edited. */
        id: text('id').primaryKey(),
        owner: text('owner').notNull(),
        category: text('category').$type<Category>().notNull(),
        proposal: json('proposal').$type<Proposal>().notNull(),
        step: int('step').notNull(),
        words: text('words'),
        template: text('template'),
        source: text('source'),
        updatedAt: instant('updated_at').notNull(),
        /** What it keeps of the template of the catalogue that it was begun from. */
        begunFrom: json('begun_from').$type<BegunFrom>(),
      },
      (t) => [index('drafts_by_owner').on(t.owner, t.updatedAt)],
    ),
  };
}

/** What must still be done in Slack, and where what was posted stands. */
function delivery({ table, text, int, flag, instant, json, primaryKey, unique, index }: Words) {
  return {
    /** Rows of one lane are done in the order of `position`. See outbox.ts. */
    outbox: table(
      'outbox',
      {
        id: text('id').primaryKey(),
        lane: text('lane').notNull(),
        position: int('position').notNull(),
        kind: text('kind').notNull(),
        stream: text('stream').notNull(),
        payload: json('payload').notNull(),
        due: instant('due').notNull(),
        state: text('state').$type<OutboxState>().notNull(),
        attempts: int('attempts').notNull(),
        /** An earlier attempt ended without an answer: it may have been sent already. */
        resumed: flag('resumed').notNull(),
        leaseUntil: instant('lease_until'),
        leaseOwner: text('lease_owner'),
        lastError: text('last_error'),
      },
      // The lane's index carries the state, so that a long-lived lane is not searched through what it has done.
      (t) => [index('outbox_due').on(t.state, t.due), index('outbox_lane').on(t.lane, t.state, t.position)],
    ),
    /** What Slack has delivered and has had its effect, so that a second time has none. */
    deliveries: table('deliveries', { key: text('key').primaryKey(), at: instant('at').notNull() }),
    /** Direct messages that somebody was sent on a day of theirs, where a policy says how many those may be. */
    told: table(
      'told',
      {
        id: text('id').primaryKey(),
        person: text('person').notNull(),
        day: text('day').notNull(),
        at: instant('at').notNull(),
        /** Which of that day's it is, from 1, so that two replicas cannot take the same. Older rows have none. */
        nth: int('nth'),
      },
      (t) => [unique('told_nth').on(t.person, t.day, t.nth)],
    ),
    slackMessages: table(
      'slack_messages',
      {
        stream: text('stream').notNull(),
        audience: text('audience').notNull(),
        channel: text('channel').notNull(),
        ts: text('ts').notNull(),
        /** The change's seq when it was last drawn. */
        drawnSeq: int('drawn_seq').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.stream, t.audience] }),
        // What a message is about, for every word said in its thread.
        index('slack_messages_by_place').on(t.channel, t.ts),
      ],
    ),
  };
}

/** Who there is, who holds which role, and what was set up. */
function workspace({ table, text, flag, instant, json, primaryKey }: Words) {
  return {
    people: table('people', {
      id: text('id').primaryKey(),
      name: text('name').notNull(),
      realName: text('real_name').notNull(),
      /** IANA zone. */
      zone: text('zone').notNull(),
      isAdmin: flag('is_admin').notNull(),
      isBot: flag('is_bot').notNull(),
      isGuest: flag('is_guest').notNull(),
      deactivated: flag('deactivated').notNull(),
      /** The id of the bot's DM channel with this person, once opened. */
      dm: text('dm'),
      /** Since when Slack has described them so, as far as it says. */
      updated: instant('updated'),
    }),
    /** Slack user groups. */
    groups: table('groups', { id: text('id').primaryKey(), name: text('name').notNull() }),
    groupMembers: table(
      'group_members',
      { groupId: text('group_id').notNull(), personId: text('person_id').notNull() },
      (t) => [primaryKey({ columns: [t.groupId, t.personId] })],
    ),
    /** `holder` is a person (U…) or a Slack user group (S…). Deputies act where nobody else does. */
    roleHolders: table(
      'role_holders',
      { role: text('role').notNull(), holder: text('holder').notNull(), deputy: flag('deputy').notNull() },
      (t) => [primaryKey({ columns: [t.role, t.holder, t.deputy] })],
    ),
    /** Who stands in for whom, from `startsAt` until before `endsAt`. */
    delegations: table('delegations', {
      id: text('id').primaryKey(),
      from: text('from_person').notNull(),
      to: text('to_person').notNull(),
      startsAt: instant('starts_at').notNull(),
      endsAt: instant('ends_at').notNull(),
    }),
    /** What only one replica does at a time, and whose turn it is until when. */
    leases: table('leases', {
      name: text('name').primaryKey(),
      owner: text('owner').notNull(),
      until: instant('until').notNull(),
    }),
    settings: table('settings', { key: text('key').primaryKey(), value: json('value').notNull() }),
  };
}
