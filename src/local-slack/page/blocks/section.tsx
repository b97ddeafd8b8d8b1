import type { SectionBlock } from '@slack/types';
import { useId } from 'react';
import { Control } from '../controls/control.tsx';
import type { Spot } from '../controls/spot.ts';
import { Text, words } from '../text/text.tsx';
import { Picture } from './image.tsx';

/** Text, fields in two columns, and one thing beside them. */
export function Section({ of }: { of: SectionBlock }) {
  return (
    <div className="section">
      <div className="section-words">
        {of.text && <Text of={of.text} />}
        {of.fields && (
          <div className="fields">
            {of.fields.map((field) => (
              <div key={field.text}>
                <Text of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      <Accessory of={of} />
    </div>
  );
}

function Accessory({ of }: { of: SectionBlock }) {
  const id = useId();
  const { accessory } = of;
  if (!accessory) return null;
  if (accessory.type === 'image') return <Picture of={accessory} className="accessory-image" />;
  const spot: Spot = {
    id,
    blockId: of.block_id ?? '',
    actionId: accessory.action_id ?? '',
    via: 'press',
    // The text beside the control is what names it.
    name: of.text
      ? words(of.text)
          .replace(/[*_~`]|<[^>]*>/g, '')
          .slice(0, 120)
      : accessory.type,
    invalid: false,
    confirm: 'confirm' in accessory ? accessory.confirm : undefined,
  };
  return (
    <div className={`accessory accessory-${accessory.type}`}>
      <Control of={accessory} spot={spot} />
    </div>
  );
}
