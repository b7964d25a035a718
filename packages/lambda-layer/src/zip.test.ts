import { execFileSync } from "node:child_process";
import { unzipSync } from "fflate";
import { reproducibleZip } from "./zip";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a zip contains every file", async () => {
  const zip = unzipSync(await reproducibleZip({ "b/c.js": bytes("two"), "a.js": bytes("one") }));
  expect(Object.keys(zip)).toEqual(["a.js", "b/c.js"]);
  expect(new TextDecoder().decode(zip["b/c.js"])).toBe("two");
});

test("the order of files does not matter", async () => {
  const one = await reproducibleZip({ a: bytes("1"), b: bytes("2") });
  expect(await reproducibleZip({ b: bytes("2"), a: bytes("1") })).toEqual(one);
});

test("the time zone does not matter", () => {
  const program = `require("./zip").reproducibleZip({ a: Buffer.from("1") }).then((zip) => process.stdout.write(Buffer.from(zip).toString("hex")))`;
  const zipIn = (TZ: string) =>
    execFileSync(process.execPath, ["--require", require.resolve("tsx/cjs"), "-e", program], {
      cwd: __dirname,
      env: { ...process.env, TZ },
      encoding: "utf8",
    });
  expect(zipIn("Pacific/Kiritimati")).toBe(zipIn("America/Los_Angeles"));
});
