import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import * as z from "zod";
import { synthesizedExample } from "../../deploy/testing/environments";
import { runtime } from "../../deploy/30_app/lambda/runtime";
import { lambdaVariables } from "../../packages/lambda-runtime/src/lambda-variables";

const functionResource = z.object({
  handler: z.string(),
  memory_size: z.number(),
  logging_config: z.object({ application_log_level: z.string() }),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});

/** Environment variables of Lambda and of the synthesized function, with placeholders for outputs of other stacks. */
export async function lambdaEnvironment(
  service: "api" | "worker" | "producer",
  endpoint: string,
): Promise<Record<string, string>> {
  // With the sizes of an example, so that results are comparable whatever tfvars have, and without the parts that are off
  // by default.
  const { app, config } = await synthesizedExample("prod", { infra: { domain: undefined, edge: undefined } });
  const resource = app
    .all("aws_lambda_function")
    .map((found) => functionResource.parse(found))
    .find(({ environment: { variables } }) => variables.SERVICE_NAME === service);
  if (resource === undefined) throw new Error(`Expected a function ${service} in the app stack, found none`);
  const { region } = config.core;
  const variables = Object.entries(resource.environment.variables).map(
    ([name, value]) => [name, value.includes("${") ? placeholder(name, endpoint) : value] as const,
  );
  const { memory_size, logging_config } = resource;
  return {
    ...lambdaVariables("bench", memory_size, region, logging_config.application_log_level),
    AWS_ENDPOINT_URL: endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    ...Object.fromEntries(variables),
  };
}

/** The value of a variable that is known only after an apply. */
function placeholder(name: string, endpoint: string): string {
  const known: Readonly<Record<string, string>> = {
    TASK_QUEUE_URL: `${endpoint}/111111111111/bench-tasks`,
    DEAD_LETTER_QUEUE_URL: `${endpoint}/111111111111/bench-tasks-dlq`,
    TABLE_NAME: "bench-tasks",
    SECRET_ARNS: JSON.stringify(
      Object.fromEntries(taskSecrets.map((name) => [name, "arn:aws:secretsmanager:bench"])),
    ),
  };
  const value = known[name];
  if (value === undefined)
    throw new Error(`Expected a placeholder for ${name} in bench/src/lambda-environment.ts`);
  return value;
}
