import { BuildError } from "../../lambda-layer/src/errors";
import { importsOutside, joinedImports } from "../../lambda-layer/src/imported-names";
import type { FunctionBundle } from "../../lambda-layer/src/function-bundle";
import type { LocalTarget } from "./child-environment";
import { HotUpdater } from "./hot-update";
import type { DeployedFunction } from "./live-code";
import type { LoadCheck } from "./load-check";
import { ProblemPrinter } from "./problem-printer";

export interface FunctionUpdatesOptions<Name extends string> {
  readonly target: LocalTarget;
  readonly functions: readonly DeployedFunction<Name>[];
  /** @throws {BuildError} when a function does not compile */
  readonly bundle: (name: Name) => Promise<FunctionBundle>;
  readonly loadCheck: Pick<LoadCheck, "errorOf">;
  /** Called with the bundle that a function runs from now on. */
  readonly onLive: (name: Name, bundle: FunctionBundle) => void;
  /** Maps the positions in a stack of a bundle to its sources. */
  readonly originalStack: (stack: string, name: Name, bundle: FunctionBundle) => string;
  /** How to apply what needs Terraform. */
  readonly restart: string;
  readonly print: (line: string) => void;
}

/** Updates functions to their sources. A function whose new code would not run keeps its code, and the reason is printed. */
export class FunctionUpdates<Name extends string> {
  /** Whether all functions were built by the last update. */
  areBuilt = true;
  private imports: FunctionBundle["imports"] = new Map();
  private readonly updater: HotUpdater<Name, FunctionBundle>;
  private readonly problems: ProblemPrinter;

  private constructor(private readonly options: FunctionUpdatesOptions<Name>) {
    const { target, bundle, print } = options;
    this.updater = new HotUpdater(target, bundle, (deployed, built) => this.refuse(deployed, built));
    this.problems = new ProblemPrinter(print, "Fixed: all functions are built, and run their sources.");
  }

  /** @param options of functions that run their sources */
  static async open<Name extends string>(
    options: FunctionUpdatesOptions<Name>,
  ): Promise<FunctionUpdates<Name>> {
    const updates = new FunctionUpdates(options);
    const bundles = await updates.updater.remember(options.functions);
    updates.imports = joinedImports([...bundles.values()].map(({ imports }) => imports));
    for (const [name, bundle] of bundles) options.onLive(name, bundle);
    return updates;
  }

  async update(): Promise<void> {
    const started = performance.now();
    const { functions, print } = this.options;
    try {
      const { updated, refused } = await this.updater.update(functions);
      this.areBuilt = true;
      const problems = refused.map(
        ([name, reason]) => `${name} is not updated and keeps its code: ${reason}`,
      );
      this.problems.update(problems.join("\n"));
      const took = Math.round(performance.now() - started);
      if (updated.length > 0) print(`updated ${[...updated].sort().join(", ")} in ${took} ms`);
    } catch (error) {
      this.areBuilt = !(error instanceof BuildError);
      this.problems.update(error instanceof BuildError ? error.message : `not updated: ${String(error)}`);
    }
  }

  private async refuse(
    deployed: DeployedFunction<Name>,
    bundle: FunctionBundle,
  ): Promise<string | undefined> {
    const { loadCheck, onLive, originalStack, restart } = this.options;
    const { name } = deployed;
    const missing = importsOutside(bundle.imports, this.imports);
    if (missing.length > 0)
      return `it imports ${missing.join(", ")}, which the deployed layer does not contain.\n  next      ${restart}`;
    const error = await loadCheck.errorOf(deployed, bundle.code);
    if (error === undefined) {
      onLive(name, bundle);
      return undefined;
    }
    const stack = originalStack(error, name, bundle).replaceAll(/^/gm, "    ");
    return `it does not load with the deployed environment.\n${stack}\n  next      fix it; if it needs a change of the stacks, ${restart}`;
  }
}
