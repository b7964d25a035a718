import { parse } from "node:querystring";
import { Problem } from "./problems";

/**
 * The parameters of a query, as Express reads them, but for escapes that are no UTF-8: Node would put U+FFFD in their
 * place.
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
