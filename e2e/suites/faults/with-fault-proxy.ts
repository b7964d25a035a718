import { localDatabaseUrl } from "../../../deploy/emulator/adapt-database";
import { localStoreVariables } from "../../../deploy/emulator/local-store";
import { layerOutputs } from "../../support/outputs";
import type { E2eEnvironment } from "../../support/e2e-environment";
import { Campaign } from "./campaign";
import type { FaultKind } from "./fault-kind";
import type { FaultOutcome } from "./fault-outcome";
import { FaultProxy } from "../../../packages/fault-proxy/src/fault-proxy";
import { PostgresFaultProxy } from "../../../packages/fault-proxy/src/postgres-fault-proxy";
import { FunctionChanges } from "./function-changes";
import { dynamodbFaults } from "./stores/dynamodb-faults";
import { postgresFaults } from "./stores/postgres-faults";

/** Longer than the worker's timeout, as in production, but shorter, so that messages are delivered again sooner. */
const visibilitySeconds = 6;
const workerTimeoutSeconds = 3;

/** Runs work while the functions of the deployed service call AWS, and PostgreSQL, through fault proxies. */
export async function withFaultProxy<T>(
  e2e: E2eEnvironment,
  work: (campaign: Campaign) => Promise<T>,
): Promise<T> {
  const { cloud, home } = e2e.local;
  const output = await layerOutputs(cloud, home, "infra");
  const functions = new FunctionChanges(e2e.account.lambda, cloud.config.name);
  const parents = () => [e2e.local.cloud.emulator.pid, process.pid];
  const proxy = new FaultProxy(cloud.target.endpoint, parents);
  const server = cloud.env[localStoreVariables.address];
  const postgres =
    server === undefined ? undefined : new PostgresFaultProxy(Number(server.split(":")[1]), parents);
  try {
    const address = await proxy.listen();
    const store = postgres === undefined ? dynamodbFaults(proxy) : postgresFaults(postgres, e2e.local);
    const campaign = new Campaign(e2e, proxy, address, functions, store, postgres);
    // The SDK calls SQS at the URL of the queue, not at the configured endpoint.
    const behindProxy = (url: string) => new URL(new URL(output(url)).pathname, address).href;
    const variables = {
      REDELIVERY_SECONDS: String(visibilitySeconds),
      TASK_QUEUE_URL: behindProxy("task_queue_url"),
      DEAD_LETTER_QUEUE_URL: behindProxy("task_dead_letter_queue_url"),
      ...(postgres !== undefined && { DATABASE_URL: localDatabaseUrl(await postgres.listen()) }),
    };
    return await functions.behindProxy(address, { workerTimeoutSeconds, variables }, () =>
      e2e.service.tasks.withVisibilityTimeout(visibilitySeconds, () => work(campaign)),
    );
  } finally {
    await proxy.close();
    await postgres?.close();
  }
}

/** Runs a kind of fault without its protection: the negative control. */
export const runUnprotected = (campaign: Campaign, kind: FaultKind): Promise<FaultOutcome> =>
  campaign.functions.withMutation(kind.protection, () => kind.run(campaign, kind.sizes.control));
