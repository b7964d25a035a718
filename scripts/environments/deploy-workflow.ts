import { isMap, parseDocument } from "yaml";

/** The workflow with a job for each environment, in the order of deployments. */
export const deployWorkflow = ".github/workflows/deploy.yml";

/**
 * The workflow without the jobs of some environments. A job that needed one of them needs what that one needed, so that
 * the order of the others stays.
 * @param workflow YAML, whose comments stay
 */
export function withoutJobs(workflow: string, removed: readonly string[]): string {
  const document = parseDocument(workflow);
  const jobs = document.get("jobs");
  if (!isMap(jobs)) return workflow;
  const present = removed.filter((name) => jobs.has(name));
  if (present.length === 0) return workflow;
  const names = jobs.items.map(({ key }) => String(key));
  const parsed: unknown = document.toJS();
  const needs = new Map(names.map((name) => [name, needsOf(parsed, name)]));
  const kept = (name: string): string[] =>
    present.includes(name) ? (needs.get(name) ?? []).flatMap(kept) : [name];
  for (const name of names.filter((each) => !present.includes(each))) {
    const former = needs.get(name) ?? [];
    if (!former.some((each) => present.includes(each))) continue;
    const [first, ...others] = [...new Set(former.flatMap(kept))];
    if (first === undefined) document.deleteIn(["jobs", name, "needs"]);
    else {
      const list = document.createNode([first, ...others], { flow: true });
      document.setIn(["jobs", name, "needs"], others.length === 0 ? first : list);
    }
  }
  for (const name of present) jobs.delete(name);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function needsOf(workflow: unknown, name: string): string[] {
  const { jobs } = workflow as {
    readonly jobs: Readonly<Record<string, { needs?: string | string[] } | null>>;
  };
  const needs = jobs[name]?.needs ?? [];
  return typeof needs === "string" ? [needs] : needs;
}
