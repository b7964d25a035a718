import { markdownTable } from "../../../packages/command-line/src/table";
import type { IdentityStatement } from "../../../packages/iam-policy/src/statement";
import type { RolePermissions } from "./granted";
import { formattedPage } from "../../core/format";

/** Readable replacements of Terraform references. */
const names: readonly (readonly [RegExp, string])[] = [
  [/\$\{data\.aws_partition\.[^}]+\}|\$\{[^}]+outputs\.partition\}/g, "aws"],
  [/\$\{data\.aws_caller_identity\.[^}]+\}|\$\{[^}]+outputs\.account_id\}/g, "<account>"],
  [/\$\{data\.aws_region\.[^}]+\}|\$\{[^}]+outputs\.region\}/g, "<region>"],
  [/\$\{[^}]+outputs\.(\w+)\}/g, "<$1>"],
  [/\$\{aws_(\w+)\.([\w-]+?)_?[0-9A-F]{0,8}\.(\w+)\}/g, "<$1 $2>"],
];
const readable = (text: string) => names.reduce((result, [token, name]) => result.replace(token, name), text);

const code = (text: string) => `\`${readable(text)}\``;
const service = (action: string) => action.split(":")[0] ?? "";

function rows({ Effect, Action, Resource, Condition }: IdentityStatement): string[][] {
  const only = Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${code(key)}: ${values.map(code).join(", ")}`),
    )
    .join("; ");
  const services = [...new Set(Action.map(service))].sort();
  return services.map((name) => [
    Effect === "Deny" ? "**deny**" : "allow",
    name,
    Action.filter((action) => service(action) === name)
      .map((action) => action.slice(name.length + 1))
      .sort()
      .join(", "),
    Resource.map(code).join("<br>"),
    only,
  ]);
}

const head = ["", "service", "actions", "resource", "only if"];

/** The page with the matrix role × service × action × resource. */
export function permissionsDocument(environment: string, roles: readonly RolePermissions[]): Promise<string> {
  const sections = [...roles]
    .sort((one, other) => one.role.localeCompare(other.role))
    .map(
      ({ role, grants }) =>
        `## \`${role}\`\n\n<!-- oxfmt-ignore -->\n${markdownTable(head, grants.flatMap(rows))}`,
    );
  const text = [
    "# What each role may do",
    `Every role of the three layers, from the synthesized stacks of ${environment}. Written by \`npm run cli -- documents\`; \`npm test\` fails when it is stale. \`npm run prove:iam\` shows that each permission is needed, and that they suffice.`,
    "The permissions boundary limits the roles of functions as well. Names in `<…>` are ARNs in the policies.",
    ...sections,
  ].join("\n\n");
  return formattedPage(text);
}
