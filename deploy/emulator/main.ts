import { synthesizeEnvironments } from "../stacks";
import { EmulatorApp } from "./emulator-app";
import { requestedStore, withStore } from "./local-store";

/** What deploy/main.ts is for AWS. scripts/synth.cjs runs this one when AWS_ENDPOINT_URL is set. */
void synthesizeEnvironments(
  () => new EmulatorApp(),
  (config) => withStore(config, requestedStore()),
);
