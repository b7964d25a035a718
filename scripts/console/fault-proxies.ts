import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { queues } from "@serverless-tasks/functions/service";
import { naming } from "../../deploy/shared/naming";
import { FaultProxy, type FaultRule, type ServiceCall } from "../../packages/fault-proxy/src/fault-proxy";
import { PostgresFaultProxy } from "../../packages/fault-proxy/src/postgres-fault-proxy";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

export interface FaultProxiesOptions {
  /** Processes whose children, the functions, may be killed. */
  readonly parents: () => readonly number[];
  readonly faultOf: FaultRule;
  /** Called with every call that SQS or the store has performed. */
  readonly performed: (call: ServiceCall) => void;
}

/** Proxies between the functions and SQS, DynamoDB and PostgreSQL. */
export interface FaultProxies {
  /** With these, the functions call the proxies. */
  readonly variables: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Opens the proxies of functions that are configured as Terraform has done. */
export async function openFaultProxies(
  account: EnvironmentAccount,
  { parents, faultOf, performed }: FaultProxiesOptions,
): Promise<FaultProxies> {
  const nameOf = naming(account.config);
  const proxy = new FaultProxy(account.client.endpoint ?? account.endpoint, parents);
  const database = await databaseOf(account, nameOf("worker"));
  const postgres = database && new PostgresFaultProxy(Number(database.port), parents);
  for (const each of [proxy, postgres]) {
    each?.add(faultOf);
    each?.observe(performed);
  }
  const address = await proxy.listen();
  const behind = (queue: string) => `${address}/${account.account}/${nameOf(queue)}`;
  if (database !== undefined && postgres !== undefined) database.host = await postgres.listen();
  return {
    variables: {
      AWS_ENDPOINT_URL_SQS: address,
      AWS_ENDPOINT_URL_DYNAMODB: address,
      TASK_QUEUE_URL: behind(queues.task.name),
      DEAD_LETTER_QUEUE_URL: behind(`${queues.task.name}-dlq`),
      ...(database !== undefined && { DATABASE_URL: database.href }),
    },
    close: async () => {
      await proxy.close();
      await postgres?.close();
    },
  };
}

/** The URL of the local database; undefined where tasks are not in PostgreSQL. */
async function databaseOf({ client }: EnvironmentAccount, FunctionName: string): Promise<URL | undefined> {
  const { Environment } = await new LambdaClient(client).send(
    new GetFunctionConfigurationCommand({ FunctionName }),
  );
  const url = Environment?.Variables?.DATABASE_URL;
  return url === undefined ? undefined : new URL(url);
}
