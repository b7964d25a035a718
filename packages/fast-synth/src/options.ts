/** The project whose app is synthesized. Paths are relative to `root`, except `preparer`. */
export interface FastSynthOptions {
  /** The project's folder. */
  readonly root: string;
  /** The app, such as `deploy/main.ts`. */
  readonly entry: string;
  /** For the bundle and its caches; git must ignore it. */
  readonly folder: string;
  /**
   * A module whose function `build` builds what the stacks refer to, such as the zips of functions. It runs whenever the
   * bundle is built.
   */
  readonly prepare: string;
  /** Folders and files that the bundle and the products are built from. */
  readonly sources: readonly string[];
  /** Sources to ignore, such as tests and files that the app reads at each run. */
  readonly ignored: RegExp;
  /** Folder of the products, and the suffixes of their names. A changed product is rebuilt. */
  readonly products: { readonly folder: string; readonly suffixes: readonly string[] };
  /** Path of this package's `prepare.ts`. */
  readonly preparer: string;
}

/** Command line of `prepare.ts`, as JSON. */
export interface PrepareOptions extends Pick<FastSynthOptions, "root" | "entry" | "prepare"> {
  /** File for the bundle. */
  readonly outfile: string;
}

/** The HCL parser. Not bundled, since it reads a file of its own folder and takes 300 ms to load. */
export const hclPackage = "@cdktf/hcl2json";
