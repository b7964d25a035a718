import { consumedQueues, queues, type TaskFunction } from "@serverless-tasks/functions/service";
import { namePrefix } from "../../deploy/shared/naming";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { FunctionBundle } from "../../packages/lambda-layer/src/function-bundle";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import { debuggable, InspectedFunction } from "../../packages/local-cloud/src/inspected-function";
import type { DeployedFunction } from "../../packages/local-cloud/src/live-code";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { bundleFunction } from "../build/bundle-function";
import { root, type FunctionName } from "../build/paths";
import { temporarySettings } from "./temporary-settings";

/** A function with an event that starts its process and changes nothing. */
export type InspectedName = TaskFunction;

/** Those of .vscode/launch.json. */
const ports: Readonly<Record<InspectedName, number>> = { api: 9229, worker: 9230, producer: 9231 };

const events: Readonly<Record<InspectedName, () => object>> = {
  // Not found: the request has no route.
  api: () => ({
    ...{ version: "2.0", routeKey: "$default", rawPath: "/inspect", rawQueryString: "", headers: {} },
    requestContext: {
      ...{ accountId: "", apiId: "", domainName: "", domainPrefix: "", requestId: "inspect" },
      ...{ routeKey: "$default", stage: "$default", time: "", timeEpoch: 0 },
      http: { method: "GET", path: "/inspect", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "" },
    },
    isBase64Encoded: false,
  }),
  worker: () => ({ Records: [] }),
  producer: () => ({ kind: "sweep", time: new Date().toISOString() }),
};

/** Runs one of the functions under Node's inspector, and configures it as it was at the end. */
export class Breakpoints {
  private opened: InspectedFunction | undefined;
  /** As Terraform has applied it; Ctrl-C ends esbuild too, so that it is built before. */
  private applied: Uint8Array | undefined;

  constructor(private readonly name: InspectedName) {}

  /** The bundle of a function; of the inspected one with names of variables, and its source map in it. */
  async bundle(name: FunctionName): Promise<FunctionBundle> {
    return name === this.name ? debuggable(await bundleFunction(name, [], true), root) : bundleFunction(name);
  }

  async open(
    { target, config }: { readonly target: LocalTarget; readonly config: EnvironmentConfig },
    functions: readonly DeployedFunction<FunctionName>[],
    print: (line: string) => void,
  ): Promise<void> {
    const deployed = functions.find(({ name }) => name === this.name);
    if (deployed === undefined) throw new Error(`Expected the deployed function ${this.name}, found none`);
    const queueUrls = consumedQueues(this.name).map(
      (queue) => `${target.endpoint}/${target.accountId}/${namePrefix(config)}-${queues[queue].name}`,
    );
    this.applied = (await bundleFunction(this.name)).code;
    const { code } = await this.bundle(this.name);
    const settings = temporarySettings(localClientConfig(target));
    const options = {
      target,
      settings,
      deployed,
      port: ports[this.name],
      queueUrls,
      event: events[this.name](),
    };
    this.opened = await InspectedFunction.open(options, code);
    print(
      `Inspecting ${this.name}: attach to ${this.opened.address} (in Visual Studio Code: "Attach to ${this.name}").`,
    );
  }

  /** After an update of the code. */
  async restart(): Promise<void> {
    await this.opened?.warm();
  }

  async close(): Promise<void> {
    if (this.applied !== undefined) await this.opened?.restore(this.applied);
  }
}
