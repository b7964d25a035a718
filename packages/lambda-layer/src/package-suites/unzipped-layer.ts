import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { unzipSync } from "fflate";
import { chunkFile, chunkNames, modulesFolder } from "../layer-files";
import { vendorModule } from "../layer-packages";
import { writeFiles } from "../write-files";

/** A layer on disk. */
export interface UnzippedLayer {
  /** Path of its program. */
  readonly vendor: string;
  readonly ids: readonly string[];
}

/** Unzips a layer as Lambda does. */
export function unzippedLayer(zip: Uint8Array, folder: string): UnzippedLayer {
  writeFiles(folder, unzipSync(zip));
  const modules = join(folder, modulesFolder);
  const ids = chunkNames.flatMap((name) =>
    Object.keys(runInNewContext(readFileSync(join(modules, chunkFile(name)), "latin1")) as object),
  );
  return { vendor: join(modules, vendorModule), ids };
}
