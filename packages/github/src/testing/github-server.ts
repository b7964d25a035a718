import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import * as z from "zod";
import { listenOnLoopback } from "../../../aws-stub/src/loopback";

const written = z.object({
  body: z.string().default(""),
  title: z.string().default(""),
  state: z.string().optional(),
});

interface Reply {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: string;
}

/** A fake of GitHub's REST API for comments and issues. */
export class GithubServer {
  readonly token = "token";
  /** Comments of pull requests and issues, which share one sequence of numbers. */
  readonly comments: { readonly id: number; readonly issue: number; body: string }[] = [];
  readonly issues: Issue[] = [];
  private readonly server = createServer((request, response) => {
    const reply = (status: number, { body, headers = {} }: Reply) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    if (request.headers.authorization !== `token ${this.token}`)
      return reply(401, { body: { message: "Bad credentials" } });
    return void this.respond(request).then(
      (found) => reply(200, found),
      (error: unknown) => reply(422, { body: { message: String(error) } }),
    );
  });

  private constructor() {}

  /** @returns the server, and its address */
  static async open(): Promise<{ github: GithubServer; address: string }> {
    const github = new GithubServer();
    return { github, address: `http://127.0.0.1:${await listenOnLoopback(github.server)}` };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async respond(request: IncomingMessage): Promise<Reply> {
    const { method = "", url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://github");
    // /repos/<owner>/<name>/issues[/<number>|/comments/<id>][/comments]
    const [id = "", part = ""] = pathname.split("/").slice(5);
    if (method === "GET") {
      const all: readonly object[] = part === "comments" ? this.commentsOf(Number(id)) : this.open;
      const [size, page] = [Number(searchParams.get("per_page")), Number(searchParams.get("page") ?? 1)];
      return { body: all.slice((page - 1) * size, page * size), headers: this.nextPage(request, all.length) };
    }
    const { body, title, state } = written.parse(await json(request));
    if (method === "POST" && part === "comments")
      this.comments.push({ id: this.comments.length, issue: Number(id), body });
    else if (method === "POST")
      this.issues.push({ number: this.issues.length + 1, title, body, state: "open" });
    else if (id === "comments") Object.assign(this.comments[Number(part)] ?? {}, { body });
    else Object.assign(this.issues[Number(id) - 1] ?? {}, state === undefined ? { title, body } : { state });
    return { body: {} };
  }

  /** GitHub links each page to the next: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  private nextPage(
    { url = "", headers: { host = "" } }: IncomingMessage,
    total: number,
  ): Readonly<Record<string, string>> {
    const next = new URL(url, `http://${host}`);
    const [size, page] = ["per_page", "page"].map((name) => Number(next.searchParams.get(name) ?? 1));
    if ((size ?? 1) * (page ?? 1) >= total) return {};
    next.searchParams.set("page", String((page ?? 1) + 1));
    return { link: `<${next.href}>; rel="next"` };
  }

  commentsOf(number: number) {
    return this.comments.filter(({ issue }) => issue === number);
  }

  private get open(): readonly Issue[] {
    return this.issues.filter(({ state }) => state === "open");
  }
}
