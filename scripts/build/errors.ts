import { messageOf } from "../core/errors";
import { BuildError } from "../../packages/lambda-layer/src/errors";

export { BuildError };

export const taskTypesAreWrong = (cause: unknown) => new BuildError(messageOf(cause), { cause });

export const unusedEdits = (files: readonly string[]) =>
  new BuildError(`No module of the layer is ${files.join(", ")} any more.
  next      remove its entry from layers/dependencies/edits.ts`);

export const noSourceMap = (path: string) =>
  new BuildError(`There is no ${path}.
  expected  the source maps of the build that is deployed
  next      check out its commit, \`npm ci\`, then \`npm run build\``);
