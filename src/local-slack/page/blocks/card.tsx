import type { CardBlock } from '@slack/types';
import { BotButton } from '../controls/button.tsx';
import { Mrkdwn } from '../text/text.tsx';
import { Picture } from './image.tsx';

/** A card: title, a line under it, a body and its buttons. */
export function Card({ of }: { of: CardBlock }) {
  return (
    <article className="card">
      {of.hero_image && <Picture of={of.hero_image} className="card-hero" />}
      <div className="card-head">
        {of.icon && <Picture of={of.icon} className="card-icon" />}
        <div>
          {of.title && (
            <div className="card-title">
              <Mrkdwn text={of.title.text} />
            </div>
          )}
          {of.subtitle && (
            <div className="quiet">
              <Mrkdwn text={of.subtitle.text} />
            </div>
          )}
        </div>
      </div>
      {of.body && <Mrkdwn text={of.body.text} />}
      {of.actions && of.actions.length > 0 && (
        <div className="actions">
          {of.actions.map((button) => (
            <BotButton key={button.action_id} of={button} blockId={of.block_id ?? ''} />
          ))}
        </div>
      )}
    </article>
  );
}
