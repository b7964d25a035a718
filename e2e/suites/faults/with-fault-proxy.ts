import { layerOutputs } from "../../support/outputs";
import type { E2eEnvironment } from "../../support/e2e-environment";
import { Campaign, visibilitySeconds, workerTimeoutSeconds } from "./campaign";
import type { FaultKind } from "./fault-kind";
import type { FaultOutcome } from "./fault-outcome";
import { FaultProxy } from "../../../packages/fault-proxy/src/fault-proxy";
import { FunctionChanges } from "./function-changes";

/** Runs work while the functions of the deployed service call AWS through the fault proxy. */
export async function withFaultProxy<T>(
  e2e: E2eEnvironment,
  work: (campaign: Campaign) => Promise<T>,
): Promise<T> {
  const { cloud, home } = e2e.local;
  const output = await layerOutputs(cloud, home, "infra");
  const functions = new FunctionChanges(e2e.account.lambda, cloud.config.name);
  const proxy = new FaultProxy(cloud.target.endpoint, () => [e2e.local.cloud.emulator.pid, process.pid]);
  try {
    const address = await proxy.listen();
    const campaign = new Campaign(e2e, proxy, address, functions);
    // The SDK calls SQS at the URL of the queue, not at the configured endpoint.
    const behindProxy = (url: string) => new URL(new URL(output(url)).pathname, address).href;
    const variables = {
      REDELIVERY_SECONDS: String(visibilitySeconds),
      TASK_QUEUE_URL: behindProxy("task_queue_url"),
      DEAD_LETTER_QUEUE_URL: behindProxy("task_dead_letter_queue_url"),
    };
    return await functions.behindProxy(address, { workerTimeoutSeconds, variables }, () =>
      e2e.service.tasks.withVisibilityTimeout(visibilitySeconds, () => work(campaign)),
    );
  } finally {
    await proxy.close();
  }
}

/** Runs a kind of fault without its protection: the negative control. */
export const runUnprotected = (campaign: Campaign, kind: FaultKind): Promise<FaultOutcome> =>
  campaign.functions.withMutation(kind.protection, () => kind.run(campaign, kind.sizes.control));
