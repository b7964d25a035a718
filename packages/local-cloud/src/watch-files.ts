import { once } from "node:events";
import { watch } from "chokidar";

export interface Watched {
  /** Files, and folders with all that is below them. */
  readonly paths: readonly string[];
  readonly isRelevant: (path: string) => boolean;
  /** Time without another change before the call; editors write a file in several steps. */
  readonly settleMilliseconds: number;
  /** Must not reject. Calls do not overlap. */
  readonly onChange: () => Promise<void>;
  /** Called once changes are seen: those before are part of what the watcher finds at first, and are not reported. */
  readonly onReady?: () => void;
}

/** Calls a function after changes of files, until the signal is aborted. */
export async function watchFiles(
  { paths, isRelevant, settleMilliseconds, onChange, onReady }: Watched,
  signal: AbortSignal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isWaiting = false;
  const watcher = watch([...paths], { ignoreInitial: true }).on("all", (_event, path) => {
    if (!isRelevant(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A call that waits for the running one covers this change, too.
      if (isWaiting) return;
      isWaiting = true;
      running = running.then(() => {
        isWaiting = false;
        return onChange();
      });
    }, settleMilliseconds);
  });
  if (onReady) watcher.on("ready", onReady);
  if (!signal.aborted) await once(signal, "abort");
  await watcher.close();
  clearTimeout(timer);
  await running;
}
