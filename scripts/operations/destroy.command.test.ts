import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RepositoryCopy } from "../testing/repository-copy";
import { runCli } from "../testing/run-cli";

jest.setTimeout(60_000);

let copy: RepositoryCopy;
beforeAll(() => {
  copy = new RepositoryCopy({ hasExamples: true });
});
afterAll(() => {
  copy.dispose();
});

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "destroy-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

/** No server listens there: a command that sent a request would fail with another error. */
const nowhere = "http://127.0.0.1:9";
const destroy = (...parameters: string[]) =>
  runCli(["destroy", ...parameters], {
    folder: copy.folder,
    env: { PATH: process.env.PATH, LOCAL_CLOUD_HOME: home, AWS_ENDPOINT_URL: nowhere },
  });

test.each([[["prod"]], [["prod", "--aws", "--yes"]]])(
  "destroying a protected environment is refused before any request: %j",
  async (parameters) => {
    mkdirSync(join(home, "emulator", "state"), { recursive: true });
    const { exitCode, stdout, stderr } = await destroy(...parameters);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("prod is protected; nothing was changed.");
    expect(stderr).toContain("1. deploy/10_core/environments/prod/terraform.tfvars: protected = false");
    expect(stderr).toContain(
      "2. deploy/20_infra/environments/prod/terraform.tfvars: table.deletion_protection = false",
    );
    expect(stderr).toContain("npx cdktf deploy '*-prod'");
    expect(stdout).toBe("");
    expect(readdirSync(home)).toEqual(["emulator"]);
  },
);

test("an environment that is not protected is not refused", async () => {
  const { exitCode, stdout } = await destroy("dev");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("There is no local cloud");
});
