/**
 * Uses the exports of a file.
 * @param load loads the file again and returns its exports
 * @returns the outcome, for a comparison
 */
export type Program<Exports> = (load: () => Exports) => unknown;
export type Programs<Exports> = Readonly<Record<string, Program<Exports>>>;

/** What a function returns, or the name, code and message of what it throws. */
export function attempted(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return describedError(error);
  }
}

export const describedError = (error: unknown) => {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return { name, code, message };
};
