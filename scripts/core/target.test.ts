import { devNull } from "node:os";
import { localEnvironment } from "./target";

const target = { endpoint: "http://127.0.0.1:4566", accountId: "111111111111", region: "eu-central-1" };

const hostile = {
  PATH: "/usr/bin",
  LOCAL_CLOUD_HOME: "/tmp/home",
  GITHUB_OUTPUT: "/tmp/output",
  AWS_PROFILE: "production",
  AWS_ACCESS_KEY_ID: "AKIAREALLOOKINGKEY00",
  AWS_SESSION_TOKEN: "token",
  AWS_ENDPOINT_URL: "https://sts.amazonaws.com",
  AWS_ENDPOINT_URL_S3: "https://s3.amazonaws.com",
  AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/production",
  AWS_WEB_IDENTITY_TOKEN_FILE: "/tmp/token",
  AWS_SOMETHING_OF_TOMORROW: "1",
  TF_VAR_account: "999999999999",
  TF_CLI_ARGS: "-var=x=y",
};

test("the local cloud gets only variables that name no account", () => {
  const { PATH, LOCAL_CLOUD_HOME, GITHUB_OUTPUT, ...named } = hostile;
  const variables = localEnvironment(target, hostile);
  expect(variables).toMatchObject({ PATH, LOCAL_CLOUD_HOME, GITHUB_OUTPUT });
  expect(variables).toMatchObject({
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_ACCESS_KEY_ID: "111111111111",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  });
  for (const [name, value] of Object.entries(named)) expect(variables[name]).not.toBe(value);
});

test("a local cloud that is not on this machine is refused", () => {
  expect(() => localEnvironment({ ...target, endpoint: "https://sts.amazonaws.com" }, {})).toThrow(
    "is not on this machine",
  );
});
