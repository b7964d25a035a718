import type { StoreKind } from "../../deploy/emulator/local-store";
import { integer } from "../../packages/command-line/src/arguments";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import type { ServeOptions } from "../local/serve-locally";

/** The usual port of AWS emulators. */
const defaultPort = 4566;

/** The given port, or LOCAL_CLOUD_PORT, or the default. */
export const chosenPort = (given: number | undefined, env: NodeJS.ProcessEnv = process.env): number =>
  given ?? integer("LOCAL_CLOUD_PORT", 1, 65_535)(env.LOCAL_CLOUD_PORT ?? String(defaultPort));

interface Given {
  readonly environment: string | undefined;
  readonly port: number | undefined;
  readonly store?: StoreKind | undefined;
  readonly once: boolean;
  readonly json: boolean;
}

export const serveOptions = ({ environment = "dev", port, store, once, json }: Given): ServeOptions => ({
  paths: localPaths(),
  environment,
  port: chosenPort(port),
  store,
  once,
  json,
});
