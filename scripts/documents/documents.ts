import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { environmentNames } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { synthesizedForAws } from "../../deploy/testing/environments";
import { benchDocuments } from "../../bench/src/page";
import { readResults } from "../../bench/src/results";
import { build } from "../build/build";
import { root } from "../build/paths";
import { loadCommands } from "../core/commands";
import { userError } from "../core/errors";
import { capacityDocument } from "./capacity/document";
import { commandsDocument } from "./commands-document";
import { costDocument } from "./cost/document";
import { readScenarios } from "./cost/scenario";
import { renderDiagrams } from "./diagram/render";
import { environmentsDocument } from "./environments/document";
import { openApiDocument } from "./openapi/document";
import { clientTypes, documentPath, documentText, typesPath } from "./openapi/files";
import type { documentNames } from "./names";
import { permissionsDocument } from "./permissions/document";
import { rolePermissions } from "./permissions/granted";

type DocumentName = (typeof documentNames)[number];
type Files = Readonly<Record<string, string | Uint8Array>>;

/** The environment with everything turned on. */
const fullEnvironment = "prod";

const allEnvironments = () => Promise.all(environmentNames().map((name) => loadEnvironment(name)));
const markdown = (text: string) => format(text, { parser: "markdown", printWidth: 110 });

/** Everything that is committed and generated, by name: its files by their path in the repository. */
const documents: Readonly<Record<DocumentName, () => Promise<Files>>> = {
  bench: async () => {
    const files = benchDocuments(readResults()).map(async ([path, text]): Promise<[string, string]> => [
      path,
      path.endsWith(".md") ? await markdown(text) : text,
    ]);
    return Object.fromEntries(await Promise.all(files));
  },
  capacity: async () => ({ "docs/capacity.md": await capacityDocument(await allEnvironments()) }),
  commands: async () => ({ "docs/commands.md": await markdown(commandsDocument(loadCommands())) }),
  cost: async () => ({ "docs/cost.md": await costDocument(await allEnvironments(), readScenarios()) }),
  diagrams: renderDiagrams,
  environments: async () => ({ "docs/environments.md": environmentsDocument(await allEnvironments()) }),
  openapi: async () => {
    const document = openApiDocument();
    return { [documentPath]: await documentText(document), [typesPath]: await clientTypes(document) };
  },
  permissions: async () => {
    await build();
    const { core, infra, app } = await synthesizedForAws(fullEnvironment);
    const roles = rolePermissions({ core, infra, app });
    return { "docs/permissions.md": await permissionsDocument(fullEnvironment, roles) };
  },
};

/** Generates the named documents, and writes those of their files that differ. */
export async function writeDocuments(names: readonly DocumentName[]): Promise<void> {
  for (const [path, content] of await staleFiles(names)) {
    writeFileSync(join(root, path), content);
    console.log(`Wrote ${path}.`);
  }
}

/** @throws {CommandError} naming the files that are not what would be written */
export async function checkDocuments(names: readonly DocumentName[]): Promise<void> {
  const stale = (await staleFiles(names)).map(([path]) => path);
  if (stale.length > 0)
    throw userError(
      `${stale.join(", ")}: not what the sources say.`,
      "generated documents that are up to date",
      "npm run cli -- documents, and commit what it writes",
    );
}

async function staleFiles(names: readonly DocumentName[]): Promise<[string, string | Uint8Array][]> {
  const stale: [string, string | Uint8Array][] = [];
  for (const name of names) {
    const files: Files = await documents[name]();
    stale.push(...Object.entries(files).filter(([path, content]) => !isWritten(path, content)));
  }
  return stale;
}

function isWritten(path: string, content: string | Uint8Array): boolean {
  try {
    return readFileSync(join(root, path)).equals(Buffer.from(content));
  } catch {
    return false;
  }
}
