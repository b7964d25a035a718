import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import * as z from "zod";
import { schedules } from "../../deploy/20_infra/schedules";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { liveAlias, naming } from "../../deploy/shared/naming";
import { textTable } from "../../packages/command-line/src/table";
import { failOver, type FailedOver, type ServiceRegion } from "../../packages/region-failover/src/failover";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { secondRegionOf } from "../bootstrap/standby-account";
import { messageOf, userError } from "../core/errors";
import type { Target } from "../core/target";
import { invokeFunction } from "../release/invoke-function";
import { eventSources } from "./service-control";

const takeOver = z.object({ lost: z.number(), sent: z.number() });

/** One region of the service, as a failover uses it. */
function regionOf(account: EnvironmentAccount): ServiceRegion {
  const { config, client } = account;
  const nameOf = naming(config);
  const lambda = new LambdaClient(client);
  const api = { FunctionName: nameOf("api") };
  const enabledRules = new Set(
    schedules(config.infra)
      .filter(({ enabled }) => enabled)
      .map(({ name }) => nameOf(name)),
  );
  return {
    name: config.core.region,
    stop: async (reason) => {
      // First the API, so that nothing is accepted that would wait. Its health check fails, and the name leads to the other region.
      await lambda.send(new PutFunctionConcurrencyCommand({ ...api, ReservedConcurrentExecutions: 0 }));
      await eventSources(account).pause(reason);
    },
    start: async () => {
      const reserved = config.app.api.reserved_concurrency;
      await (reserved === undefined
        ? lambda.send(new DeleteFunctionConcurrencyCommand(api))
        : lambda.send(new PutFunctionConcurrencyCommand({ ...api, ReservedConcurrentExecutions: reserved })));
      // What tfvars disable stays disabled.
      await eventSources(account).start(({ kind, name }) => kind === "mapping" || enabledRules.has(name));
    },
    takeOver: async (queuedBefore) => {
      const event = {
        ...{ kind: "sweep", time: new Date().toISOString(), failover: true },
        queuedBefore: queuedBefore.toISOString(),
      };
      const result = await invokeFunction(lambda, nameOf("producer"), liveAlias, event);
      return result === undefined || result === null ? undefined : takeOver.parse(result);
    },
  };
}

export interface RegionStatus {
  readonly region: string;
  readonly role: "first" | "second";
  /** Undefined when the region does not respond. */
  readonly accepts?: boolean | undefined;
  readonly mappings?: string | undefined;
  readonly rules?: string | undefined;
  /** The states of the table's copies, as this region sees them. */
  readonly replicas?: Readonly<Record<string, string>> | undefined;
  readonly error?: string;
}

/** Which region works, and how the table's copies are; a region that does not respond is reported so. */
export async function recoveryStatus(account: EnvironmentAccount): Promise<readonly RegionStatus[]> {
  const both = [account, secondRegionOf(account)];
  const statuses = await Promise.all(
    both.map(async (each, index): Promise<RegionStatus> => {
      const named = { region: each.config.core.region, role: index === 0 ? "first" : "second" } as const;
      try {
        return { ...named, ...(await regionStatus(each)) };
      } catch (error) {
        return { ...named, error: messageOf(error) };
      }
    }),
  );
  console.log(
    textTable([
      ["region", "", "accepts", "mappings", "rules", "copies of the table"],
      ...statuses.map(({ region, role, accepts, mappings = "-", rules = "-", replicas = {}, error }) => [
        ...[region, role, error ?? (accepts ? "yes" : "no"), mappings, rules],
        Object.entries(replicas)
          .map(([name, state]) => `${name} ${state}`)
          .join(", "),
      ]),
    ]),
  );
  return statuses;
}

async function regionStatus(account: EnvironmentAccount) {
  const nameOf = naming(account.config);
  const [limit, sources, table] = await Promise.all([
    new LambdaClient(account.client).send(new GetFunctionConcurrencyCommand({ FunctionName: nameOf("api") })),
    eventSources(account).list(),
    new DynamoDBClient(account.client).send(new DescribeTableCommand({ TableName: nameOf("tasks") })),
  ]);
  const on = (kind: "mapping" | "rule") => {
    const all = sources.filter((source) => source.kind === kind);
    return `${all.filter(({ enabled }) => enabled).length} of ${all.length} on`;
  };
  const replicas = (table.Table?.Replicas ?? []).map(
    ({ RegionName = "", ReplicaStatus = "" }) => [RegionName, ReplicaStatus] as const,
  );
  return {
    accepts: limit.ReservedConcurrentExecutions !== 0,
    mappings: on("mapping"),
    rules: on("rule"),
    replicas: Object.fromEntries(replicas),
  };
}

interface MoveOptions {
  /** Whether the region that is left does not respond. */
  readonly isLost: boolean;
  readonly settleSeconds: number;
}

/** The second region takes over from the first. */
export async function failOverTo(target: Target, options: MoveOptions): Promise<FailedOver> {
  const { account, confirm } = target;
  const standby = secondRegionOf(account);
  await confirm(questionOf(account.config, standby.config, options.isLost));
  return move(account, standby, options);
}

/** The first region takes over again. */
export async function failBack(target: Target, options: MoveOptions): Promise<FailedOver> {
  const { account, confirm } = target;
  const standby = secondRegionOf(account);
  await confirm(questionOf(standby.config, account.config, options.isLost));
  return move(standby, account, options);
}

/** Fails over, and back. */
export async function drill(target: Target, options: MoveOptions): Promise<readonly FailedOver[]> {
  const { account, confirm } = target;
  const standby = secondRegionOf(account);
  await confirm(`${questionOf(account.config, standby.config, false)} And back?`);
  const over = await move(account, standby, options);
  return [over, await move(standby, account, options)];
}

const questionOf = (from: EnvironmentConfig, to: EnvironmentConfig, isLost: boolean) =>
  `${isLost ? `Leave ${from.core.region} as it is` : `Stop ${from.core.region}`}, and have ${to.core.region} accept and run the tasks of ${to.name}?`;

async function move(
  from: EnvironmentAccount,
  to: EnvironmentAccount,
  { isLost, settleSeconds }: MoveOptions,
) {
  const moved = await failOver({
    ...{ from: regionOf(from), to: regionOf(to), isLost },
    settleMilliseconds: settleSeconds * 1_000,
    leaseMilliseconds: from.config.infra.task_queue.worker_timeout_seconds * 1_000,
    report: (line) => {
      console.log(`  ${line}`);
    },
  }).catch((cause: unknown) => {
    throw userError(
      `The failover from ${from.config.core.region} to ${to.config.core.region} has failed: ${messageOf(cause)}`,
      "two regions that respond, or --lost for one that does not",
      "repeat the command: what it has done stays done",
      cause,
    );
  });
  const { stop, start, takeOver: taken } = moved.milliseconds;
  console.log(
    `  ${moved.to} works: stopped in ${stop} ms, started in ${start} ms, ${moved.takenOver} tasks taken over in ${taken} ms`,
  );
  return moved;
}
