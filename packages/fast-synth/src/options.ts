/** The project whose app is synthesized. Paths are relative to `root`, except `preparer`. */
export interface FastSynthOptions {
  /** The project's folder; the app runs as if it was started there. */
  readonly root: string;
  /** The app, such as `deploy/main.ts`. */
  readonly entry: string;
  /** For the bundle and its caches; git must ignore it. */
  readonly folder: string;
  /**
   * A module whose function `build` makes what stacks are synthesized around, such as the zips of functions. It runs
   * whenever the bundle is made.
   */
  readonly prepare: string;
  /** Folders and files that the bundle and the products are made of. */
  readonly sources: readonly string[];
  /** Paths of sources that do not matter, such as tests and files that the app reads at each run. */
  readonly ignored: RegExp;
  /** Folder of the products, and the end of their names. A changed product is made again. */
  readonly products: { readonly folder: string; readonly suffix: string };
  /** Path of this package's `prepare.ts`. */
  readonly preparer: string;
}

/** Command line of `prepare.ts`, as JSON. */
export interface PrepareOptions extends Pick<FastSynthOptions, "root" | "entry" | "prepare"> {
  /** File for the bundle. */
  readonly outfile: string;
}

/** The package that reads HCL. It is not bundled: it reads a file beside itself, and takes 300 ms to load. */
export const hclPackage = "@cdktf/hcl2json";
