import { wholeNumber } from "../../packages/command-line/src/arguments";
import { localHome } from "../../packages/local-cloud/src/home";
import type { ServeOptions } from "../local/serve-locally";

/** The port of AWS emulators since the first of them. */
const defaultPort = 4566;

/** A given port, or the one that the environment names, or the default. */
export const chosenPort = (given: number | undefined, env: NodeJS.ProcessEnv = process.env): number =>
  given ?? wholeNumber("LOCAL_CLOUD_PORT", 1, 65_535)(env.LOCAL_CLOUD_PORT ?? String(defaultPort));

interface Given {
  readonly environment: string | undefined;
  readonly port: number | undefined;
  readonly once: boolean;
  readonly json: boolean;
}

export const serveOptions = ({ environment = "dev", port, once, json }: Given): ServeOptions => ({
  home: localHome(),
  environment,
  port: chosenPort(port),
  once,
  json,
});
