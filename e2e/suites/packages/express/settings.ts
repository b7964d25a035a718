import type { Express } from "express";
import { sendRequests, headers, paths } from "./client";
import { outcomeOf, type Program, type Programs } from "../program";
import { member, sendMethod, valuesRead } from "./builders";

/** A program with an application with a setting. */
const having = (name: string, value: unknown, use: (app: Express) => unknown, shows: unknown): Program => ({
  run: ({ express }) => use(express().set(name, value)),
  shows,
});

const throwing = (name: string, value: unknown, message: string): Program => ({
  run: ({ express }) => outcomeOf(() => express().set(name, value)),
  shows: { name: "TypeError", message },
});

const query = (parser: unknown, shows: unknown) =>
  having(
    "query parser",
    parser,
    (app) =>
      valuesRead(
        app,
        (request) => request.query,
        { path: "/?a[b]=1&a[c][]=2&d=%20&d=3&__proto__[x]=1&hasOwnProperty=y" },
        {},
      ),
    shows,
  );

const etag = (value: unknown, shows: unknown) =>
  having(
    "etag",
    value,
    (app) =>
      sendRequests(
        app.use((_request, response) => void response.send("h\u00e4")),
        {},
        { method: "HEAD" },
        headers({ "If-None-Match": '"3-5d"' }),
      ),
    shows,
  );

const json = (name: string, value: unknown, shows: unknown) =>
  having(
    name,
    value,
    (app) => sendRequests(app.use((_request, response) => void response.json({ text: "<&>", list: [1] }))),
    shows,
  );

/** Properties that depend on `trust proxy`, of a request through three proxies and of a direct one. */
const proxied = (trust: unknown, shows: unknown) =>
  having(
    "trust proxy",
    trust,
    (app) =>
      valuesRead(
        app,
        ({ ip, ips, protocol, secure, host, hostname }) => ({ ip, ips, protocol, secure, host, hostname }),
        headers({
          "X-Forwarded-For": "203.0.113.9, 10.0.0.3, 192.0.2.7",
          "X-Forwarded-Proto": "https, http",
          "X-Forwarded-Host": "a.example.org:8443, other",
        }),
        {},
      ),
    shows,
  );

const direct = {
  ip: "127.0.0.1",
  ips: [],
  protocol: "http",
  secure: false,
  hostname: "tobi.ferrets.example.com",
};
const forwarded = { protocol: "https", secure: true, host: "a.example.org:8443", hostname: "a.example.org" };

const route = (app: Express) =>
  sendRequests(app.get("/Case", sendMethod), ...paths("/Case", "/case", "/Case/"));

export const settingPrograms: Programs = {
  "app.set": {
    run: ({ express }) => {
      const app = express().set("a", 1).set("trust proxy", "loopback");
      return [
        member(app, "set").call(app, "a"),
        app.get("a"),
        app.get("trust proxy"),
        typeof app.get("b"),
      ] as unknown[];
    },
    shows: [1, 1, "loopback", "undefined"],
  },
  "app.enable": { run: ({ express }) => express().enable("x").get("x") as unknown, shows: true },
  "app.enabled": {
    run: ({ express }) => ["etag", "x-powered-by", "nothing"].map((name) => express().enabled(name)),
    shows: [true, true, false],
  },
  "app.disable": { run: ({ express }) => express().disable("etag").get("etag") as unknown, shows: false },
  "app.disabled": {
    run: ({ express }) => ["etag", "nothing"].map((name) => express().disabled(name)),
    shows: [false, true],
  },
  "setting case sensitive routing": having("case sensitive routing", true, route, [200, 404, 200]),
  "setting strict routing": having("strict routing", true, route, [200, 200, 404]),
  "setting env": { run: ({ express }) => express().get("env") as unknown, shows: "test" },
  "setting etag: weak": etag("weak", [{ headers: { etag: 'W/"3-RT4KT+qFEHQ1NNs99XJyUJDmGX4"' } }, 200, 200]),
  "setting etag: strong": etag("strong", [
    { headers: { etag: '"3-RT4KT+qFEHQ1NNs99XJyUJDmGX4"' } },
    200,
    200,
  ]),
  "setting etag: off": etag(false, [200, 200, 200]),
  "setting etag: a function": etag(
    (body: Buffer) => `"${body.length}-5d"`,
    [{ headers: { etag: '"3-5d"' } }, 200, 304],
  ),
  "setting etag: unknown": throwing("etag", "other", "unknown value for etag function: other"),
  "setting jsonp callback name": having(
    "jsonp callback name",
    "cb",
    (app) =>
      sendRequests(
        app.use((_request, response) => void response.jsonp({ a: 1 })),
        ...paths("/?cb=f", "/?callback=f"),
      ),
    [{ body: "/**/ typeof f === 'function' && f({\"a\":1});" }, { body: '{"a":1}' }],
  ),
  "setting json escape": json("json escape", true, ['{"text":"\\u003c\\u0026\\u003e","list":[1]}']),
  "setting json replacer": json("json replacer", ["list"], ['{"list":[1]}']),
  "setting json spaces": json("json spaces", 2, ['{\n  "text": "<&>",\n  "list": [\n    1\n  ]\n}']),
  "setting query parser: simple": query("simple", [
    { "a[b]": "1", "a[c][]": "2", d: [" ", "3"], "__proto__[x]": "1", hasOwnProperty: "y" },
    {},
  ]),
  "setting query parser: extended": query("extended", [
    { a: { b: "1", c: ["2"] }, d: [" ", "3"], hasOwnProperty: "y" },
    {},
  ]),
  "setting query parser: off": query(false, [{}, {}]),
  "setting query parser: a function": query(
    (text: string | null) => ({ text }),
    [{ text: "a[b]=1&a[c][]=2&d=%20&d=3&__proto__[x]=1&hasOwnProperty=y" }, { text: null }],
  ),
  "setting query parser: unknown": throwing(
    "query parser",
    "other",
    "unknown value for query parser function: other",
  ),
  "setting subdomain offset": having(
    "subdomain offset",
    1,
    (app) => valuesRead(app, ({ subdomains }) => subdomains),
    [["example", "ferrets", "tobi"]],
  ),
  "setting trust proxy: off": proxied(false, [direct, direct]),
  "setting trust proxy: on": proxied(true, [
    { ...forwarded, ip: "203.0.113.9", ips: ["203.0.113.9", "10.0.0.3", "192.0.2.7"] },
    direct,
  ]),
  "setting trust proxy: a number of hops": proxied(2, [
    { ...forwarded, ip: "10.0.0.3", ips: ["10.0.0.3", "192.0.2.7"] },
    direct,
  ]),
  "setting trust proxy: addresses": proxied("loopback, 192.0.2.0/24", [
    { ...forwarded, ip: "10.0.0.3", ips: ["10.0.0.3", "192.0.2.7"] },
    direct,
  ]),
  "setting trust proxy: a list": proxied(
    ["loopback", "uniquelocal", "192.0.2.7"],
    [{ ...forwarded, ip: "203.0.113.9", ips: ["203.0.113.9", "10.0.0.3", "192.0.2.7"] }, direct],
  ),
  "setting trust proxy: a function": proxied(
    (address: string) => /^(127|192)/.test(address),
    [{ ...forwarded, ip: "10.0.0.3", ips: ["10.0.0.3", "192.0.2.7"] }, direct],
  ),
  "setting trust proxy: no address": throwing("trust proxy", "nowhere", "invalid IP address: nowhere"),
  "setting x-powered-by": having("x-powered-by", false, (app) => sendRequests(app), [404]),
};
