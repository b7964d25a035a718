import { join } from "node:path";
import type { Response } from "express";
import { headers, type ClientRequest } from "./client";
import { outcomeOf, type Programs } from "../program";
import { reading, responding } from "./builders";

/** A program with a handler that sends a file of a folder. */
const sending = (
  send: (response: Response, folder: string) => void,
  shows: unknown,
  ...requests: readonly ClientRequest[]
) =>
  responding(
    (response, _request, { folder }) => {
      send(response, join(folder, "public"));
    },
    shows,
    ...requests,
  );

/** A callback that responds with the code of the error. */
const respondWith = (response: Response) => (error?: NodeJS.ErrnoException) => {
  if (!response.headersSent) response.json({ code: error?.code });
};

const hidden = (dotfiles: "allow" | "deny" | "ignore", shows: unknown) =>
  sending((response, root) => {
    response.sendFile(".hidden", { root, dotfiles });
  }, shows);

export const sendFilePrograms: Programs = {
  "res.sendFile": sending(
    (response, folder) => {
      response.sendFile(join(folder, "hello.txt"));
    },
    ["Hello, files!\n", { status: 206, body: "llo," }, 304, 200],
    {},
    headers({ Range: "bytes=2-5" }),
    headers({ "If-None-Match": "*" }),
    { method: "HEAD" },
  ),
  "res.sendFile: options": sending(
    (response, root) => {
      const own = { "X-Mine": "1", "Content-Type": "text/x-mine" };
      response.sendFile("hello.txt", {
        root,
        headers: own,
        maxAge: "2h",
        immutable: true,
        lastModified: false,
      });
    },
    [
      {
        body: "Hello, files!\n",
        headers: {
          "x-mine": "1",
          "content-type": "text/x-mine",
          "cache-control": "public, max-age=7200, immutable",
        },
      },
    ],
  ),
  "res.sendFile: no ranges, no cache control": sending(
    (response, root) => {
      response.sendFile("page.html", { root, acceptRanges: false, cacheControl: false });
    },
    ["<p>page</p>\n"],
    headers({ Range: "bytes=2-5" }),
  ),
  "res.sendFile: dotfiles allowed": hidden("allow", ["hidden\n"]),
  "res.sendFile: dotfiles denied": hidden("deny", [403]),
  "res.sendFile: dotfiles ignored": hidden("ignore", [404]),
  "res.sendFile: a missing file": sending(
    (response, root) => {
      response.sendFile("none.txt", { root });
    },
    [404],
  ),
  "res.sendFile: outside of the root": sending(
    (response, root) => {
      response.sendFile("../outside.txt", { root });
    },
    [403],
  ),
  "res.sendFile: a folder": sending(
    (response, folder) => {
      response.sendFile(folder, respondWith(response));
    },
    ['{"code":"EISDIR"}'],
  ),
  "res.sendFile: a callback": sending(
    (response, root) => {
      response.sendFile("none.txt", { root }, respondWith(response));
    },
    ['{"code":"ENOENT"}'],
  ),
  "res.sendFile: invalid paths": reading(
    (_request, response) =>
      [undefined, 1, "relative.txt"].map((path) =>
        outcomeOf(() => {
          response.sendFile(path as string);
        }),
      ),
    [
      [
        { message: "path argument is required to res.sendFile" },
        { message: "path must be a string to res.sendFile" },
        { message: "path must be absolute or specify root to res.sendFile" },
      ],
    ],
  ),
  "res.download": sending(
    (response, folder) => {
      response.download(join(folder, "hello.txt"));
    },
    [{ status: 200, headers: { "content-disposition": "attachment; filename=hello.txt" } }, 206],
    {},
    headers({ Range: "bytes=0-0" }),
  ),
  "res.download: another name": sending(
    (response, folder) => {
      response.download(join(folder, "hello.txt"), "gr\u00fc\u00dfe %20.txt");
    },
    [
      {
        headers: {
          "content-disposition": `attachment; filename="gr??e %20.txt"; filename*=UTF-8''gr%C3%BC%C3%9Fe%20%2520.txt`,
        },
      },
    ],
  ),
  "res.download: options": sending(
    (response, root) => {
      response.download("hello.txt", "a.txt", {
        root,
        headers: { "X-Mine": "1", "Content-Disposition": "none" },
      });
    },
    [{ headers: { "content-disposition": "attachment; filename=a.txt", "x-mine": "1" } }],
  ),
  "res.download: a callback": sending(
    (response, folder) => {
      response.download(join(folder, "none.txt"), respondWith(response));
    },
    ['{"code":"ENOENT"}'],
  ),
};
