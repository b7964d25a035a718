import type { PartName } from "./results";

/** The description of a part in docs/bench.md. */
export interface Explanation {
  readonly title: string;
  readonly text: string;
  /** The measure that its chart shows. */
  readonly measure: string;
  /** The names of the project's own subjects. */
  readonly ours: RegExp;
  /** Whether its chart has a line for each subject, over the sizes in the names of the measures: `items at 1,000`. */
  readonly overSizes?: true;
}

export const explanations: Readonly<Record<PartName, Explanation>> = {
  cold: {
    title: "Cold start",
    text: `AWS's runtime client starts each function: npm's \`aws-lambda-ric\`, in the version of nodejs22.x. "Over" is the
time that a function adds to a cold start: the sum of "load" (from the load of the function to the request for an event)
and "first event" (from the event to the response). "CPU" is that of both, of all threads. GET requests \`/health\`, POST
creates a task. AWS is a stub on loopback that responds immediately. The stub speaks HTTP: a POST that calls it loads
\`https\` first, as in production, but makes no TLS connection. These conditions are the same for all subjects.

Node is started with the flags that Lambda sets for the function's memory. With them, V8 rejects code caches that were
compiled with other flags, also those of Node's own modules. Subjects that are started without them are marked
**without flags**.

- **ours**: the zips of \`npm run build\`, the API with its layer, and the environment variables of \`deploy/30_app\`.
- **our recipe**: the two routes of the peers on Express, built as the service is: schemas of zod/mini, and the layer with
  its code cache. **Our API without AWS**: the whole API built in this way, with table and queue in memory.
- **Hono, Fastify, Express, Powertools' router**: the same two routes and validation as in their documentation, each
  bundled by esbuild into one minified file; **zod/mini**: with the schema of the service; **raw layer**: with packages in
  a layer as npm installs them.
- **what ours has**: client-sqs, client-dynamodb, lib-dynamodb and Powertools' logger, with the calls of the service;
  **all**: with Powertools' metrics, too.`,
    measure: "POST over",
    ours: /^our/,
  },
  profile: {
    title: "Where a cold start goes",
    text: `Cold starts of **ours** as above, under V8's CPU profiler. The profiler slows everything down, so that only the
shares of the groups are meaningful. Each sample belongs to one group
([\`profile-groups.ts\`](../bench/src/profile-groups.ts)): that of its innermost function that is in a group, by the source
maps of the build. Work of Node for a package counts for the package, unless Node's module has its own group. The faster
half is that of the total times. Its shares add up to 100 %; the medians do so only approximately.
\`npm run bench -- --only profile\` measures this part alone.`,
    measure: "POST share of both",
    ours: /^the service's own code$/,
  },
  warm: {
    title: "Warm requests",
    text: `CPU time of the process and wall time of a request after thousands of requests, one after the other. Where AWS
is called, a stub in another process responds. V8 has not compiled everything by then: after 12,000 requests (measured once,
by hand) a POST of our recipe took 0.55 of Express's CPU time and 1.5 of Fastify's.`,
    measure: "POST CPU",
    ours: /^our/,
  },
  worker: {
    title: "Worker",
    text: `The cost of a message in a batch of ten echo tasks: it is parsed, validated and echoed. Ours is the built zip
without a table (\`table.enabled = false\`), which makes no calls to AWS. It parses messages by compiled zod schemas; peers
do so where they are marked.`,
    measure: "CPU of a message",
    ours: /^our/,
  },
  synth: {
    title: "Synthesis",
    text: `Synthesis of nine stacks by each command in a copy of the repository. All commands must write the same bytes to
every \`cdk.tf.json\`.`,
    measure: "nine stacks",
    ours: /^npm run synth$/,
  },
  tools: {
    title: "Tools",
    text: `The rebuild of the zips while \`npm run dev\` runs, in a copy of the repository and in a process that has built
them before.`,
    measure: "seconds",
    ours: /./,
  },
  growth: {
    title: "Growth",
    text: `What a page of \`GET /tasks\`, a sweep and a claim cost in tables of growing size: calls of DynamoDB, and the
index entries and items that they read. The table is in memory; it evaluates the repository's expressions, keeps the
indexes and returns pages of 1 MB. 100 tasks are pending and 100 running, a tenth of all has the type of the filter,
and of the others one in eight each has failed, was cancelled and is queued. Pages have \`limit=20\`, and are the dearer one
of the first page and one in the middle of the table. A page with a filter examines up to 100 entries of each partition;
in a small table these are all. The report counts all tasks by state and type, with a latency of 10 ms for each call of
DynamoDB: it reads index entries, and its calls grow with their number.
[The keys](decisions/0001-table-keys.md). \`npm run bench -- --only growth\` measures this part alone.`,
    measure: "items",
    ours: /^page: no filter$/,
    overSizes: true,
  },
  load: {
    title: "Load",
    text: `A closed loop on the local cloud: each client sends its next request when it has the response to the last one. Tasks
are echo tasks of one caller; "done" counts until the queue is empty, and "accept to done" is the time from a task's creation
to its success. \`GET /health\` calls no AWS service: its rate is what the emulator and a function process can do. The
emulator starts a process for each concurrent call of a function, calls the functions through one Python process, and takes one
call of DynamoDB or SQS at a time. Where \`GET /health\` is not much faster than \`POST /tasks\`, the emulator is the limit, not
the service: alone, the API takes milliseconds of CPU for a POST (see Warm requests). It says nothing about AWS.
The report counts the tasks of 24 hours in the emulator's table; the emulator walks its items in Python for each Query.
\`npm run bench -- --only load\` measures this part, which takes minutes.`,
    measure: "accepted",
    ours: /at once$/,
  },
  deploy: {
    title: "The local cloud",
    text: `The first deployment of dev onto an empty emulator, by phase, and an unchanged second start, each measured once.
Then load on the deployed service: requests of ten connections, and the tasks that they create, from the first request until
the queue is empty.`,
    measure: "seconds",
    ours: /^npm start/,
  },
};
