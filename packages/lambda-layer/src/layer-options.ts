import type { Edit } from "./edits";
import type { PackageList } from "./layer-packages";

export interface LayerOptions {
  /** The packages of the layer. One that no function imports is an error. */
  readonly packages: PackageList;
  /** Folder whose `node_modules` has them. */
  readonly folder: string;
  /** Path of the module whose `exercise` uses the packages as a first invocation does. */
  readonly exercise: string;
  /** Path of the Node that functions run on. */
  readonly node: string;
  readonly edits: readonly Edit[];
  /** Modules that packages load if installed: specifier → reason. */
  readonly optional: Readonly<Record<string, string>>;
  /** Files of packages with a dynamic `require`: path → reason. */
  readonly dynamic: Readonly<Record<string, string>>;
  /** Packages whose exported function can be called later: name → reason. */
  readonly pureCalls: Readonly<Record<string, string>>;
  /** Memory sizes of the functions, in MB: Lambda starts Node with flags that depend on them. */
  readonly memorySizes: readonly number[];
  /** False for a layer without V8's code cache. */
  readonly codeCache: boolean;
}
