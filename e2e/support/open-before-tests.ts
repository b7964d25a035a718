/**
 * Opens something before the tests of a file, and disposes of it after them.
 * @returns a function that returns it, for steps that are defined before it is open
 */
export function openBeforeTests<T extends { readonly dispose: () => Promise<void> }>(
  open: () => Promise<T>,
): () => T {
  let opened: T | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.dispose());
  return () => {
    if (opened === undefined) throw new Error("It is used outside of a test.");
    return opened;
  };
}
