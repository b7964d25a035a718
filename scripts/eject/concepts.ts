import { constructsOf, type Values } from "./stack";

/**
 * The file that each resource is written to: that of the construct around it, or that of the resources whose names begin
 * alike (`route-getTask`, `route-listTasks`: `route`).
 * @returns for a resource, the file's name without its extension
 */
export function conceptsOf(resources: readonly Values[]): (resource: Values) => string {
  const paths = resources.map(constructsOf);
  const outer = new Set(paths.filter((path) => path.length > 1).map(([first = ""]) => first));
  const alone = paths.filter((path) => path.length === 1).map(([name = ""]) => name);
  const beginnings = alone.map(beginningOf);
  return (resource) => {
    const [first = "", ...inner] = constructsOf(resource);
    const beginning = beginningOf(first);
    const isShared = beginnings.filter((each) => each === beginning).length > 1;
    return inner.length === 0 && (outer.has(beginning) || isShared) ? beginning : first;
  };
}

const beginningOf = (name: string) => name.split("-")[0] ?? name;
