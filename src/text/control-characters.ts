/**
 * What can move the cursor, set a title or turn the reading direction: C0 and C1 controls, DEL, line and
 * paragraph separators, bidirectional marks, and halves of surrogate pairs.
 */
export const CONTROL_CHARACTERS =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
