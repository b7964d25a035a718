import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { root } from "../../../../scripts/build/paths";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { InspectorClient } from "../../../support/inspector-client";
import { devPrefix } from "../../../support/names";
import { RunningScript } from "../../../support/running-script";

const handler = "functions/worker/handlers/echo.ts";
/** The line of the handler, from 1. */
const handlerLine = () =>
  readFileSync(join(root, handler), "utf8")
    .split("\n")
    .findIndex((line) => line.includes("Promise.resolve({ message })")) + 1;

const script = z.looseObject({ scriptId: z.string(), url: z.string(), sourceMapURL: z.string() });
const paused = z.looseObject({
  callFrames: z
    .array(
      z.looseObject({
        callFrameId: z.string(),
        location: z.looseObject({ lineNumber: z.number(), columnNumber: z.number() }),
      }),
    )
    .min(1),
});
const evaluated = z.looseObject({ result: z.looseObject({ value: z.unknown() }) });

/** The source map in the comment of a script. */
function mapOf({ sourceMapURL }: z.output<typeof script>): SourceMapPayload {
  const [, encoded = ""] = /^data:application\/json;base64,(.*)$/.exec(sourceMapURL) ?? [];
  return JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as SourceMapPayload;
}

/** The generated position, from 0, of the handler's call in a source line. */
function generatedPosition(map: SourceMap, code: string, source: string, line: number) {
  for (const { index } of code.matchAll(/Promise\.resolve\(/g)) {
    const before = code.slice(0, index).split("\n");
    const [lineNumber, columnNumber] = [before.length - 1, before.at(-1)?.length ?? 0];
    const found = map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in found)) continue;
    if (found.originalSource === source && found.originalLine === line - 1)
      return { lineNumber, columnNumber };
  }
  throw new Error(`Expected a mapping to ${source}:${line}`);
}

/** `npm run dev -- --inspect worker`. */
export function breakpointSteps(e2e: () => E2eEnvironment): void {
  const configuration = async () => {
    const { Timeout, Environment } = await e2e().account.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: `${devPrefix}-worker`, Qualifier: "live" }),
    );
    const { Attributes } = await e2e().account.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: e2e().service.tasks.url,
        AttributeNames: ["VisibilityTimeout"],
      }),
    );
    return { Timeout, variables: Environment?.Variables, visibility: Attributes?.VisibilityTimeout };
  };

  test("a debugger stops in a handler's source line, reads a local, and the task succeeds", async () => {
    const before = await configuration();
    const { home, port } = e2e().local;
    await e2e().local.stop();
    const env = { ...process.env, LOCAL_CLOUD_HOME: home.folder, LOCAL_CLOUD_PORT: String(port) };
    const dev = new RunningScript({ env }, "dev", "--inspect", "worker");
    try {
      const [, address = ""] = await dev.prints(/Inspecting worker: attach to (\S+)/, 300);
      const client = await InspectorClient.attach(address);
      await client.call("Debugger.enable");
      const bundle = await bundleOf(client);
      const { scriptSource } = z
        .looseObject({ scriptSource: z.string() })
        .parse(await client.call("Debugger.getScriptSource", { scriptId: bundle.scriptId }));
      const map = new SourceMap(mapOf(bundle));
      const source = pathToFileURL(join(root, handler)).href;
      const position = generatedPosition(map, scriptSource, source, handlerLine());
      await client.call("Debugger.setBreakpoint", { location: { scriptId: bundle.scriptId, ...position } });

      const { id } = await e2e().service.api.create("echo", { message: "stop here" });
      const { callFrames } = paused.parse(await client.event("Debugger.paused", 120));
      const [frame] = callFrames;
      const { lineNumber = 0, columnNumber = 0 } = frame?.location ?? {};
      expect(map.findEntry(lineNumber, columnNumber)).toMatchObject({
        originalSource: source,
        originalLine: handlerLine() - 1,
      });
      const local = await client.call("Debugger.evaluateOnCallFrame", {
        callFrameId: frame?.callFrameId,
        expression: "message",
      });
      expect(evaluated.parse(local).result.value).toBe("stop here");
      expect((await e2e().service.api.get(id)).state).toBe("running");
      await client.call("Debugger.resume");
      expect(await e2e().service.api.until(id, "succeeded", 60)).toMatchObject({ attempts: 1 });
      client.close();
    } finally {
      await dev.interrupt();
      await e2e().local.open();
    }
    expect(await configuration()).toEqual(before);
  }, 600_000);
}

/** The function's bundle, of the scripts that the process has loaded. */
async function bundleOf(client: InspectorClient): Promise<z.output<typeof script>> {
  for (;;) {
    const found = script.parse(await client.event("Debugger.scriptParsed"));
    if (found.url.endsWith("/index.js") && found.sourceMapURL.startsWith("data:")) return found;
  }
}
