import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build as bundle, type Plugin } from "esbuild";
import { lambdaBundle } from "../../packages/lambda-layer/src/lambda-bundle";
import { reproducibleZip } from "../../packages/lambda-layer/src/zip";
import { root } from "./paths";

const shared = join(root, "functions", "shared");
const folder = join(shared, "postgres");

/** The modules of layers that only some environments have: the name by which functions load each, and its source. */
const modules = {
  "postgres-store": join(folder, "store"),
  "valkey-rate-limiter": join(shared, "valkey", "rate-limiter"),
} as const;
export const optionalModules = Object.keys(modules);

/** Leaves these modules out of a function's bundle. */
export const optionalOutside: Plugin = {
  name: "optional-outside",
  setup: (build) => {
    build.onResolve({ filter: /^\.\/(store|rate-limiter)\.js$/ }, ({ path, resolveDir }) => {
      const source = join(resolveDir, path).replace(/\.js$/, "");
      const found = Object.entries(modules).find(([, each]) => each === source);
      return found && { path: found[0], external: true };
    });
  },
};

/** The zips that environments with PostgreSQL or a cache deploy in addition: each has all packages that it needs. */
export async function optionalZips(): Promise<Readonly<Record<string, Uint8Array>>> {
  const [postgresLayer, limiter, migrations] = await Promise.all([
    postgresLayerZip(),
    bundled(`${modules["valkey-rate-limiter"]}.ts`),
    bundled(join(root, "functions", "migrations", "index.ts")),
  ]);
  const scripts = readdirSync(join(folder, "migrations")).map(
    (name) => [`migrations/${name}`, readFileSync(join(folder, "migrations", name))] as const,
  );
  return {
    "postgres-layer": postgresLayer,
    "valkey-layer": await layerOf("valkey-rate-limiter", limiter),
    migrations: await reproducibleZip({ "index.js": migrations, ...Object.fromEntries(scripts) }),
  };
}

/** The layer of the functions that store tasks in PostgreSQL. */
export const postgresLayerZip = async (plugins: Plugin[] = []): Promise<Uint8Array> =>
  layerOf("postgres-store", await bundled(`${modules["postgres-store"]}.ts`, plugins));

const layerOf = (name: keyof typeof modules, code: Uint8Array) =>
  reproducibleZip({ [`nodejs/node_modules/${name}/index.js`]: code });

async function bundled(entry: string, plugins: Plugin[] = []): Promise<Uint8Array> {
  const { outputFiles } = await bundle({
    ...lambdaBundle,
    entryPoints: [entry],
    absWorkingDir: root,
    sourcemap: false,
    plugins,
    // An optional native driver, and one for another platform.
    external: ["pg-native", "pg-cloudflare"],
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`Expected one file of ${entry}, found none`);
  return output.contents;
}
