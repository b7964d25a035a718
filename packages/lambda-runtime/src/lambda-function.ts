import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Duplex } from "node:stream";
import { RuntimeApi, type Report } from "./runtime-api";
import type { Runtime } from "./runtimes";

export interface FunctionSettings {
  readonly runtime: Runtime;
  /** Folder of the runtime client; see `writeRuntime`. */
  readonly runtimeFolder: string;
  /** Folder of the function's zip. */
  readonly taskRoot: string;
  /** Folder of the layer's zip. */
  readonly opt?: string;
  /** Flags of Node.js. */
  readonly flags: readonly string[];
  readonly timeoutSeconds: number;
  /** Variables that Lambda sets, and those of the function's configuration. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Much longer than a test needs. */
const processTimeoutMilliseconds = 300_000;

/** The result of an invocation, with the log lines. */
export type Outcome = Report & { readonly log: readonly string[] };

const functionArn = "arn:aws:lambda:us-east-1:111111111111:function:function:live";

/** A function with at most one instance: a process that is started for an event if none is running. */
export class LambdaFunction {
  private readonly folder = mkdtempSync(join(tmpdir(), "lambda-"));
  private readonly logFile = join(this.folder, "log");
  /** Unlike a pipe, a file has all output as soon as it is written. */
  private readonly log = openSync(this.logFile, "a+");
  private logged = 0;
  private instance: Instance | undefined;

  constructor(private readonly settings: FunctionSettings) {}

  async invoke(event: unknown, requestId: string, traceId?: string): Promise<Outcome> {
    const report = await this.report(event, requestId, traceId);
    return { ...report, log: this.newLines() };
  }

  /** Ends the process, as Lambda does after a time without events. */
  async stop(): Promise<void> {
    await this.instance?.end();
    closeSync(this.log);
    rmSync(this.folder, { recursive: true });
  }

  private async report(event: unknown, requestId: string, traceId: string | undefined): Promise<Report> {
    const instance = (this.instance ??= await Instance.start(this.settings, this.log));
    const milliseconds = this.settings.timeoutSeconds * 1000;
    const deadline = Date.now() + milliseconds;
    const timer = new AbortController();
    const end = await Promise.race([
      instance.api.invoke({ requestId, event, deadline, traceId, functionArn }),
      instance.ended,
      setTimeout(milliseconds, "timed out" as const, { signal: timer.signal }),
    ]);
    timer.abort();
    if (end !== undefined) {
      await instance.end();
      this.instance = undefined;
    }
    if (end === "timed out") return timeout(requestId, this.settings.timeoutSeconds);
    return instance.api.report ?? exit(requestId, instance.process);
  }

  private newLines(): string[] {
    const text = readFileSync(this.logFile).subarray(this.logged);
    this.logged += text.length;
    return text
      .toString()
      .split("\n")
      .filter((line) => line !== "");
  }
}

/** A process of a function, with its Runtime API. */
class Instance {
  readonly ended: Promise<"ended">;

  private constructor(
    readonly api: RuntimeApi,
    readonly process: ChildProcess,
  ) {
    this.ended = once(process, "close").then(() => "ended");
  }

  /** Starts a process and waits until it requests its first event, or ends. */
  static async start(settings: FunctionSettings, log: number): Promise<Instance> {
    const { runtime, runtimeFolder, taskRoot, opt, flags, environment } = settings;
    const api = await RuntimeApi.start();
    const process = spawn(runtime.node, [...flags, join(runtimeFolder, "index.mjs")], {
      cwd: taskRoot,
      env: {
        ...environment,
        AWS_EXECUTION_ENV: `AWS_Lambda_${runtime.identifier}`,
        AWS_LAMBDA_RUNTIME_API: api.address,
        LAMBDA_RUNTIME_DIR: runtimeFolder,
        LAMBDA_TASK_ROOT: taskRoot,
        _HANDLER: "index.handler",
        ...(opt !== undefined && { NODE_PATH: join(opt, "nodejs", "node_modules") }),
      },
      stdio: ["ignore", log, log, "pipe"],
      timeout: processTimeoutMilliseconds,
      killSignal: "SIGKILL",
    });
    const instance = new Instance(api, process);
    api.serve(process.stdio[3] as Duplex);
    await Promise.race([api.untilIdle(), instance.ended]);
    return instance;
  }

  async end(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
    this.api.stop();
  }
}

const timeout = (requestId: string, seconds: number): Report =>
  platformError("Sandbox.Timedout", requestId, `Task timed out after ${seconds.toFixed(2)} seconds`);

const exit = (requestId: string, { exitCode, signalCode }: ChildProcess): Report => {
  const reason = exitCode === null ? `signal: ${String(signalCode)}` : `exit status ${exitCode}`;
  return platformError("Runtime.ExitError", requestId, `Runtime exited with error: ${reason}`);
};

/** An error that Lambda reports, since the runtime client cannot. */
const platformError = (errorType: string, requestId: string, message: string): Report => ({
  error: { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` },
  phase: "invocation",
});
