import { devNull } from "node:os";
import { run } from "./command";
import { assertLoopback, childEnvironment } from "./child-environment";

const target = { endpoint: "http://127.0.0.1:4566", accountId: "111111111111", region: "eu-central-1" };
const terraform = {
  path: "/opt/terraform/terraform",
  environment: { TF_CLI_CONFIG_FILE: "/home/me/terraform.rc" },
};

test("variables that may name a real account are not inherited", () => {
  const hostile = {
    PATH: "/usr/bin",
    AWS_PROFILE: "production",
    AWS_SESSION_TOKEN: "token",
    AWS_ENDPOINT_URL_S3: "https://s3.amazonaws.com",
    AWS_SOMETHING_OF_TOMORROW: "1",
    TF_VAR_account: "999999999999",
    TF_CLI_ARGS_apply: "-var=x=y",
    TF_WORKSPACE: "production",
    CDKTF_OUTPUT: "elsewhere",
    NODE_OPTIONS: "--require=/tmp/evil.js",
  };
  const environment = childEnvironment(target, terraform, hostile);
  const kept = Object.keys(hostile).filter((name) => name !== "PATH" && name in environment);
  expect(kept).toEqual([]);
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_ACCESS_KEY_ID: "111111111111",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    TF_CLI_CONFIG_FILE: "/home/me/terraform.rc",
    PATH: expect.stringMatching(/^\/opt\/terraform:.*:\/usr\/bin$/),
  });
});

test.each(["http://127.0.0.1:4566", "http://127.8.8.8:1", "http://localhost:4566", "http://[::1]:4566"])(
  "%s is a loopback address",
  (endpoint) => {
    expect(() => {
      assertLoopback(endpoint);
    }).not.toThrow();
  },
);

test.each([
  "https://sts.amazonaws.com",
  "http://10.0.0.1:4566",
  "http://127.0.0.1.example.com",
  "http://localhost.example.com",
  "http://127.0.0.1@example.com",
  "127.0.0.1:4566",
  "",
])("%p is refused", (endpoint) => {
  expect(() => {
    assertLoopback(endpoint);
  }).toThrow("is not on this machine");
});

test("a program's failure is a result, not an exception", async () => {
  expect(await run(process.execPath, ["-e", "process.exit(3)"], {})).toMatchObject({ exitCode: 3 });
  expect(await run("/no/such/program", [], {})).toMatchObject({ exitCode: null });
});
