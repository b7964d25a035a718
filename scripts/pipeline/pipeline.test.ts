import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { GithubServer } from "../testing/github-server";
import { driftIssue } from "./drift";
import { Github } from "./github";
import { placeholderOutputs } from "./placeholders";
import { planComment } from "./plan-comment";
import { PlanFolder, type Manifest } from "./plan-folder";
import { summarize } from "../../packages/terraform-plan/src/plan-summary";
import { shown } from "../../packages/terraform-plan/src/testing/shown-plan";

const manifest: Manifest = {
  environment: "dev",
  account: "111111111111",
  cloud: "AWS",
  commit: "0123456789abcdef",
  madeAt: "2026-01-01T00:00:00.000Z",
  layers: [
    { layer: "core", stands: "firm", ...summarize(shown) },
    { layer: "app", stands: "placeholder", because: "infra", ...summarize(shown) },
  ],
  files: {},
};

describe("the comment of a plan", () => {
  test("tells counts, resources, findings, and what is made up", () => {
    const text = planComment([manifest], "39 of the 42 decided checks pass");
    expect(text).toContain("| dev | core | 1 | 1 | 1 | 1 | |");
    expect(text).toContain("| dev | app | 1 | 1 | 1 | 1 | **placeholders**: infra was never applied");
    expect(text).toContain("-/+ aws_lambda_alias.live");
    expect(text).toContain("39 of the 42 decided checks pass");
    expect(text).not.toContain("aws_lambda_function.api");
  });

  test("lists what could not be planned, and says so where nothing was", () => {
    const text = planComment([manifest], undefined, ["stage"]);
    expect(text).toMatch(/\| dev \| app .*\n\| stage \|.*no plan/);
    const none = planComment([], "39 of the 42 decided checks pass");
    expect(none).toContain("DEPLOYED_ENVIRONMENTS");
    expect(none).toContain("39 of the 42");
    expect(none).not.toContain("| environment |");
  });

  test("is never longer than GitHub takes, and still whole in its parts", () => {
    const many = Array.from({ length: 200 }, (_, at) => ({
      ...manifest,
      environment: `environment-${at}`,
      layers: [
        {
          ...manifest.layers[0],
          layer: "core" as const,
          stands: "firm" as const,
          outputs: [],
          resources: Array.from({ length: 90 }, (_one, number) => ({
            address: `aws_sqs_queue.of_a_long_name_${number}`,
            actions: ["create"],
          })),
        },
      ],
    }));
    const text = planComment(many, undefined);
    expect(text.length).toBeLessThan(65_536);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text).toContain("the rest is in the workflow's log");
  });
});

describe("a plan's folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-"));
    mkdirSync(join(folder, "stacks", "core-dev", ".terraform"), { recursive: true });
    writeFileSync(join(folder, "stacks", "core-dev", "plan"), "reviewed");
    new PlanFolder(folder).seal(manifest);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("opens as it was written, whatever Terraform makes in it", () => {
    writeFileSync(join(folder, "stacks", "core-dev", ".terraform", "made"), "here");
    expect(new PlanFolder(folder).open().environment).toBe("dev");
  });

  test.each([
    [
      "changed",
      () => {
        writeFileSync(join(folder, "stacks", "core-dev", "plan"), "another");
      },
    ],
    [
      "taken away",
      () => {
        rmSync(join(folder, "stacks", "core-dev", "plan"));
      },
    ],
  ])("does not open with a file %s", (_what, tamper) => {
    tamper();
    expect(() => new PlanFolder(folder).open()).toThrow("stacks/core-dev/plan is not what was planned");
  });

  test("does not open with a file more", () => {
    writeFileSync(join(folder, "stacks", "core-dev", "more.tf"), "");
    expect(() => new PlanFolder(folder).open()).toThrow("more.tf is not what was planned");
  });

  test("is missed where there is none, or where planning has failed", () => {
    expect(() => new PlanFolder(join(folder, "none")).open()).toThrow("There is no plan in");
    writeFileSync(join(folder, "manifest.json"), '{"version":"0.21.0","stacks":{}}');
    expect(() => new PlanFolder(folder).open()).toThrow("There is no plan in");
  });
});

test("placeholders publish what the contracts say, in the shape that providers ask for", async () => {
  const prod = await loadEnvironment("prod");
  const core = placeholderOutputs("core", prod);
  expect(core.account_id?.value).toBe("000000000000");
  expect(core.key_arn?.value).toMatch(/^arn:aws:kms:/);
  const infra = placeholderOutputs("infra", prod);
  expect(infra.task_queue_arn?.value).toMatch(/^arn:aws:sqs:.*:000000000000:placeholder$/);
  expect(Object.keys(infra.rule_arns?.value ?? {})).toEqual(["daily-report", "outbox-sweep"]);
  const dev = await loadEnvironment("dev");
  expect(placeholderOutputs("core", dev)).not.toHaveProperty("key_arn");
});

describe("what is said at GitHub", () => {
  let server: GithubServer;
  let address: string;
  const as = (token: string) => new Github(address, "example/tasks", token);

  beforeEach(async () => {
    ({ github: server, address } = await GithubServer.open());
  });
  afterEach(() => {
    server.close();
  });

  test("is one comment, brought up to date however many others there are", async () => {
    server.comments.push(...Array.from({ length: 150 }, (_, id) => ({ id, issue: 12, body: "of somebody" })));
    await as(server.token).comment(12, "<!-- mark -->", "first");
    await as(server.token).comment(12, "<!-- mark -->", "second");
    expect(server.comments.slice(150).map(({ body }) => body)).toEqual(["<!-- mark -->\nsecond"]);
  });

  test("is one issue of drift, brought up to date, and closed", async () => {
    const found = new Map([
      ["infra", ["aws_sqs_queue.tasks"]],
      ["app", []],
    ] as const);
    const { title, body } = driftIssue("dev", found);
    await as(server.token).openIssue("<!-- drift -->", title, body);
    await as(server.token).openIssue("<!-- drift -->", title, `${body} still`);
    expect(server.issues).toHaveLength(1);
    expect(server.issues[0]).toMatchObject({ title: "dev has drifted", state: "open" });
    expect(server.issues[0]?.body).toContain("- `aws_sqs_queue.tasks`");
    expect(server.issues[0]?.body).not.toContain("**app**");
    await as(server.token).closeIssue("<!-- drift -->", "it is as it was");
    expect(server.issues[0]?.state).toBe("closed");
    await as(server.token).closeIssue("<!-- drift -->", "it is as it was");
  });

  test("fails with GitHub's response", async () => {
    await expect(as("other").comment(12, "<!-- mark -->", "")).rejects.toThrow(
      /^GitHub refused GET \S+\/issues\/12\/comments\S* with 401: Bad credentials/,
    );
  });

  test("cannot be said outside a workflow", () => {
    expect(() => Github.ofWorkflow({})).toThrow("GITHUB_REPOSITORY is not set");
  });
});
