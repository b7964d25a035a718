/**
 * Hides the flags for memory that Lambda starts Node with, until this turn of the event loop is over. V8 takes no code
 * that was compiled under other flags, although code does not depend on these: neither the layer's cache, nor what Node
 * has compiled of its own modules, which then take three times as long to load. V8 itself has read the flags before
 * anything runs; only a thread that is started would read them again.
 */
export function hideHeapFlags(): void {
  // In the order in which Node reads them: the last one holds.
  const given = [...(process.env.NODE_OPTIONS ?? "").split(" "), ...process.execArgv]
    .map((flag) => /^--(expose[-_]gc)$|^--(max[-_](?:old|semi)[-_]space[-_]size)=\d+$/.exec(flag))
    .filter((match) => match !== null);
  if (given.length === 0) return;
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const [, collect, size] of given) {
    setFlagsFromString(collect === undefined ? `--${size}=0` : `--no-${collect}`);
  }
  setImmediate(() => {
    for (const [flag] of given) setFlagsFromString(flag);
  });
}
