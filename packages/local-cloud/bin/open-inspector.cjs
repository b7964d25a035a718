"use strict";

/**
 * Loaded before a function's code (NODE_OPTIONS): opens Node's inspector on the port in LOCAL_CLOUD_INSPECT. Of several
 * processes of a function, such as after an update of its code, the newest one has the port.
 */
const { readFileSync, writeFileSync } = require("node:fs");
const inspector = require("node:inspector");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const pollMilliseconds = 100;
const port = Number(process.env.LOCAL_CLOUD_INSPECT);
const newest = join(tmpdir(), `inspected-${port}`);

const isNewest = () => {
  try {
    return readFileSync(newest, "utf8") === String(process.pid);
  } catch {
    return true;
  }
};

/** While the port is in use, Node prints a line and does not throw. */
function update() {
  if (!isNewest()) {
    if (inspector.url() !== undefined) inspector.close();
    clearInterval(timer);
  } else if (inspector.url() === undefined) inspector.open(port, "127.0.0.1");
}

let timer;
if (isMainThread && port > 0) {
  writeFileSync(newest, String(process.pid));
  timer = setInterval(update, pollMilliseconds);
  timer.unref();
  update();
}
