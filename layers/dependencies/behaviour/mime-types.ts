import { readFileSync } from "node:fs";
import { type Programs } from "./programs";

interface MimeTypes {
  readonly charset: (type: string) => unknown;
  readonly contentType: (text: string) => unknown;
  readonly extension: (type: string) => unknown;
  readonly lookup: (path: string) => unknown;
  types: Record<string, unknown>;
  extensions: Record<string, unknown>;
  readonly _extensionConflicts: unknown;
}

export function mimeTypes(): Programs<MimeTypes> {
  const db = JSON.parse(readFileSync(require.resolve("mime-db/db.json"), "utf8")) as Readonly<
    Record<string, { readonly extensions?: readonly string[] }>
  >;
  const types = [...Object.keys(db), "text/unknown", "TEXT/HTML; charset=x", "constructor", "__proto__", ""];
  const files = [...Object.values(db).flatMap(({ extensions = [] }) => extensions), "x/y", "constructor", ""];
  return {
    "charsets, before the maps are used": (load) => {
      const { charset } = load();
      return types.map((type) => charset(type));
    },
    "content types and extensions of all types": (load) => {
      const { contentType, extension } = load();
      return types.map((type) => [contentType(type), extension(type)]);
    },
    "types of all extensions": (load) => {
      const { lookup, contentType } = load();
      return files.map((file) => [lookup(`a.${file}`), contentType(file)]);
    },
    "the maps": (load) => {
      const { extensions, types, _extensionConflicts } = load();
      return [extensions, types, _extensionConflicts];
    },
    "properties, before and after the maps are used": (load) => {
      const module = load();
      const before = Object.getOwnPropertyNames(module);
      const { types } = module;
      const property = Object.getOwnPropertyDescriptor(module, "types");
      const attributes = [property?.writable, property?.enumerable, property?.configurable];
      return [before, property?.value === types, attributes, Object.keys(module), "types" in module];
    },
    "a custom type": (load) => {
      const { types, extensions, lookup, extension } = load();
      types.mine = "text/mine";
      extensions["text/mine"] = ["mine"];
      return [lookup("a.mine"), extension("text/mine"), lookup("a.html")];
    },
    "custom maps": (load) => {
      const module = load();
      module.types = { html: "text/mine" };
      module.extensions = { "text/html": ["mine"] };
      return [module.lookup("a.html"), module.extension("text/html"), module.lookup("a.css"), module.types];
    },
  };
}
