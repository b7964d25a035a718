import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { wrongUsage } from "../core/errors";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import { Github } from "../../packages/github/src/github";
import { planComment, planMarker } from "./plan-comment";
import { PlanFolder } from "./plan-folder";

export interface CommentOptions {
  /** The folder of the plans. */
  readonly plans: string | undefined;
  /** A file with the output of the policy checks. */
  readonly findings: string | undefined;
  /** A JSON array of the environments that should have a plan. */
  readonly environments: string | undefined;
  /** Without it, the comment is printed. */
  readonly pullRequest: number | undefined;
}

/** Writes the comment on the plans in a folder to a pull request, or to standard output. */
export async function publishComment(options: CommentOptions): Promise<void> {
  const folder = resolve(options.plans ?? "plans");
  const planned = existsSync(folder) ? readdirSync(folder).sort() : [];
  const expected = environmentsIn(options.environments ?? "[]");
  const comment = planComment(
    planned.map((name) => new PlanFolder(join(folder, name)).read()),
    options.findings === undefined ? undefined : readFileSync(options.findings, "utf8"),
    expected.filter((name) => !planned.includes(name)),
  );
  if (options.pullRequest === undefined) console.log(comment);
  else await Github.ofWorkflow().comment(options.pullRequest, planMarker, comment);
}

function environmentsIn(text: string): readonly string[] {
  const { data } = z.array(z.string()).safeParse(parseJson(text));
  if (data === undefined) throw wrongUsage(`Expected --environments as a JSON array, found "${text}".`);
  return data;
}
