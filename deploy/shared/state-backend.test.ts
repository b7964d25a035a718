import { exampleEnvironment } from "../testing/environments";
import { synthesize } from "../testing/synthesize";

const regions = async (region: string) => {
  const config = await exampleEnvironment("dev");
  const { core, infra, app } = config.backends;
  return synthesize({
    ...config,
    core: { ...config.core, region },
    backends: { core: { ...core, region }, infra: { ...infra, region }, app: { ...app, region } },
  });
};

test("Terraform does not validate the region", async () => {
  const { infra } = await regions("ap-southeast-6");
  expect(infra.json.terraform.backend.s3).toMatchObject({
    region: "ap-southeast-6",
    skip_region_validation: true,
  });
  expect(infra.json.provider.aws[0]).toMatchObject({
    region: "ap-southeast-6",
    skip_region_validation: true,
  });
  expect(infra.json.terraform.backend.s3).not.toHaveProperty("endpoints");
});

test("the backend uses the endpoints of the European Sovereign Cloud", async () => {
  const { infra } = await regions("eusc-de-east-1");
  const endpoints = {
    s3: "https://s3.eusc-de-east-1.amazonaws.eu",
    dynamodb: "https://dynamodb.eusc-de-east-1.amazonaws.eu",
  };
  expect(infra.json.terraform.backend.s3).toMatchObject({ endpoints });
  expect(infra.json.data.terraform_remote_state).toMatchObject({ core: { config: { endpoints } } });
});
