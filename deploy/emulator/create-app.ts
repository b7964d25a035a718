import { App, Aspects, TerraformStack, type AppConfig } from "cdktf";
import { backendArgumentsContext, type BackendArguments } from "../shared/state-backend";
import { EmulatorAspect } from "./emulator-aspect";
import { emulator, type Emulator } from "./endpoint";

/** What Terraform's S3 backend needs to reach a bucket of the emulator. */
const backendArguments: BackendArguments = {
  usePathStyle: true,
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRequestingAccountId: true,
  // AWS_ENDPOINT_URL is the endpoint of every service.
  endpoints: undefined,
};

/** An app whose stacks are adapted to the emulator before they are synthesized. */
export class EmulatorApp extends App {
  readonly aspect: EmulatorAspect;

  constructor(config: AppConfig, target: Emulator) {
    super({ ...config, context: { ...config.context, [backendArgumentsContext]: backendArguments } });
    this.aspect = new EmulatorAspect(target);
  }

  override synth(): void {
    // cdktf invokes the aspects of a stack, not those of the app.
    for (const stack of this.node.children.filter((child) => TerraformStack.isStack(child)))
      Aspects.of(stack).add(this.aspect);
    super.synth();
  }
}

/**
 * The app for the target that `AWS_ENDPOINT_URL` selects: AWS when the variable is not set.
 * @throws {ConfigurationError} when the variable is not an http or https URL
 */
export function createApp(config: AppConfig = {}): App {
  const target = emulator();
  return target === undefined ? new App(config) : new EmulatorApp(config, target);
}
