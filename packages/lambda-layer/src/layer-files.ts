import { join } from "node:path";
import { build } from "esbuild";
import type { Chunk } from "./chunk";
import { lambdaBundle } from "./lambda-bundle";
import { vendorModule } from "./layer-packages";
import type { Files } from "./write-files";

/** Folder of the layer's files, in NODE_PATH of Lambda's Node. */
export const modulesFolder = "nodejs/node_modules";

/** `start` is what a cold start executes; `deferred` is everything else, read when it is first required. */
export const chunkNames = ["start", "deferred"] as const;
export type ChunkName = (typeof chunkNames)[number];

export const chunkFile = (name: ChunkName): string => `vendor.${name}.js`;

/** V8's code caches, with the metadata for the layer's program; see runtime.ts. */
export interface CodeCaches {
  readonly node: string;
  readonly arch: string;
  readonly flagHashes: readonly number[];
  readonly caches: Readonly<Record<ChunkName, Uint8Array>>;
}

export interface LayerContent {
  /** Id of the module behind each specifier that functions import. */
  readonly entries: Readonly<Record<string, string>>;
  readonly chunks: Readonly<Record<ChunkName, Chunk>>;
  readonly json: Files;
  readonly codeCaches?: CodeCaches;
}

/** The files of a layer, by their path in its zip. */
export async function layerFiles({ entries, chunks, json, codeCaches }: LayerContent): Promise<Files> {
  const files: Record<string, Uint8Array> = { ...json, [vendorModule]: await program(entries, codeCaches) };
  for (const name of chunkNames) {
    files[chunkFile(name)] = Buffer.from(chunks[name].code, "latin1");
    if (codeCaches !== undefined) files[`${chunkFile(name)}.cache`] = codeCaches.caches[name];
  }
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`${modulesFolder}/${path}`, bytes]),
  );
}

/** runtime.ts with its manifest. */
async function program(entries: LayerContent["entries"], codeCaches?: CodeCaches): Promise<Uint8Array> {
  const cache = codeCaches && {
    node: codeCaches.node,
    arch: codeCaches.arch,
    flagHashes: codeCaches.flagHashes,
    bytes: Object.fromEntries(chunkNames.map((name) => [name, codeCaches.caches[name].length])),
  };
  const { outputFiles } = await build({
    ...lambdaBundle,
    sourcemap: false,
    entryPoints: [join(__dirname, "runtime.ts")],
    outfile: vendorModule,
    define: { MANIFEST: JSON.stringify({ entries, cache }) },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
