import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontKeyValueStore } from "@cdktf/provider-aws/lib/cloudfront-key-value-store";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import { edgeRegion } from "../../shared/edge-region";
import { metricsOf, type AlarmDefinitions } from "../../shared/alarms";
import { originSecretName, originStoreName } from "../../shared/edge-names";
import { suppressCheck } from "../../shared/suppression";
import type { EdgeProps } from "./edge-props";
import { originFunctionCode } from "./origin-function";

/**
 * The secret by which the API knows requests of CloudFront. Its value is in Secrets Manager, where the API reads it, and in
 * a key value store, where the function of CloudFront reads it: not in Terraform's state, as an origin's header would be.
 * `npm run cli -- edge` sets both.
 */
export class OriginSecret extends Construct {
  readonly arn: string;
  readonly functionArn: string;

  constructor(scope: Construct, id: string, { nameOf, core, alarms }: EdgeProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, "Resource", {
      name: nameOf(originSecretName),
      description: "Sent by CloudFront to the API. Rotate it with npm run cli -- edge.",
      // A random value that nothing else uses: a name that waits for its deletion would block the next deployment.
      recoveryWindowInDays: 0,
      kmsKeyId: core.key_arn,
    });
    suppressCheck(
      secret,
      "CKV2_AWS_57",
      "npm run cli -- edge rotates it, together with the value in CloudFront",
    );
    const store = new CloudfrontKeyValueStore(this, "store", {
      name: nameOf(originStoreName),
      comment: "The secret that CloudFront sends to the API",
    });
    const name = nameOf("origin");
    const added = new CloudfrontFunction(this, "function", {
      name,
      runtime: "cloudfront-js-2.0",
      comment: "Adds the origin's secret and the client's address",
      publish: true,
      code: originFunctionCode,
      keyValueStoreAssociations: [store.arn],
    });
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudfront-monitoring.html
    const metric = metricsOf("AWS/CloudFront", { FunctionName: name, Region: "Global" });
    alarms.add(added, name, functionAlarms(metric), {});
    this.arn = secret.arn;
    this.functionArn = added.arn;
  }
}

const functionAlarms = (metric: ReturnType<typeof metricsOf>): AlarmDefinitions => ({
  "edge-function-errors": {
    summary: `The function of CloudFront fails, so that its requests fail (${edgeRegion})`,
    ...{ metrics: [metric("FunctionExecutionErrors")], above: 0 },
  },
});
