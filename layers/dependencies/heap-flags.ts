/**
 * Lambda starts Node with flags that follow from the memory setting, and V8 takes no compiled code that was made under
 * other flags, even these, which code does not depend on: neither the layer's cache nor that of Node's own modules,
 * which then take three times as long to load. V8 has read them before anything runs, so that nothing sees them change
 * but that comparison, and whoever starts another V8 (a worker thread): they are as they were when this turn of the
 * event loop is over.
 */
export function hideHeapFlags(): void {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(" ")]
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
