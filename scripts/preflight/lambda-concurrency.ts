import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  LambdaClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { naming } from "../../deploy/shared/naming";
import type { ClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { quotaTooSmall, quotaUnreadable } from "./errors";

/**
 * Concurrency that Lambda keeps for functions without a reservation. It refuses a reservation that leaves less, and the
 * apply ends half-way: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const unreservedMinimum = 100;

const functionNames = ["api", "worker", "producer"] as const;

export interface ConcurrencyTarget {
  readonly config: EnvironmentConfig;
  readonly client: ClientConfig;
}

/**
 * Compares the account's quota of concurrent executions with what tfvars reserve.
 * @returns the error that names what is missing, none when the quota is enough or nothing is reserved
 * @throws {CommandError} when the quota may not be read
 */
export async function concurrencyShortage({ config, client }: ConcurrencyTarget) {
  const wanted = sum(functionNames.map((name) => config.app[name].reserved_concurrency));
  if (wanted === 0) return undefined;
  const lambda = new LambdaClient(client);
  try {
    const { quota, unreserved } = await accountLimit(lambda);
    const nameOf = naming(config);
    const own = sum(await Promise.all(functionNames.map((name) => reservedBy(lambda, nameOf(name)))));
    const byOthers = quota - unreserved - own;
    const needed = wanted + byOthers + unreservedMinimum;
    return quota < needed
      ? quotaTooSmall({ config, quota, needed, wanted, byOthers, unreservedMinimum })
      : undefined;
  } finally {
    lambda.destroy();
  }
}

async function accountLimit(lambda: LambdaClient) {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand()).catch((cause: unknown) => {
    throw quotaUnreadable(cause);
  });
  const { ConcurrentExecutions: quota = 0, UnreservedConcurrentExecutions: unreserved = 0 } =
    AccountLimit ?? {};
  return { quota, unreserved };
}

/** None for a function that is not deployed yet. */
async function reservedBy(lambda: LambdaClient, FunctionName: string): Promise<number | undefined> {
  try {
    const { Concurrency } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    return Concurrency?.ReservedConcurrentExecutions;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw quotaUnreadable(error);
  }
}

const sum = (values: readonly (number | undefined)[]) =>
  values.reduce<number>((total, value = 0) => total + value, 0);
