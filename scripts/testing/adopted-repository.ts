import { importGraph } from "../../packages/import-graph/src/import-graph";
import { run } from "../../packages/local-cloud/src/command";
import { linkWorkspaces, readManifest, workspaces } from "../../packages/npm-workspaces/src/workspaces";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { verifyEnvironment } from "../checks/suites";
import { RepositoryCopy } from "./repository-copy";
import { runCli } from "./run-cli";

/** What reads tfvars, and what reads other files of the repository, such as documents. */
const readers = ["deploy/config/environments.ts", "scripts/build/paths.ts"];

type CommandLine = readonly [program: string, ...parameters: string[]];

/** A complete copy of the repository with commits of its own, that a team adopts. */
export class AdoptedRepository extends RepositoryCopy {
  /** @param options of the copy */
  static async create({ hasExamples = false } = {}): Promise<AdoptedRepository> {
    const repository = new AdoptedRepository({ isComplete: true, hasExamples });
    await repository.inFolder("git", "init", "--quiet");
    await repository.commit("the template");
    return repository;
  }

  async commit(message: string): Promise<void> {
    const author = ["-c", "user.name=team", "-c", "user.email=team@example.com"];
    await this.inFolder("git", "add", "--all");
    await this.inFolder("git", ...author, "commit", "--quiet", "--no-verify", "--message", message);
  }

  /** Undoes all changes since the last commit. */
  async restore(): Promise<void> {
    const { name } = readManifest(this.folder);
    await this.inFolder("git", "reset", "--quiet", "--hard");
    await this.inFolder("git", "clean", "--quiet", "--force", "-d");
    linkWorkspaces(this.folder, name);
  }

  /** Runs a command line of `npm run cli --`. @throws {Error} when it fails */
  async cli(...commandLine: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runCli(commandLine, { folder: this.folder, env: this.env() });
    if (exitCode !== 0) throw new Error(`${commandLine.join(" ")} failed:\n${stdout}${stderr}`);
    return stdout;
  }

  /**
   * Writes the documents, and runs what a team's first pull request must pass.
   * @returns what failed, with its output
   */
  async failures(): Promise<string[]> {
    const documents = await this.failure(["tsx", "scripts/cli.ts", "documents"]);
    return [...documents, ...(await this.failuresOf(await this.changes()))];
  }

  /**
   * Runs the linter with the check of types, the formatter on changed files, and each unit test that imports one of them, or
   * something that reads tfvars or files of the repository, such as its documents.
   * @param hasProperties whether tests of generated cases run too, which take a quarter of the time
   * @returns what failed, with its output
   */
  async failuresOf(changed: readonly string[], { hasProperties = true } = {}): Promise<string[]> {
    const changes = changed.filter((path) => existsSync(join(this.folder, path)));
    const tests = this.testsOf(changed).filter(
      (path) => hasProperties || !path.endsWith(".property.test.ts"),
    );
    if (tests.length < 20) throw new Error(`Expected tests that read tfvars, found ${tests.join()}`);
    const steps: CommandLine[] = [
      ["oxlint"],
      ["oxfmt", "--list-different", "package.json", ...changes],
      ["jest", "--silent", "--maxWorkers=50%", "--selectProjects", "unit", "--runTestsByPath", ...tests],
    ];
    const failed: string[] = [];
    for (const step of steps) failed.push(...(await this.failure(step)));
    return failed;
  }

  /** Formats the changes since the last commit, as the hook of a commit does. */
  async format(): Promise<void> {
    const files = (await this.changes()).filter((path) => path.endsWith(".ts"));
    if (files.length > 0) await this.inFolder(join("node_modules", ".bin", "oxfmt"), ...files);
  }

  /** The paths of the changes since the last commit. */
  async changes(): Promise<string[]> {
    const { stdout } = await run(
      "git",
      ["status", "--porcelain", "--untracked-files=all"],
      this.env(),
      this.folder,
    );
    return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(3)]));
  }

  /** The unit tests that a change of tfvars or of some files may turn red. */
  private testsOf(changed: readonly string[]): string[] {
    const targets = new Set([...readers, ...changed]);
    const folders = ["bench", "deploy", "functions", "layers", "packages", "scripts"];
    const graph = importGraph(this.folder, folders, Object.fromEntries(workspaces(this.folder)));
    const reaches = (file: string, seen = new Set<string>()): boolean => {
      if (targets.has(file)) return true;
      if (seen.has(file)) return false;
      seen.add(file);
      return (graph.get(file) ?? []).some((imported) => reaches(imported, seen));
    };
    return [...graph.keys()].filter(
      (file) => file.endsWith(".test.ts") && !file.endsWith(".command.test.ts") && reaches(file),
    );
  }

  /** What a program of node_modules/.bin prints when it fails. */
  private async failure([program, ...parameters]: CommandLine): Promise<string[]> {
    const result = await run(join("node_modules", ".bin", program), parameters, this.env(), this.folder);
    return result.exitCode === 0
      ? []
      : [`${program} ${parameters[0] ?? ""}\n${relevant(`${result.stdout}${result.stderr}`)}`];
  }

  private async inFolder(program: string, ...parameters: string[]): Promise<void> {
    const { exitCode, stderr } = await run(program, parameters, this.env(), this.folder);
    if (exitCode !== 0) throw new Error(`${program} ${parameters.join(" ")} failed:\n${stderr}`);
  }

  private readonly env = () => verifyEnvironment(process.env);
}

/** Without the test files that passed. */
const relevant = (output: string): string =>
  output
    .split("\n")
    .filter((line) => !line.startsWith("PASS "))
    .join("\n")
    .slice(0, 30_000);
