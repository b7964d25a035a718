import { synthesizeEnvironments } from "../stacks";
import { EmulatorApp } from "./emulator-app";

/** What deploy/main.ts is for AWS. scripts/synth.cjs runs this one when AWS_ENDPOINT_URL is set. */
void synthesizeEnvironments(() => new EmulatorApp());
