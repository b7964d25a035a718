import type { SourceMap } from "node:module";
import { join } from "node:path";
import { commit } from "../../deploy/30_app/release";
import { layers } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { parseSourceMap } from "../../packages/lambda-layer/src/source-position";
import { FunctionUpdates } from "../../packages/local-cloud/src/function-updates";
import { LoadCheck } from "../../packages/local-cloud/src/load-check";
import { pendingChanges } from "../../packages/local-cloud/src/pending-changes";
import { ProblemPrinter } from "../../packages/local-cloud/src/problem-printer";
import { checkTypes } from "../../packages/local-cloud/src/type-check";
import { watchFiles } from "../../packages/local-cloud/src/watch-files";
import { bundleFunction } from "../build/bundle-function";
import { originalStack } from "../build/original-stack";
import { defaultBuildFolder, root } from "../build/paths";
import { readSourceMap } from "../build/source-maps";
import { Breakpoints, type InspectedName } from "./breakpoints";
import { serveLocally, type ServeOptions } from "./serve-locally";

const functionSources = {
  paths: [join(root, "functions")],
  isRelevant: (path: string) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
  settleMilliseconds: 30,
};
const stackSources = {
  paths: ["deploy", "functions", "layers/dependencies", "cdktf.json", "package.json"].map((path) =>
    join(root, path),
  ),
  isRelevant: (path: string) =>
    /\.(ts|json|tfvars)$/.test(path) && !/\.test\.ts$|\/node_modules\//.test(path),
  // A synthesis takes seconds: it starts when no other file is saved.
  settleMilliseconds: 1_000,
};
const restart = "stop (Ctrl-C) and repeat npm run dev";

/**
 * Runs the service on this machine, and updates a function within a second of a save. Then it reports what only a restart
 * applies, and type errors.
 */
export function developLocally({
  paths,
  inspect,
  ...options
}: ServeOptions & { readonly inspect?: InspectedName | undefined }): Promise<void> {
  const maps = new Map<string, SourceMap>();
  const breakpoints = inspect === undefined ? undefined : new Breakpoints(inspect);
  const readMap: Parameters<typeof originalStack>[2] = (file) =>
    maps.get(file) ?? readSourceMap(defaultBuildFolder, file);
  return serveLocally(
    { paths, ...options },
    {
      readMap,
      onStop: async () => breakpoints?.close(),
      onReady: async ({ target, signal, env, config }, functions, print) => {
        const loadCheck = new LoadCheck(target, join(defaultBuildFolder, "layer.zip"));
        try {
          const updates = await FunctionUpdates.open({
            ...{ target, functions, loadCheck, restart, print },
            bundle: (name) => breakpoints?.bundle(name) ?? bundleFunction(name),
            onLive: (name, { sourceMap }) => void maps.set(name, parseSourceMap(sourceMap)),
            originalStack: (stack, name, { sourceMap }) =>
              originalStack(stack, name, (file) =>
                file === name ? parseSourceMap(sourceMap) : readMap(file),
              ),
          });
          const stacks = new ProblemPrinter(print, "Fixed: no change is waiting for a restart.");
          const pending = {
            synthesize: [join(root, "scripts", "synth.cjs")],
            // A new commit changes a variable of a function, and is no reason for a restart.
            env: { ...env, GITHUB_SHA: commit() },
            ...{ applied: paths.stacks, folder: join(paths.folder, "pending"), restart, signal },
            stackIds: layers.map((layer) => stackId(layer, config.name)),
          };
          const checkStacks = async () => {
            if (updates.areBuilt) stacks.update(await pendingChanges(pending));
          };
          const update = async () => {
            await updates.update();
            await breakpoints?.restart();
          };
          await breakpoints?.open({ target, config }, functions, print);
          let unready = 2;
          const onReady = () => {
            unready -= 1;
            if (unready === 0) print("Watching functions/: a save is live at once.\n");
          };
          await Promise.all([
            watchFiles({ ...functionSources, onChange: update, onReady }, signal),
            watchFiles({ ...stackSources, onChange: checkStacks, onReady }, signal),
            checkTypes({ sources: "functions", folder: join(paths.folder, "types"), report: print }, signal),
          ]);
        } finally {
          loadCheck.close();
        }
      },
    },
  );
}
