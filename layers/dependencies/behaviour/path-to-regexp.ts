import { attempted, type Programs } from "./programs";

interface PathToRegexp {
  readonly parse: (path: string) => { readonly tokens: unknown };
  readonly match: (path: string) => (path: string) => unknown;
  readonly stringify: (data: unknown) => unknown;
}

export function pathToRegexp(): Programs<PathToRegexp> {
  // All characters of up to two bytes in UTF-8, and some longer ones, including surrogate pairs in UTF-16.
  const more = [0x2118, 0x3042, 0x4e00, 0xac00, 0xd800, 0xff21, 0x10400, 0x1d400, 0x1f600, 0x20000];
  const letters = [...Array(0x800).keys(), ...more].map((code) => String.fromCodePoint(code));
  const tokens = (path: string) => (parse: PathToRegexp["parse"]) => attempted(() => parse(path).tokens);
  return {
    "names that begin with any letter": (load) =>
      letters.map((letter) => tokens(`/:${letter}/x`)(load().parse)),
    "names that contain any letter": (load) => {
      const { parse } = load();
      return letters.map((letter) => tokens(`/:a${letter}b`)(parse));
    },
    "names in stringify": (load) => {
      const { stringify } = load();
      return letters.map((letter) =>
        attempted(() =>
          stringify({
            tokens: [
              { type: "param", name: `a${letter}` },
              { type: "text", value: letter },
            ],
          }),
        ),
      );
    },
    "paths with names of all alphabets": (load) => {
      const { match } = load();
      return ["/:größe", "/:名前/x", "/:𐐀", "/*путь", "/:a-:b"].map((path) => [
        match(path)("/1/x"),
        match(path)("/1-2"),
      ]);
    },
  };
}
