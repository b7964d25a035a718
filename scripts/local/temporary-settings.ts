import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { liveAlias } from "../../deploy/shared/naming";
import type { ClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { localPaths, type LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { TemporarySettings } from "../../packages/local-cloud/src/temporary-settings";

/** The settings that functions and queues of the local cloud have for a time: under faults, or with breakpoints. */
export const temporarySettings = (
  client: ClientConfig,
  paths: Pick<LocalPaths, "temporarySettings"> = localPaths(),
): TemporarySettings =>
  new TemporarySettings({
    lambda: new LambdaClient(client),
    sqs: new SQSClient({ ...client, useQueueUrlAsEndpoint: false }),
    alias: liveAlias,
    file: paths.temporarySettings,
  });
