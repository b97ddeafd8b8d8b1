import type { ConfirmationDialog } from '@slack/types';

/** Where a control stands and what names it: everything a control needs that its element does not say. */
export interface Spot {
  blockId: string;
  actionId: string;
  /** `input`: kept for the submit of a view. `press`: told to the bot at once. */
  via: 'input' | 'press';
  /** The DOM id, unique on the page. */
  id: string;
  /** The name of the control where no visible <label> points at it. */
  name?: string;
  describedBy?: string;
  invalid: boolean;
  /** Enter in this text field tells the bot, instead of submitting the form. */
  tellsOnEnter?: boolean;
  confirm?: ConfirmationDialog | undefined;
}

/** The attributes that tie a native control to its label, hint and error. */
export function naming(spot: Spot) {
  return {
    id: spot.id,
    'aria-label': spot.name,
    'aria-describedby': spot.describedBy || undefined,
    'aria-invalid': spot.invalid || undefined,
  };
}
