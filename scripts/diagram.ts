import { readFileSync, writeFileSync } from "node:fs";
import { diagramPicture, renderDiagram } from "./diagram/render";

/** `npm run diagram [-- --check]`: draws diagrams/architecture.png from architecture.dot, or sees that it is drawn. */
async function main(): Promise<void> {
  const png = await renderDiagram();
  if (!process.argv.includes("--check")) {
    writeFileSync(diagramPicture, png);
    return;
  }
  if (Buffer.compare(png, readFileSync(diagramPicture)) !== 0) {
    console.error("diagrams/architecture.png is not what architecture.dot gives. Run: npm run diagram");
    process.exitCode = 1;
  }
}

void main();
