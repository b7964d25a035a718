import { hash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";

/** The script that the layer makes of its packages. */
const scripts: vm.Script[] = [];
const { Script } = vm;
vm.Script = class extends Script {
  constructor(...given: ConstructorParameters<typeof Script>) {
    super(...given);
    scripts.push(this);
  }
};

/** What the build starts Node with to get the same bytes each time; a cache made under it would be refused. */
const fixedSeeds = ["--hash-seed=0", "--random-seed=0", "--flush-bytecode"];

/**
 * Writes the code cache of the layer on NODE_PATH, with the digest that the layer knows a damaged one by, to the file
 * that the command line names. Runs under the functions' Node.
 * @param exercise uses the layer's packages, which it loads itself
 */
export function makeCodeCache(exercise: () => Promise<void>): void {
  const [, , cacheFile] = process.argv;
  exercise()
    .then(() => {
      const [vendor] = scripts;
      if (vendor === undefined || scripts.length > 1 || cacheFile === undefined) {
        throw new Error(`Expected the layer's one script and a file, found ${scripts.length}, ${cacheFile}`);
      }
      for (const flag of fixedSeeds) setFlagsFromString(flag);
      const cache = vendor.createCachedData();
      writeFileSync(cacheFile, Buffer.concat([cache, hash("sha256", cache, "buffer")]));
      writeFileSync(`${cacheFile}.version`, process.version);
    })
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}
