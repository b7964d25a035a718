import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestedStore } from "../../deploy/emulator/local-store";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { readChosenStore, storeVariables, writeChosenStore } from "./chosen-store";

const paths = localPaths({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "store-")) });
afterAll(() => {
  rmSync(paths.folder, { recursive: true });
});

test("the store of each environment is kept until tfvars decide again", () => {
  writeChosenStore(paths, "dev", "postgres");
  writeChosenStore(paths, "stage", "none");
  expect([readChosenStore(paths, "dev"), readChosenStore(paths, "stage")]).toEqual(["postgres", "none"]);
  writeChosenStore(paths, "dev", undefined);
  expect([readChosenStore(paths, "dev"), readChosenStore(paths, "stage")]).toEqual([undefined, "none"]);
});

test.each(["{", "{}", '{"store":"files"}'])("a record %s counts as none", (content) => {
  writeFileSync(paths.store("dev"), content);
  expect(readChosenStore(paths, "dev")).toBeUndefined();
});

test("a store has the variables that the stacks read, and PostgreSQL an address", () => {
  expect(storeVariables(undefined, 4566)).toEqual({});
  expect(requestedStore(storeVariables("none", 4566))).toBe("none");
  expect(storeVariables("postgres", 4566)).toEqual({
    LOCAL_STORE: "postgres",
    LOCAL_POSTGRES: "127.0.0.1:4567",
  });
});
