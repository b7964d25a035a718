import { exampleEnvironment } from "../../deploy/testing/environments";
import { bucketOwner } from "./state-storage";

test.each([
  ["eu-central-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])(
  "the state bucket policy of an environment in %s names its pipeline roles in partition %s",
  async (region, partition) => {
    const dev = await exampleEnvironment("dev");
    const config = { ...dev, core: { ...dev.core, region } };
    expect(bucketOwner(config, "111111111111", true)).toEqual({
      account: "111111111111",
      partition,
      pipelines: ["deploy", "plan"].map(
        (role) => `arn:${partition}:iam::111111111111:role/${dev.core.project}-dev-${role}`,
      ),
      demandTls: true,
    });
  },
);
