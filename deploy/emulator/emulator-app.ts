import { App, Aspects, TerraformStack, type AppConfig } from "cdktf";
import { backendArgumentsContext, type BackendArguments } from "../shared/state-backend";
import { EmulatorAspect } from "./emulator-aspect";
import { emulator } from "./endpoint";

/** What Terraform's S3 backend needs to reach a bucket of the emulator. */
const backendArguments: BackendArguments = {
  usePathStyle: true,
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRequestingAccountId: true,
  // AWS_ENDPOINT_URL is the endpoint of every service.
  endpoints: undefined,
};

/** An app whose stacks are adapted to the emulator at AWS_ENDPOINT_URL before they are synthesized. */
export class EmulatorApp extends App {
  readonly aspect: EmulatorAspect;

  /** @throws {ConfigurationError} when the variable is not an http or https URL */
  constructor(config: AppConfig = {}, endpoint = process.env.AWS_ENDPOINT_URL ?? "") {
    super({ ...config, context: { ...config.context, [backendArgumentsContext]: backendArguments } });
    this.aspect = new EmulatorAspect(emulator(endpoint));
  }

  override synth(): void {
    // cdktf invokes the aspects of a stack, not those of the app.
    for (const stack of this.node.children.filter((child) => TerraformStack.isStack(child)))
      Aspects.of(stack).add(this.aspect);
    super.synth();
  }
}
