import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { localHome, type Home } from "./home";
import { openState, sealState } from "./kept-state";

const files = ["state/dynamodb.json", "state/lambda-blobs/1.zip", "s3/111/bucket/10_core/terraform.tfstate"];

/** What may become of a folder between two starts. */
const damages: Record<string, (home: Home, file: string) => void> = {
  "a file is missing": (home, file) => {
    rmSync(join(home.emulator, file));
  },
  "a file is empty, as after a power failure": (home, file) => {
    writeFileSync(join(home.emulator, file), "");
  },
  "a file has changed": (home, file) => {
    appendFileSync(join(home.emulator, file), "!");
  },
  "a file is of an earlier save": (home, file) => {
    writeFileSync(join(home.emulator, file), "earlier");
  },
  "there is another file": (home, file) => {
    writeFileSync(join(home.emulator, `${file}.tmp`), "");
  },
  "the state is gone, the objects are there": (home) => {
    rmSync(home.emulatorState, { recursive: true });
  },
  "the objects are gone, the state is there": (home) => {
    rmSync(home.emulatorObjects, { recursive: true });
  },
  "the seal is gone": (home) => {
    rmSync(home.seal);
  },
  "the seal is cut off": (home) => {
    writeFileSync(home.seal, readFileSync(home.seal).subarray(0, 20));
  },
  "another emulator has saved it": (home) => {
    writeFileSync(
      home.seal,
      readFileSync(home.seal, "utf8").replace(/"emulator":"[^"]+"/, '"emulator":"1.5.0"'),
    );
  },
};

function sealed(): Home {
  const home = localHome({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "kept-")) });
  for (const file of files) {
    mkdirSync(join(home.emulator, file, ".."), { recursive: true });
    writeFileSync(join(home.emulator, file), `content of ${file}`);
  }
  writeFileSync(home.applied("dev"), "{}");
  writeFileSync(home.applied("stage"), "{}");
  sealState(home);
  return home;
}
const isThere = (path: string): boolean => {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
};

test("what was saved is used once: the process that opens it has to save it again", () => {
  const home = sealed();
  expect(openState(home)).toBeUndefined();
  expect(isThere(home.applied("dev"))).toBe(true);
  expect(openState(home)).toContain("not shut down cleanly");
  expect(isThere(home.applied("dev"))).toBe(false);
  rmSync(home.folder, { recursive: true });
});

test("any damage to any file is found, and everything is discarded together", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(damages)), fc.constantFrom(...files), (name, file) => {
      const home = sealed();
      try {
        damages[name]?.(home, file);
        expect([name, openState(home)]).toEqual([name, expect.any(String)]);
        const left = [
          ...files.map((path) => join(home.emulator, path)),
          home.applied("dev"),
          home.applied("stage"),
        ];
        expect([name, left.filter(isThere)]).toEqual([name, []]);
        // The next start has nothing to complain of.
        expect(openState(home)).toBeUndefined();
      } finally {
        rmSync(home.folder, { recursive: true });
      }
    }),
    { numRuns: 100 },
  );
});

test("a folder that was emptied is a new one, and what was applied to the old one is forgotten", () => {
  const home = sealed();
  rmSync(home.emulator, { recursive: true });
  expect(openState(home)).toBeUndefined();
  expect(isThere(home.applied("dev"))).toBe(false);
  rmSync(home.folder, { recursive: true });
});
