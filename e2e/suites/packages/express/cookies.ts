import { headers, paths } from "./client";
import { outcomeOf, type Programs } from "../program";
import { reading, responding, valuesRead } from "./builders";

const options = { domain: "example.com", httpOnly: true, secure: true, sameSite: "lax", path: "/p" } as const;

/** The property that cookie-parser sets. */
interface WithCookies {
  cookies?: unknown;
}

export const cookiePrograms: Programs = {
  "res.cookie": responding(
    (response) =>
      response
        .cookie("a", "b c")
        .cookie("json", { list: [1] })
        .cookie("all", "1", { ...options, maxAge: 90_500 })
        .cookie("more", "2", { expires: new Date(0), priority: "high", partitioned: true, encode: encodeURI })
        .cookie("none", "3", { maxAge: null as never, sameSite: "none" })
        .end(),
    [
      {
        headers: {
          "set-cookie": [
            "a=b%20c; Path=/",
            "json=j%3A%7B%22list%22%3A%5B1%5D%7D; Path=/",
            "all=1; Max-Age=90; Domain=example.com; Path=/p; Expires=Fri, 02 Jan 2026 00:01:30 GMT; HttpOnly; Secure; SameSite=Lax",
            "more=2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Partitioned; Priority=High",
            "none=3; Path=/; SameSite=None",
          ],
        },
      },
    ],
  ),
  "res.cookie: signed": responding(
    (response, request) => {
      if (request.path === "/secret") Object.assign(request, { secret: "s3cret" });
      response.cookie("a", "b", { signed: true }).cookie("c", { d: 1 }, { signed: true }).end();
    },
    [200, 500],
    ...paths("/secret", "/none"),
  ),
  "res.cookie: invalid": reading(
    (_request, response) => [
      outcomeOf(() => response.cookie("a;b", "c")),
      outcomeOf(() => response.cookie("a", "b", { sameSite: "other" as never })),
      outcomeOf(() => response.cookie("a", "b", { maxAge: Number.NaN })),
    ],
    [
      [
        { message: "argument name is invalid" },
        { message: "option sameSite is invalid" },
        { message: "option maxAge is invalid" },
      ],
    ],
  ),
  "res.clearCookie": responding(
    (response) =>
      response
        .clearCookie("a")
        .clearCookie("b", { ...options, maxAge: 9, expires: new Date(0) })
        .end(),
    [
      {
        headers: {
          "set-cookie": [
            "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "b=; Domain=example.com; Path=/p; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax",
          ],
        },
      },
    ],
  ),
  "req.cookies": {
    run: ({ express, load }) => {
      const { parse } = load("cookie") as { readonly parse: (text: string) => object };
      const app = express().use((request, _response, next) => {
        (request as WithCookies).cookies = parse(request.get("Cookie") ?? "");
        next();
      });
      return valuesRead(
        app,
        (request) => (request as WithCookies).cookies,
        headers({ Cookie: "a=b%20c; d=e" }),
      );
    },
    shows: [{ a: "b c", d: "e" }],
  },
  "req.signedCookies": {
    run: ({ load }) => {
      const { sign, unsign } = load("cookie-signature") as Readonly<
        Record<"sign" | "unsign", (text: string, secret: string) => string>
      >;
      return [sign("a", "s"), unsign(sign("a", "s"), "s"), unsign("a.forged", "s")];
    },
    shows: ["a.lllFCJcYjQVPnCAxA0LgQsVWl3N7J5i1n48c733aBnQ", "a", false],
  },
};
