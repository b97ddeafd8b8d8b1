/** Wednesday, 25 November 2026, 10:00 in Berlin. The clock of what is measured starts here. */
export const SEEDED_AT = Date.UTC(2026, 10, 25, 9);
