import { parse } from "node:querystring";
import { notUtf8 } from "./problems";

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
    throw notUtf8();
  }
  return parse(query);
}
