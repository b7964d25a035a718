import { body, compressed, parsing, verify } from "./bodies";
import { outcomeOf, type Programs } from "../program";

const form = "application/x-www-form-urlencoded";
const forms = [
  "a=1&a=2&b=%C3%A4+c&__proto__=x",
  "a[b][c]=1&a[d][]=2&e[1]=f&g.h=i",
  "a[b][c][d][e][f][g]=1",
  "",
  "a=%ZZ&%FF",
].map((text) => body(form, text));
const latin1 = {
  extended: true,
  charsetSentinel: true,
  interpretNumericEntities: true,
  defaultCharset: "iso-8859-1",
};

export const formPrograms: Programs = {
  "express.urlencoded": parsing(
    (express) => express.urlencoded(),
    [
      ...forms,
      body("application/json", "a=1"),
      body(`${form}; charset=iso-8859-1`, "a=%E4"),
      body(`${form}; charset=koi8-r`, "a=1"),
    ],
    [
      '{"a":["1","2"],"b":"\u00e4 c"}',
      '{"a[b][c]":"1","a[d][]":"2","e[1]":"f","g.h":"i"}',
      '{"a[b][c][d][e][f][g]":"1"}',
      "{}",
      '{"a":"%ZZ","%FF":""}',
      "",
      '{"a":"\u00e4"}',
      415,
    ],
  ),
  "express.urlencoded: extended": parsing((express) => express.urlencoded({ extended: true }), forms, [
    '{"a":["1","2"],"b":"\u00e4 c"}',
    '{"a":{"b":{"c":"1"},"d":["2"]},"e":["f"],"g.h":"i"}',
    '{"a":{"b":{"c":{"d":{"e":{"f":{"g":"1"}}}}}}}',
    "{}",
    '{"a":"%ZZ","%FF":""}',
  ]),
  "express.urlencoded: charsetSentinel": parsing(
    (express) => express.urlencoded(latin1),
    [body(form, "utf8=%26%2310003%3B&a=%26%2342%3B"), body(form, "utf8=%E2%9C%93&a=%C3%A4")],
    ['{"a":"*"}', '{"a":"\u00e4"}'],
  ),
  "express.urlencoded: compressed": parsing((express) => express.urlencoded(), compressed(form, "a=1"), [
    '{"a":"1"}',
    '{"a":"1"}',
    '{"a":"1"}',
    415,
    400,
  ]),
  "express.urlencoded: depth": parsing(
    (express) => express.urlencoded({ extended: true, ...{ depth: 2 } }),
    [body(form, "a[b][c]=1"), body(form, "a[b][c][d]=1")],
    ['{"a":{"b":{"c":"1"}}}', 400],
  ),
  "express.urlencoded: inflate": parsing(
    (express) => express.urlencoded({ inflate: false }),
    compressed(form, "a=1"),
    [415, 415, 415, 415, 415],
  ),
  "express.urlencoded: limit": parsing(
    (express) => express.urlencoded({ limit: 2 }),
    [body(form, "a=1")],
    [413],
  ),
  "express.urlencoded: parameterLimit": parsing(
    (express) => express.urlencoded({ parameterLimit: 2 }),
    [body(form, "a=1&b=2"), body(form, "a=1&b=2&c=3")],
    ['{"a":"1","b":"2"}', 413],
  ),
  "express.urlencoded: type": parsing(
    (express) => express.urlencoded({ type: "text/form" }),
    [body("text/form", "a=1")],
    ['{"a":"1"}'],
  ),
  "express.urlencoded: verify": parsing(
    (express) => express.urlencoded({ verify }),
    [body(form, "a=refused")],
    [422],
  ),
  "express.urlencoded: invalid options": {
    run: ({ express }) =>
      [{ parameterLimit: 0 }, { depth: -1, extended: true }, { verify: 1 }, { defaultCharset: "koi8-r" }].map(
        (options) => outcomeOf(() => typeof express.urlencoded(options as never)),
      ),
    shows: [
      { message: "option parameterLimit must be a positive number" },
      { message: "option depth must be a zero or a positive number" },
      { message: "option verify must be function" },
      { message: "option defaultCharset must be either utf-8 or iso-8859-1" },
    ],
  },
};
