const { read, readSync, writeSync } = require("node:fs");

/**
 * Replaces the runtime client's native addon, which needs CMake and Linux to compile. It calls the Runtime API over file
 * descriptor 3 and behaves as the addon: `next` waits in libuv's thread pool, `done` and `error` block, and Node's HTTP
 * client is not loaded.
 */
const connection = 3;
const chunk = Buffer.alloc(64 * 1024);
const path = "/2018-06-01/runtime/invocation";

exports.next = () =>
  new Promise((resolve, reject) => {
    send("GET", `${path}/next`);
    let received = Buffer.alloc(0);
    const readOn = () => {
      read(connection, chunk, 0, chunk.length, null, (error, bytes) => {
        if (error !== null || bytes === 0)
          return reject(new Error("Failed to get next invocation", { cause: error }));
        received = Buffer.concat([received, chunk.subarray(0, bytes)]);
        const response = parse(received);
        if (response === undefined) readOn();
        else resolve({ bodyJson: response.body, headers: response.headers });
      });
    };
    readOn();
  });

exports.done = (requestId, body) => {
  post(`${path}/${requestId}/response`, body);
};

exports.error = (requestId, body, xRayCause) => {
  post(`${path}/${requestId}/error`, body, { "lambda-runtime-function-xray-error-cause": xRayCause });
};

function post(path, body, headers = {}) {
  send("POST", path, body, { "content-type": "application/json", ...headers });
  let received = Buffer.alloc(0);
  while (parse(received) === undefined) {
    const bytes = readSync(connection, chunk);
    if (bytes === 0) throw new Error("The Runtime API ended the connection");
    received = Buffer.concat([received, chunk.subarray(0, bytes)]);
  }
}

function send(method, path, body = "", headers = {}) {
  const fields = { host: "runtime", "content-length": Buffer.byteLength(body), ...headers };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  let left = Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join("")}\r\n${body}`);
  while (left.length > 0) left = left.subarray(writeSync(connection, left));
}

/** Parses a response; undefined until it is complete. */
function parse(received) {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const fields = received.toString("latin1", 0, end).split("\r\n").slice(1);
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  const body = received.subarray(end + 4);
  return body.length < Number(headers["content-length"]) ? undefined : { headers, body: body.toString() };
}
