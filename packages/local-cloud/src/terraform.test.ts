import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { listenOnLoopback } from "../../aws-stub/src/loopback";
import { downloadTerraform } from "./terraform-download";
import { terraformVersion } from "./terraform-release";

const zip = zipSync({
  terraform: Buffer.from("#!/bin/sh\necho terraform\n"),
  "LICENSE.txt": Buffer.from("…"),
});
const sha256 = createHash("sha256").update(zip).digest("hex");
const path = `/terraform/${terraformVersion}/terraform_${terraformVersion}_linux_amd64.zip`;

let tools: string;
let server: Server;
let requests: string[];
let port: number;
let response: { status: number; body: Uint8Array; length?: number };

beforeEach(async () => {
  tools = mkdtempSync(join(tmpdir(), "tools-"));
  requests = [];
  response = { status: 200, body: zip };
  server = createServer((request, reply) => {
    requests.push(request.url ?? "");
    reply.writeHead(response.status, { "content-length": response.length ?? response.body.length });
    reply.write(response.body, () => (response.length === undefined ? reply.end() : reply.destroy()));
  });
  port = await listenOnLoopback(server);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(tools, { recursive: true });
});

const download = (zips = { "linux-x64": { platform: "linux_amd64", sha256 } }) =>
  downloadTerraform({ tools, platform: "linux-x64", baseUrl: `http://127.0.0.1:${port}`, zips });
const installed = () => join(tools, `terraform-${terraformVersion}`, "terraform");

test("the pinned release is downloaded once, and can be run", async () => {
  expect(await download()).toBe(installed());
  expect(await download()).toBe(installed());
  expect(requests).toEqual([path]);
  expect(readFileSync(installed(), "utf8")).toContain("echo terraform");
  expect(statSync(installed()).mode & 0o111).not.toBe(0);
});

test("a download with another hash is not used", async () => {
  const zips = { "linux-x64": { platform: "linux_amd64", sha256: "0".repeat(64) } };
  await expect(download(zips)).rejects.toThrow(`SHA-256 ${"0".repeat(64)}, found ${sha256}`);
  expect(existsSync(installed())).toBe(false);
});

test("a missing release, a truncated download and an unreachable server are errors", async () => {
  response = { status: 404, body: new Uint8Array() };
  await expect(download()).rejects.toThrow("could not be downloaded: status 404");
  response = { status: 200, body: zip.subarray(0, 50), length: zip.length };
  await expect(download()).rejects.toThrow("could not be downloaded");
  await expect(
    downloadTerraform({ tools, platform: "linux-x64", baseUrl: "http://127.0.0.1:9" }),
  ).rejects.toThrow("could not be downloaded");
  expect(existsSync(installed())).toBe(false);
});

test("a platform without a pinned release is an error", async () => {
  await expect(downloadTerraform({ tools, platform: "sunos-sparc" })).rejects.toThrow(
    "none is pinned for sunos-sparc",
  );
});
