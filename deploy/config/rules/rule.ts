import type { Layer } from "../../shared/layers";
import type { EnvironmentConfig } from "../environment-config";
import type { TfvarsFile } from "../environments";

/** A condition on settings of several files. A violation is reported for one setting. */
export interface Rule {
  /** Stable; tests and programs compare it. */
  readonly code: string;
  readonly layer: Layer;
  readonly file: TfvarsFile;
  /** Dotted path of the setting. */
  readonly path: string;
  readonly holds: (config: EnvironmentConfig) => boolean;
  readonly expected: (config: EnvironmentConfig) => string;
  readonly found: (config: EnvironmentConfig) => string;
}
