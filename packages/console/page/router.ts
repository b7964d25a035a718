import { useEffect, useState } from "preact/hooks";

/** `#/tasks?state=failed`: the address of a view, which can be shared while the console runs. */
export interface Route {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return {
    path: path
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Without empty values. */
export function hrefOf(
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, value] as [string, string]],
  );
  const search = given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
  return `#/${path.map(encodeURIComponent).join("/")}${search}`;
}

export function navigate(
  path: readonly string[],
  query?: Readonly<Record<string, string | undefined>>,
): void {
  location.hash = hrefOf(path, query);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const listener = () => {
      setRoute(parseRoute(location.hash));
    };
    addEventListener("hashchange", listener);
    return () => {
      removeEventListener("hashchange", listener);
    };
  }, []);
  return route;
}
