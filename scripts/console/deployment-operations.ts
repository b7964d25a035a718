import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { functionNames } from "@serverless-tasks/functions/service";
import { liveAlias, naming } from "../../deploy/shared/naming";
import type { ConsoleService } from "../../packages/console/src/endpoints";
import type { Jobs } from "../../packages/console/src/jobs";
import type { NodeCount, StatusResult } from "../../packages/console/src/model";
import { deployedReleases, rollbackTarget } from "../../packages/lambda-release/src/rollback";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { root } from "../build/paths";
import { drawing } from "../documents/diagram/render";
import { rollBackRelease } from "../operations/releases";
import { serviceStatus } from "../operations/service-control";
import { functionCounts } from "./metrics";
import { queueViews } from "./monitoring-operations";
import { AppliedResources, drawnNodes } from "./resources";

/** Counts at the nodes of the drawing. */
function countsOf(
  { config }: EnvironmentAccount,
  { queues, functions, sources, alarms }: StatusResult,
  calls: Awaited<ReturnType<typeof functionCounts>>,
): Record<string, NodeCount[]> {
  const nameOf = naming(config);
  const queue = (name: string): NodeCount[] => {
    const found = queues.find((each) => each.name === nameOf(name));
    const isDead = name.endsWith("-dlq");
    return [
      { label: "visible", value: found?.visible ?? 0, isProblem: isDead && (found?.visible ?? 0) > 0 },
      { label: "in flight", value: found?.inFlight ?? 0 },
    ];
  };
  const lambda = (name: string): NodeCount[] => {
    const { invocations = 0, errors = 0 } = calls.get(name) ?? {};
    const version = functions.find((each) => each.name === nameOf(name))?.live?.version;
    const ofFunction = alarms.filter((alarm) => alarm.name.includes(`-${name}-`) && alarm.state === "ALARM");
    return [
      { label: "calls", value: invocations },
      { label: "errors", value: errors, isProblem: errors > 0 },
      { label: "live version", value: Number(version ?? 0) },
      ...(ofFunction.length > 0 ? [{ label: "alarms", value: ofFunction.length, isProblem: true }] : []),
    ];
  };
  const rules = sources.filter(({ kind }) => kind === "rule");
  const inAlarm = alarms.filter(({ state }) => state === "ALARM").length;
  return {
    http: [{ label: "requests", value: calls.get("api")?.invocations ?? 0 }],
    rules: [
      { label: "rules", value: rules.length },
      { label: "off", value: rules.filter(({ enabled }) => !enabled).length },
    ],
    ...Object.fromEntries(functionNames.map((name) => [name, lambda(name)])),
    ...Object.fromEntries(["tasks", "tasks-dlq", "events-dlq"].map((name) => [name, queue(name)])),
    client: [{ label: "alarms", value: inAlarm, isProblem: inAlarm > 0 }],
  };
}

export function deploymentOperations(
  account: EnvironmentAccount,
  jobs: Jobs,
  options: { readonly aws: boolean },
) {
  const resources = new AppliedResources(account);
  const nodes = drawnNodes(account);
  const lambda = new LambdaClient(account.client);
  const nameOf = naming(account.config);
  let svg: Promise<string> | undefined;
  return {
    architecture: async () => {
      svg ??= drawing("runtime");
      const [drawn, all, status, calls] = await Promise.all([
        svg,
        // An operator may be allowed to read the service, and not the states.
        resources.list().catch(() => []),
        queueViews(account),
        functionCounts(account).catch(() => new Map<string, never>()),
      ]);
      const counts = countsOf(account, status, calls);
      return {
        svg: drawn,
        nodes: Object.fromEntries(
          Object.entries(nodes).map(([name, { title, draws, sources, function: of }]) => [
            name,
            {
              ...{ title, sources, counts: counts[name] ?? [], function: of },
              resources: all.filter(draws).map(({ address }) => address),
            },
          ]),
        ),
      };
    },
    resource: ({ address }) => resources.get(address),
    deployments: async () => {
      const [status, deployed] = await Promise.all([
        serviceStatus(account),
        deployedReleases(lambda, liveAlias, functionNames.map(nameOf)),
      ]);
      return {
        layers: status.deployments,
        functions: functionNames.map((name) => ({
          ...{ name, live: deployed.live[nameOf(name)], published: deployed.published[nameOf(name)] },
        })),
        releases: deployed.releases.map((release) => ({
          ...release,
          isLive: release.number === deployed.liveRelease,
        })),
        target: targetOf(deployed),
      };
    },
    "deployments/plan": () =>
      Promise.resolve(jobs.start("plan", ({ print }) => plan(account.config.name, options.aws, print))),
    "deployments/rollback": async ({ release, reason }) => {
      const target = { account, yes: true, confirm: () => Promise.resolve() };
      const { release: live } = await rollBackRelease(target, { release, reason, dryRun: false });
      return { release: live.number };
    },
  } satisfies Partial<ConsoleService>;
}

function targetOf(deployed: Parameters<typeof rollbackTarget>[0]): number | undefined {
  try {
    return rollbackTarget(deployed).number;
  } catch {
    return undefined;
  }
}

/** Runs the command `plan` in a process of its own: synthesis takes seconds of CPU, and Terraform is another program. */
async function plan(environment: string, aws: boolean, print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "console-plan-"));
  const command = ["plan", environment, "--out", folder, ...(aws ? ["--aws"] : [])];
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "scripts", "cli.ts"), ...command], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", print);
    await once(child, "close");
    if (child.exitCode !== 0) throw new Error(`plan ended with exit code ${child.exitCode ?? "none"}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
