import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from '@slack/types';
import { BotButton } from './button.tsx';
import { CheckboxList, Radios } from './choice.tsx';
import { DateInput, DateTimeInput, TimeInput } from './date-time.tsx';
import { SelectMany } from './multi-select.tsx';
import { OverflowMenu } from './overflow.tsx';
import { SelectOne } from './select.tsx';
import type { Spot } from './spot.ts';
import { AreaInput, LineInput } from './text-input.tsx';

/** Everything that can be pressed, picked or typed into. An image accessory only shows something. */
type ControlElement =
  | ActionsBlockElement
  | InputBlockElement
  | Exclude<SectionBlockAccessory, { type: 'image' }>;

/** The control for an element of Block Kit. */
export function Control({ of, spot }: { of: ControlElement; spot: Spot }) {
  switch (of.type) {
    case 'button':
    case 'workflow_button':
      return <BotButton of={of} blockId={spot.blockId} />;
    case 'overflow':
      return <OverflowMenu of={of} spot={spot} />;
    case 'plain_text_input':
      return of.multiline ? <AreaInput of={of} spot={spot} /> : <LineInput of={of} spot={spot} />;
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <LineInput of={of} spot={spot} />;
    case 'rich_text_input':
      return <AreaInput of={of} spot={spot} />;
    case 'radio_buttons':
      return <Radios of={of} spot={spot} />;
    case 'checkboxes':
      return <CheckboxList of={of} spot={spot} />;
    case 'datepicker':
      return <DateInput of={of} spot={spot} />;
    case 'timepicker':
      return <TimeInput of={of} spot={spot} />;
    case 'datetimepicker':
      return <DateTimeInput of={of} spot={spot} />;
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
    case 'external_select':
      return <SelectOne of={of} spot={spot} />;
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
    case 'multi_external_select':
      return <SelectMany of={of} spot={spot} />;
    case 'file_input':
      return <p className="quiet">Files cannot be uploaded to local Slack.</p>;
    default:
      return of satisfies never;
  }
}

/** Controls that are several controls under one name: they need a legend instead of a label. */
export function isGroup(of: ControlElement): boolean {
  return of.type === 'radio_buttons' || of.type === 'checkboxes' || of.type.startsWith('multi_');
}
