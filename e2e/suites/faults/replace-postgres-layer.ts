import {
  GetFunctionConfigurationCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { moveLive } from "../../../packages/local-cloud/src/live-code";

/** Publishes another version of the layer of PostgreSQL for functions that have one. Others do not store tasks there. */
export async function replacePostgresLayer(
  lambda: LambdaClient,
  prefix: string,
  functions: readonly string[],
  ZipFile: Uint8Array,
): Promise<void> {
  const LayerName = `${prefix}-postgres`;
  let published: string | undefined;
  for (const name of functions) {
    const FunctionName = `${prefix}-${name}`;
    const { Layers = [] } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const arns = Layers.map(({ Arn = "" }) => Arn);
    const isReplaced = (arn: string) => arn.includes(`:layer:${LayerName}:`);
    if (!arns.some(isReplaced)) continue;
    published ??= (await lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile } })))
      .LayerVersionArn;
    const replacing = published ?? "";
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Layers: arns.map((arn) => (isReplaced(arn) ? replacing : arn)),
      }),
    );
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    await moveLive(lambda, FunctionName, Version);
  }
}
