import { markdownTable } from "../../packages/command-line/src/table";
import { labelOf, type LayerSummary, type Manifest } from "./plan-folder";
import { counts, hasChanges } from "../../packages/terraform-plan/src/plan-summary";

/** An HTML comment by which the plan comment is found. */
export const planMarker = "<!-- plan-of-this-pull-request -->";

/** GitHub's limit, in characters. */
const longestComment = 65_536;
const mostListed = 100;

const statusOf = ({ status, blockedBy = "core" }: LayerSummary): string =>
  ({
    final: "",
    provisional: `outputs of ${blockedBy} change: planned again after that is applied`,
    placeholder: `**placeholders**: ${blockedBy} was never applied; this cannot be applied`,
  })[status];

const actions = ["create", "change", "replace", "destroy"] as const;
const tableHead = ["environment", "layer", ...actions, ""];

const row = (environment: string, summary: LayerSummary): string[] => {
  const count = counts(summary);
  return [environment, labelOf(summary), ...actions.map((name) => String(count[name])), statusOf(summary)];
};

const nothingPlanned =
  "No environment is planned: none is in the repository variable `DEPLOYED_ENVIRONMENTS` (docs/getting-to-aws.md).";

const signs: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-" };
const sign = (actions: readonly string[]) => actions.map((action) => signs[action] ?? action).join("/");

function details({ environment, layers }: Manifest): string[] {
  return layers.filter(hasChanges).map((summary) => {
    const { resources, outputs } = summary;
    const lines = [
      ...resources.map(({ address, actions }) => `${sign(actions)} ${address}`),
      ...outputs.map((name) => `~ output ${name}`),
    ];
    const shown = lines.slice(0, mostListed);
    const rest = lines.length > shown.length ? [`… and ${lines.length - shown.length} more`] : [];
    const list = ["```diff", ...shown, ...rest, "```"].join("\n");
    return `<details><summary>${environment}: ${labelOf(summary)}</summary>\n\n${list}\n\n</details>`;
  });
}

/**
 * The comment on the changes of a pull request: counts and addresses, without values, which may be secret.
 * @param findings output of the policy checks
 * @param failed environments whose plan failed
 */
export function planComment(
  manifests: readonly Manifest[],
  findings: string | undefined,
  failed: readonly string[] = [],
): string {
  const commit = manifests[0] && ` (${manifests[0].commit.slice(0, 8)})`;
  const rows = [
    ...manifests.flatMap(({ environment, layers }) => layers.map((layer) => row(environment, layer))),
    ...failed.map((name) => [
      name,
      "",
      ...actions.map(() => ""),
      "**no plan**: it failed, see the workflow's log",
    ]),
  ];
  const head = [
    `### What this would change${commit ?? ""}`,
    "",
    rows.length === 0 ? nothingPlanned : markdownTable(tableHead, rows, actions),
  ].join("\n");
  const policy =
    findings === undefined
      ? []
      : [`<details><summary>Policy</summary>\n\n\`\`\`\n${findings.trim()}\n\`\`\`\n\n</details>`];
  const parts = [head, ...policy, ...manifests.flatMap(details)];
  const note = "\n\n… the rest is in the workflow's log.";
  const fits = (count: number) =>
    parts.slice(0, count).join("\n\n").length + note.length + planMarker.length < longestComment;
  const shown = parts.findLastIndex((_, at) => fits(at + 1)) + 1;
  return parts.slice(0, shown).join("\n\n") + (shown < parts.length ? note : "");
}
