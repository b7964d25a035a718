import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { schedules } from "../../deploy/20_infra/schedules";
import { driftIssue } from "./drift";
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
  createdAt: "2026-01-01T00:00:00.000Z",
  layers: [
    { layer: "core", status: "final", ...summarize(shown) },
    { layer: "app", status: "placeholder", blockedBy: "infra", ...summarize(shown) },
  ],
  files: {},
};

describe("the plan comment", () => {
  test("contains counts, resources, findings and placeholder warnings", () => {
    const text = planComment([manifest], "39 of the 42 decided checks pass");
    expect(text).toContain("| dev | core | 1 | 1 | 1 | 1 |  |");
    expect(text).toContain("| dev | app | 1 | 1 | 1 | 1 | **placeholders**: infra was never applied");
    expect(text).toContain("-/+ aws_lambda_alias.live");
    expect(text).toContain("39 of the 42 decided checks pass");
    expect(text).not.toContain("aws_lambda_function.api");
  });

  test("names the layers of the second region", () => {
    const standby = {
      standbyRegion: "eu-west-1",
      status: "placeholder",
      blockedBy: "core (eu-west-1)",
    } as const;
    const text = planComment(
      [{ ...manifest, layers: [{ layer: "infra", ...standby, ...summarize(shown) }] }],
      undefined,
    );
    expect(text).toMatch(/\| dev \| infra \(eu-west-1\) \| 1 .* core \(eu-west-1\) was never applied/);
    expect(text).toContain("<summary>dev: infra (eu-west-1)</summary>");
  });

  test("lists environments without a plan, and explains an empty list", () => {
    const text = planComment([manifest], undefined, ["stage"]);
    expect(text).toMatch(/\| dev \| app .*\n\| stage \|.*no plan/);
    const none = planComment([], "39 of the 42 decided checks pass");
    expect(none).toContain("DEPLOYED_ENVIRONMENTS");
    expect(none).toContain("39 of the 42");
    expect(none).not.toContain("| environment |");
  });

  test("is within GitHub's size limit, and has only complete sections", () => {
    const many = Array.from({ length: 200 }, (_, at) => ({
      ...manifest,
      environment: `environment-${at}`,
      layers: [
        {
          ...manifest.layers[0],
          layer: "core" as const,
          status: "final" as const,
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

describe("a plan folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plan-"));
    mkdirSync(join(folder, "stacks", "core-dev", ".terraform"), { recursive: true });
    writeFileSync(join(folder, "stacks", "core-dev", "plan"), "reviewed");
    new PlanFolder(folder).writeManifest(manifest);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("opens although Terraform has written to .terraform", () => {
    writeFileSync(join(folder, "stacks", "core-dev", ".terraform", "cache"), "");
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
      "removed",
      () => {
        rmSync(join(folder, "stacks", "core-dev", "plan"));
      },
    ],
  ])("does not open when a file was %s", (_what, tamper) => {
    tamper();
    expect(() => new PlanFolder(folder).open()).toThrow("core-dev/plan has changed since it was planned");
  });

  test("does not open when a file was added", () => {
    writeFileSync(join(folder, "stacks", "core-dev", "more.tf"), "");
    expect(() => new PlanFolder(folder).open()).toThrow("more.tf has changed since it was planned");
  });

  test("does not open when it is missing, or planning has failed", () => {
    expect(() => new PlanFolder(join(folder, "none")).open()).toThrow("There is no plan in");
    writeFileSync(join(folder, "manifest.json"), '{"version":"0.21.0","stacks":{}}');
    expect(() => new PlanFolder(folder).open()).toThrow("There is no plan in");
  });
});

test("placeholders have the outputs of the contracts, in the formats that providers validate", async () => {
  const example = await exampleEnvironment("prod");
  const nightly = { expression: "rate(1 day)", type: "any", payload: {}, enabled: true };
  const prod = { ...example, infra: { ...example.infra, schedules: { nightly } } };
  const core = placeholderOutputs("core", prod);
  expect(core.account_id?.value).toBe("000000000000");
  expect(core.key_arn?.value).toMatch(/^arn:aws:kms:/);
  const infra = placeholderOutputs("infra", prod);
  expect(infra.task_queue_arn?.value).toMatch(/^arn:aws:sqs:.*:000000000000:placeholder$/);
  expect(Object.keys(infra.rule_arns?.value ?? {})).toEqual(schedules(prod.infra).map(({ name }) => name));
  const dev = await exampleEnvironment("dev");
  expect(placeholderOutputs("core", dev)).not.toHaveProperty("key_arn");
});

test("the drift issue lists the resources of the layers that have drifted", () => {
  const found = new Map([
    ["infra", ["aws_sqs_queue.tasks"]],
    ["app", []],
  ] as const);
  const { title, body } = driftIssue("dev", found);
  expect(title).toBe("dev has drifted");
  expect(body).toContain("- `aws_sqs_queue.tasks`");
  expect(body).not.toContain("**app**");
  expect(body).toContain("Show the difference: `npx cdktf diff <layer>-dev`. To");
  expect(driftIssue("dev", found, "eu-west-1").body).toContain(
    "`npx cdktf diff <layer>-dev` or `npx cdktf diff <layer>-dev-eu-west-1`. To",
  );
});
