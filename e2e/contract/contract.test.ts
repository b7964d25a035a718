import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../../scripts/build/paths";
import { inherited } from "../../scripts/local/child-environment";
import { run } from "../../scripts/local/command";
import { installedPythonTool } from "../../scripts/local/python-tool";
import { cdktf, expectSuccess } from "../support/command";
import { Walk } from "../support/walk";

/** https://schemathesis.readthedocs.io */
const schemathesis = {
  name: "Schemathesis",
  version: "4.32.5",
  program: "st",
  requirements: join(root, "scripts", "local", "schemathesis-requirements.txt"),
};
const fewestCases = 2_000;
const casesOfAnOperation = 450;

/** One line for each thing that happened; a scenario holds the cases it made. */
const scenario = z.object({
  ScenarioFinished: z.object({ recorder: z.object({ cases: z.record(z.string(), z.unknown()) }) }),
});

let walk: Walk;
let folder: string;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contract-"));
  walk = await Walk.open("dev");
  expectSuccess(await cdktf(walk.local.cloud.env, "deploy", "*-dev", "--auto-approve"));
  await walk.enter();
});
afterAll(async () => {
  await walk.dispose();
  rmSync(folder, { recursive: true });
});

test("thousands of requests, right and wrong, are all answered as the API's document says", async () => {
  const program = await installedPythonTool(schemathesis, walk.local.home, console.log);
  const report = join(folder, "events.ndjson");
  const { base } = walk.service.api;
  const result = await run(
    program,
    [
      ...["--config-file", join(__dirname, "schemathesis.toml"), "run"],
      `${base}/openapi.json`,
      ...["--url", base, "--max-examples", String(casesOfAnOperation), "--seed", "1"],
      ...["--report", "ndjson", "--report-ndjson-path", report, "--workers", "1"],
    ],
    { ...inherited(), NO_COLOR: "1", PYTHONPATH: __dirname, SCHEMATHESIS_HOOKS: "hooks" },
    folder,
  );
  expectSuccess(result);
  const cases = readFileSync(report, "utf8")
    .split("\n")
    .flatMap((line) => {
      const parsed = scenario.safeParse(line === "" ? {} : JSON.parse(line));
      return parsed.success ? Object.keys(parsed.data.ScenarioFinished.recorder.cases) : [];
    });
  console.log(result.stdout.split("\n").slice(-12).join("\n"));
  expect(new Set(cases).size).toBeGreaterThanOrEqual(fewestCases);
});
