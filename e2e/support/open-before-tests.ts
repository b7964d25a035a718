/**
 * Opens a resource before the tests of a file, and disposes of it after them.
 * @returns a getter, since tests are defined before the resource is open
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
    if (opened === undefined) throw new Error("Expected to be called in a test");
    return opened;
  };
}
