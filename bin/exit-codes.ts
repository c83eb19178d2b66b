/** Exit codes, also in docs/exit-codes-and-formats.md. */
export const exitCodes = {
  clean: 0,
  failed: 1,
  findings: 2,
  incomplete: 3,
  interrupted: 130,
} as const;
