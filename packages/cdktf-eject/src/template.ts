/** A string of Terraform's JSON syntax is a template: literal parts, and expressions in `${…}`. */
export type TemplatePart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "expression"; readonly text: string };

/** Splits a template. `$${` and `%%{` are literal, and escaped in the same way in HCL. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = "";
  for (let at = 0; at < template.length;) {
    if (template.startsWith("$${", at)) {
      literal += "$${";
      at += 3;
    } else if (template.startsWith("${", at)) {
      const end = endOfExpression(template, at + 2);
      if (literal !== "") parts.push({ kind: "literal", text: literal });
      literal = "";
      parts.push({ kind: "expression", text: template.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      literal += template.charAt(at);
      at += 1;
    }
  }
  if (literal !== "") parts.push({ kind: "literal", text: literal });
  return parts;
}

/** The index of the brace that closes an expression; braces in its strings do not count. */
function endOfExpression(template: string, from: number): number {
  let depth = 1;
  let inString = false;
  for (let at = from; at < template.length; at += 1) {
    const letter = template.charAt(at);
    if (inString && letter === "\\") at += 1;
    else if (letter === '"') inString = !inString;
    else if (!inString && letter === "{") depth += 1;
    else if (!inString && letter === "}" && --depth === 0) return at;
  }
  throw new Error(`The expression of ${template.slice(0, 100)} does not end`);
}
