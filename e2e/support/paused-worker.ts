import {
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
  DeleteFunctionConcurrencyCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

/** Does something while a function may not run: with a reserved concurrency of 0, as an operator would stop it. */
export async function withPausedWorker<T>(
  lambda: LambdaClient,
  FunctionName: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  try {
    return await work();
  } finally {
    const { ReservedConcurrentExecutions } = before;
    if (ReservedConcurrentExecutions === undefined) {
      await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    } else
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  }
}
