import type { PartName } from "./results";

/** What a reader has to know of a part. */
export interface Explanation {
  readonly title: string;
  readonly text: string;
  /** The measure that its picture shows. */
  readonly measure: string;
  /** Which subjects are the project's own. */
  readonly ours: RegExp;
}

export const explanations: Readonly<Record<PartName, Explanation>> = {
  cold: {
    title: "Cold start",
    text: `AWS's own runtime client starts each function: npm's \`aws-lambda-ric\`, of the version that nodejs22.x has.
"Over" is what a function adds to a cold start, the sum of "load" (from when the client is about to load the function to
its request for an event) and "first event" (from when it has the event to when it is about to post the response). "CPU"
is that of both, of all threads. GET reads the health, POST creates a task. AWS is a server on loopback that responds
at once. It speaks HTTP: a POST that calls it loads \`https\` before, as it would in production, but makes no TLS
connection. All of this is alike for all.

Node is started with the flags that Lambda gives it for the function's memory. Under them V8 refuses what was compiled
under others, Node's own modules among it. What is started without them is marked **without flags**.

- **ours**: the zips of \`npm run build\`, the API with its layer, with the environment that \`deploy/30_app\` sets.
- **our recipe**: the peers' two routes on Express, written and built as ours: schemas with zod/mini, the layer with its
  code cache. **Our API without AWS**: the whole API so built, table and queue in memory.
- **Hono, Fastify, Express, Powertools' router**: the same two routes and validation, as their documentation has it, one
  minified file each by esbuild; **zod/mini**: with the schema that ours has;
  **raw layer**: packages in a layer as npm has installed them.
- **what ours has**: client-sqs, client-dynamodb, lib-dynamodb and Powertools' logger, with the calls that the service
  makes; **all**: with Powertools' metrics, too.`,
    measure: "POST over",
    ours: /^our/,
  },
  profile: {
    title: "Where a cold start goes",
    text: `The cold starts of **ours**, as above, but under V8's CPU profiler, which makes everything slower: what counts
is a group's share. Each moment belongs to one group
([\`profile-groups.ts\`](../bench/src/profile-groups.ts)): that of the innermost function in one, by the source maps of
the build. What Node does for a package is the package's, but for what Node has a group for. The quiet half are the
starts that were quickest as a whole; their shares add up, medians but nearly.
\`npm run bench -- --only profile\` measures this part alone.`,
    measure: "POST share of both",
    ours: /^the service's own code$/,
  },
  warm: {
    title: "Warm requests",
    text: `What a request costs once the function has responded to thousands, one after the other: CPU of the process and time
that passed. Where AWS is called, its stub responds from another process. V8 is not done compiling by then: after
12,000 requests (tried once, by hand) a POST of our recipe took 0.55 of Express's CPU and 1.5 of Fastify's.`,
    measure: "POST CPU",
    ours: /^our/,
  },
  worker: {
    title: "Worker",
    text: `What a message of a batch of ten costs, with the echo task: it is parsed, validated and echoed. Ours is the built
zip without a table (\`table.enabled = false\`), which calls nothing of AWS. It reads messages by schemas that zod has
compiled; the peers do so where it says so.`,
    measure: "CPU of a message",
    ours: /^our/,
  },
  synth: {
    title: "Synthesis",
    text: `Nine stacks, by each way in a copy of the repository; the bytes of every \`cdk.tf.json\` are compared.`,
    measure: "nine stacks",
    ours: /^npm run synth$/,
  },
  tools: {
    title: "Tools",
    text: `What a developer waits for while \`npm run dev\` runs: the zips are built again in a copy of the repository, in a
process that has built before.`,
    measure: "seconds",
    ours: /./,
  },
  deploy: {
    title: "The local cloud",
    text: `The first deployment of dev onto an emulator that is empty, by phase, once, and a second start of the same
with nothing changed, whole; then the load that all of it bears: requests of ten connections, and the tasks that those
have created, from the first request until the queue is empty.`,
    measure: "seconds",
    ours: /^npm start/,
  },
};
