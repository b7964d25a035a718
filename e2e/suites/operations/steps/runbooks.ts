import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { CommandProcess } from "../../../../scripts/testing/command-process";
import {
  commandsOf,
  isCommandLine,
  runbookPages,
  type RunbookCommand,
} from "../../../../scripts/testing/runbook-commands";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { eventually } from "../../../support/eventually";
import { enableAlarms } from "../../smoke/steps/alarms";

/** Commands that another test executes, with its file. */
const executedElsewhere: Readonly<Record<string, string>> = {
  "alarms drill": "e2e/suites/smoke/steps/alarms.ts",
  "edge rotate-secret": "e2e/suites/edge/edge.test.ts",
  rollback: "e2e/suites/operations/steps/releases.ts",
  versions: "e2e/suites/operations/steps/releases.ts",
};
const letters = z.array(z.object({ id: z.string(), messageId: z.string() }));

/** Every command of every runbook that is not marked, with dev in the place of prod; once if several pages have it. */
export function runbookSteps(e2e: () => E2eEnvironment): void {
  describe("the commands of the runbooks succeed", () => {
    const done = new Set<string>();
    let folder: string;
    let file: string;
    let commandProcess: CommandProcess;
    beforeAll(async () => {
      await enableAlarms(e2e());
      folder = mkdtempSync(join(tmpdir(), "runbooks-"));
      file = join(folder, "payload.json");
      writeFileSync(file, JSON.stringify({ failures: 0 }));
      commandProcess = new CommandProcess();
    });
    // A page may pause the service.
    afterEach(() => run(["resume", "dev", "--aws"]));
    afterAll(() => {
      commandProcess.end();
      rmSync(folder, { recursive: true });
    });

    const run = (words: readonly string[]) => {
      const [name = "", ...parameters] = words.map((word) => word.replaceAll(/\bprod\b/g, "dev"));
      return commandProcess.run(e2e().local.cloud.env, name, ...parameters);
    };
    /** A new dead letter, and its task. */
    const deadLetter = async () => {
      const { id } = await e2e().service.api.create("dependency.call", { failures: 9, permanent: true });
      await e2e().service.api.until(id, "failed", 60);
      const words = ["dlq", "dev", "peek", "--id", id, "--aws", "--json"];
      return eventually(`the task ${id} has a dead letter`, 60, async () => {
        const { stdout } = await run(words);
        return letters.parse(JSON.parse(stdout)).find((letter) => letter.id === id);
      });
    };
    const values: Readonly<Record<string, () => Promise<string>>> = {
      "<task>": async () => (await deadLetter()).id,
      "<dead letter>": async () => (await deadLetter()).messageId,
      "<file>": () => Promise.resolve(file),
    };
    const filled = ({ words }: RunbookCommand) =>
      Promise.all(words.map((word) => values[word]?.() ?? Promise.resolve(word)));
    const isExecutedElsewhere = ({ words }: RunbookCommand) =>
      Object.keys(executedElsewhere).some((name) => words.join(" ").startsWith(name));

    test.each(runbookPages())("%s", async (page) => {
      for (const command of commandsOf(page)) {
        const { line, isMarked } = command;
        if (isMarked || !isCommandLine(command) || done.has(line) || isExecutedElsewhere(command)) continue;
        done.add(line);
        const { exitCode, stdout, stderr } = await run(await filled(command));
        if (exitCode !== 0) throw new Error(`${line}: exit ${exitCode}\n${stdout}${stderr}`);
      }
    });

    test("they are many", () => {
      expect(done.size).toBeGreaterThan(40);
    });
  });
}
