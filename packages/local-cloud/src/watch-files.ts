import { once } from "node:events";
import { watch } from "chokidar";
import { SettledCalls } from "./settled-calls";

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
  const calls = new SettledCalls(settleMilliseconds, onChange);
  const watcher = watch([...paths], { ignoreInitial: true }).on("all", (_event, path) => {
    if (isRelevant(path)) calls.changed();
  });
  if (onReady) watcher.on("ready", onReady);
  if (!signal.aborted) await once(signal, "abort");
  await watcher.close();
  await calls.end();
}
