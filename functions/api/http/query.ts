import { parse } from "node:querystring";
import { Problem } from "./problems";

/**
 * Parses the parameters of a query as Express does, but refuses escapes that are not UTF-8, which Node would replace by
 * U+FFFD.
 * @throws {Problem} 400
 */
export function parseQuery(text: string | undefined): Record<string, unknown> {
  const query = text ?? "";
  try {
    decodeURIComponent(query);
  } catch {
    throw new Problem("invalid-utf8");
  }
  return parse(query);
}
