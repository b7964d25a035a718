import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { InvokeCommand, LambdaClient, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { reproducibleZip } from "../../lambda-layer/src/zip";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";
import { publishCode, type DeployedFunction } from "./live-code";
import type { TemporarySettings } from "./temporary-settings";

/** Lambda's longest: the emulator kills a function at its timeout, also while it is paused. */
const timeoutSeconds = 900;
/** A message whose function is paused is not delivered to another one. */
const visibilitySeconds = timeoutSeconds + 60;
const listenMilliseconds = 15_000;
/** Opens the inspector; NODE_OPTIONS with --inspect would leave the port to the oldest process. */
const preload = join(__dirname, "..", "bin", "open-inspector.cjs");

export interface InspectOptions {
  readonly target: LocalTarget;
  readonly settings: TemporarySettings;
  readonly deployed: DeployedFunction;
  /** Of Node's inspector, on loopback. */
  readonly port: number;
  /** Queues whose messages the function gets. */
  readonly queueUrls: readonly string[];
  /** An event that starts the function's process, and changes nothing. */
  readonly event: object;
}

interface Bundle {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
}

const mapFile = z.looseObject({ sources: z.array(z.string()) });

/**
 * The code with its source map, in which sources have absolute addresses: an editor sets breakpoints in them.
 * @param root the folder that the map's sources are relative to
 */
export function debuggable<Given extends Bundle>(bundle: Given, root: string): Given {
  const map = mapFile.parse(JSON.parse(Buffer.from(bundle.sourceMap).toString("utf8")));
  const base = `${pathToFileURL(root).href}/`;
  const sources = map.sources.map((source) => new URL(source, base).href);
  const encoded = Buffer.from(JSON.stringify({ ...map, sources })).toString("base64");
  const comment = `\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
  return { ...bundle, code: Buffer.concat([Buffer.from(bundle.code), Buffer.from(comment)]) };
}

/** A function on the emulator that runs under Node's inspector, until it is restored. */
export class InspectedFunction {
  private readonly lambda: LambdaClient;

  private constructor(private readonly options: InspectOptions) {
    this.lambda = new LambdaClient(localClientConfig(options.target));
  }

  /**
   * Publishes the code under the inspector, and starts the function's process.
   * @returns the function; the inspector listens
   */
  static async open(options: InspectOptions, code: Uint8Array): Promise<InspectedFunction> {
    const opened = new InspectedFunction(options);
    try {
      await opened.start(code);
      return opened;
    } catch (error) {
      await options.settings.restore();
      throw error;
    }
  }

  /** What an editor attaches to. */
  get address(): string {
    return `127.0.0.1:${this.options.port}`;
  }

  /** Starts a process of the live version, which takes the inspector's port. */
  async warm(): Promise<void> {
    const { deployed, event } = this.options;
    await this.lambda.send(
      new InvokeCommand({
        FunctionName: deployed.deployedAs,
        Qualifier: "live",
        Payload: JSON.stringify(event),
      }),
    );
  }

  /**
   * Configures the function and its queues as they were.
   * @param code that the next version would have; the live one is what it was
   */
  async restore(code: Uint8Array): Promise<void> {
    const ZipFile = await reproducibleZip({ "index.js": code });
    await this.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: this.options.deployed.deployedAs, ZipFile }),
    );
    await this.options.settings.restore();
  }

  private async start(code: Uint8Array): Promise<void> {
    const { deployed, queueUrls, port, settings } = this.options;
    const variables = {
      NODE_OPTIONS: `--require ${JSON.stringify(preload)} --enable-source-maps`,
      LOCAL_CLOUD_INSPECT: String(port),
    };
    await settings.apply(
      { [deployed.deployedAs]: { timeoutSeconds, variables } },
      Object.fromEntries(queueUrls.map((url) => [url, visibilitySeconds])),
    );
    await publishCode(this.lambda, deployed.deployedAs, code);
    await this.warm();
    await this.untilListening();
  }

  private async untilListening(): Promise<void> {
    const end = Date.now() + listenMilliseconds;
    for (;;) {
      const response = await fetch(`http://${this.address}/json/version`).catch(() => undefined);
      if (response?.ok === true) return;
      if (Date.now() > end)
        throw new Error(
          `The inspector of ${this.options.deployed.name} does not listen on ${this.address}: is the port used by another process?`,
        );
      await delay(100);
    }
  }
}
