import { drawAgenda, weeklyMeetingOf } from '../../engine/board.ts';
import { plainly } from '../blocks/blocks.ts';
import type { SlackPost } from '../post.ts';

/** The agenda of the board's next weekly meeting, drawn the day before; the meeting itself posts it. */
export const boardAgenda: SlackPost = {
  id: 'board_agenda',
  every: 'week',
  about: 'this',
  when: async (world) => (await weeklyMeetingOf(world))?.agenda,
  make: async () => ({ to: [], work: true }),
  async work(world, { due }) {
    const id = await drawAgenda(world, 'weekly', due);
    return id ? `The agenda of ${id} was drawn.` : 'There is no next meeting.';
  },
  draw: async () => plainly('The agenda of the board.'),
};

/** The agenda of the monthly look at the process. */
export const processReviewAgenda: SlackPost = {
  id: 'process_review_agenda',
  every: 'month',
  about: 'this',
  when: async ({ policy }) => (policy.board.processReview ? policy.posts.process_review_agenda : undefined),
  make: async () => ({ to: [], work: true }),
  async work(world, { due }) {
    const id = await drawAgenda(world, 'process review', due);
    return id ? `The agenda of ${id} was drawn.` : 'There is no next process review.';
  },
  draw: async () => plainly('The agenda of the process review.'),
};
