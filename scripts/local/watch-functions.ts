import { once } from "node:events";
import { join } from "node:path";
import { watch } from "chokidar";
import { root, type FunctionName } from "../build/paths";
import { BuildError } from "../build/errors";
import type { DeployedFunction, HotUpdater } from "../../packages/local-cloud/src/hot-update";

/** Editors write a file in several steps. */
const settleMilliseconds = 30;

/**
 * Updates a function whenever one of its sources is saved, until the signal is aborted. If a source does not compile, the
 * error is printed and the function keeps its code.
 */
export async function watchFunctions(
  functions: readonly DeployedFunction<FunctionName>[],
  updater: HotUpdater<FunctionName>,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const update = async () => {
    const started = performance.now();
    try {
      const names = await updater.update(functions);
      const took = Math.round(performance.now() - started);
      if (names.length > 0) print(`updated ${names.join(", ")} in ${took} ms`);
    } catch (error) {
      print(error instanceof BuildError ? error.message : `not updated: ${String(error)}`);
    }
  };
  const watcher = watch(join(root, "functions"), { ignoreInitial: true }).on("all", (_event, file) => {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(update);
    }, settleMilliseconds);
  });
  if (!signal.aborted) await once(signal, "abort");
  await watcher.close();
  clearTimeout(timer);
  await running;
}
