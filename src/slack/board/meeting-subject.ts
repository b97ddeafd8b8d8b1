import type { Meeting } from '../../board/types.ts';
import type { Instant } from '../../change/types.ts';
import { meetingEvent } from '../../db/events.ts';
import { loadMeeting } from '../../db/meetings.ts';
import { agendaView } from '../../engine/agenda-view.ts';
import { loadFacts } from '../../engine/facts.ts';
import type { World } from '../../engine/world.ts';
import type { Subject } from '../subject.ts';
import { drawAgenda } from './agenda-card.ts';
import { drawLive } from './live-card.ts';
import { meetingHistory, meetingNote } from './meeting-notes.ts';
import { drawMinutes } from './minutes-card.ts';

/** A meeting of the board as it is seen in Slack now. Its agenda is its headline, with its history as the thread. */
export async function meetingSubject(world: World, id: string): Promise<Subject | undefined> {
  const { db, policy } = world;
  const meeting = (await loadMeeting(db, id))?.state;
  if (!meeting) return undefined;
  const facts = await loadFacts(world);
  return {
    seq: meeting.seq,
    audienceOf: ({ card }) => (card === 'agenda' ? 'headline' : card),
    async draw(audience) {
      if (audience === 'minutes') return drawMinutes(meeting, policy);
      const view = await agendaView(world, meeting);
      return audience === 'live'
        ? drawLive(meeting, view, facts, world.clock.now())
        : drawAgenda(meeting, view);
    },
    async history(seq) {
      const happened = await meetingEvent(db, id, seq);
      return happened && meetingHistory(happened, meeting);
    },
    async personal(seq, to) {
      const happened = await meetingEvent(db, id, seq);
      if (happened?.type === 'MeetingReminded' && isPast(meeting, happened.at, world.clock.now()))
        return undefined;
      return happened && meetingNote(happened, meeting, to, facts);
    },
  };
}

/** Whether a reminder that was held until its person works comes too late: the meeting has begun, or is closed. */
function isPast({ status, startsAt }: Meeting, reminded: Instant, now: Instant): boolean {
  return reminded < startsAt ? status !== 'planned' || now >= startsAt : status !== 'open';
}
