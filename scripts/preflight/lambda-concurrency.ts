import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  LambdaClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import { displayPath, tfvarsPath } from "../../deploy/config/environments";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { naming } from "../../deploy/shared/naming";
import { functionNames } from "../build/paths";
import type { ClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { CommandError, messageOf } from "../core/errors";

/**
 * Concurrency that Lambda keeps for functions without a reservation. It refuses a reservation that leaves less, which fails
 * in the middle of an apply: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const unreservedMinimum = 100;

export interface ConcurrencyTarget {
  readonly config: EnvironmentConfig;
  readonly client: ClientConfig;
}

/**
 * Compares the account's quota of concurrent executions with what tfvars reserve.
 * @returns the error to show, undefined when the quota is sufficient or nothing is reserved
 * @throws {CommandError} when the quota cannot be read
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
    return quota < needed ? quotaTooSmall({ config, quota, needed, wanted, byOthers }) : undefined;
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

/** Undefined for a function that is not deployed yet. */
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

interface Shortage {
  readonly config: EnvironmentConfig;
  readonly quota: number;
  readonly needed: number;
  /** Reserved by this environment's tfvars. */
  readonly wanted: number;
  /** Reserved by other functions of the account. */
  readonly byOthers: number;
}

/** Lambda's quota "Concurrent executions". */
const quotaCode = "L-B99A9384";

const quotaTooSmall = ({ config, quota, needed, wanted, byOthers }: Shortage) => {
  const file = displayPath(tfvarsPath("app", config.name, "terraform"));
  const others = byOthers > 0 ? `${byOthers} reserved by other functions, ` : "";
  return new CommandError(
    [
      `The account's quota of concurrent Lambda executions is ${quota}; ${config.name} needs ${needed}.`,
      `  expected  ${wanted} reserved in ${file}, ${others}${unreservedMinimum} that Lambda keeps unreserved`,
      `  next      request it, which AWS grants in hours or days, or lower reserved_concurrency:`,
      `            aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${quotaCode} \\`,
      `              --desired-value ${needed} --region ${config.core.region}`,
    ].join("\n"),
  );
};

const quotaUnreadable = (cause: unknown) =>
  new CommandError(
    [
      `The account's quota of concurrent Lambda executions could not be read: ${messageOf(cause)}`,
      "  expected  the permissions lambda:GetAccountSettings and lambda:GetFunction",
      "  next      apply core as an administrator, which gives them to the plan and deploy roles",
    ].join("\n"),
    { cause },
  );
