import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../../../scripts/build/paths";
import { inherited } from "../../../packages/local-cloud/src/child-environment";
import { run, type CommandResult } from "../../../packages/local-cloud/src/command";
import type { LocalPaths } from "../../../packages/local-cloud/src/local-paths";
import { installedPythonTool } from "../../../packages/local-cloud/src/python-tool";

/** https://schemathesis.readthedocs.io */
const schemathesis = {
  name: "Schemathesis",
  version: "4.32.5",
  program: "st",
  requirements: join(__dirname, "schemathesis-requirements.txt"),
};

/** The OpenAPI document, read from the repository since the deployed one may require a token. */
const document = join(root, "functions", "api", "openapi.json");

/** A line of the report; a scenario contains its cases. */
const scenario = z.object({
  ScenarioFinished: z.object({ recorder: z.object({ cases: z.record(z.string(), z.unknown()) }) }),
});

/** Credentials of the caller, and the scopes that hooks.py expects them to have. */
export interface ContractCaller {
  /** Absent for a caller that has none. */
  readonly token?: string;
  readonly grantedScopes: readonly string[];
}

export interface ContractRun {
  readonly home: LocalPaths;
  /** The address of the API. */
  readonly base: string;
  readonly casesPerOperation: number;
  /** Absent when the API requires no authorization. */
  readonly caller?: ContractCaller;
}

/** Sends requests generated from the OpenAPI document, and checks the responses against it. */
export async function runSchemathesis({
  home,
  base,
  casesPerOperation,
  caller,
}: ContractRun): Promise<CommandResult & { readonly cases: number }> {
  const program = await installedPythonTool(schemathesis, home, console.log);
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  try {
    const report = join(folder, "events.ndjson");
    const result = await run(
      program,
      [
        ...["--config-file", join(__dirname, "schemathesis.toml"), "run", document],
        ...["--url", base, "--max-examples", String(casesPerOperation), "--seed", "1"],
        ...["--report", "ndjson", "--report-ndjson-path", report, "--workers", "1"],
        ...(caller === undefined ? [] : callerOptions(caller)),
      ],
      {
        ...inherited(),
        ...{ NO_COLOR: "1", PYTHONPATH: __dirname, SCHEMATHESIS_HOOKS: "hooks" },
        ...(caller && { CONTRACT_CALLER: JSON.stringify(caller) }),
      },
      folder,
    );
    console.log(result.stdout.split("\n").slice(-12).join("\n"));
    return { ...result, cases: casesIn(readFileSync(report, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without a token, the route $default rejects undeclared methods of an open path with 401 instead of 405. */
const callerOptions = ({ token }: ContractCaller): string[] =>
  token === undefined
    ? ["--exclude-checks", "unsupported_method"]
    : ["--header", `Authorization: Bearer ${token}`];

function casesIn(report: string): number {
  const ids = report.split("\n").flatMap((line) => {
    const parsed = scenario.safeParse(line === "" ? {} : JSON.parse(line));
    return parsed.success ? Object.keys(parsed.data.ScenarioFinished.recorder.cases) : [];
  });
  return new Set(ids).size;
}
