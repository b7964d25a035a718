/** A part of the code whose time is measured together. */
export interface ProfileGroup {
  readonly name: string;
  /** Matches its places, as bench/src/profile-places.ts returns them: a source, a space, and the name of a function. */
  readonly places: RegExp;
}

/**
 * A sample belongs to the group of its innermost frame that is in a group, and a frame to the first group that matches.
 * Work of Node for a package therefore counts for the package, unless Node's module has its own group.
 */
export const profileGroups: readonly ProfileGroup[] = [
  { name: "garbage collection", places: /^\(garbage collector\)$/ },
  { name: "waiting for AWS", places: /^\(idle\)$/ },
  { name: "loading Node's own modules", places: /^node:(internal\/bootstrap\/realm |\S+ \(module\)$)/ },
  { name: "finding and compiling index.js, vendor.js", places: /^node:internal\/modules\// },
  { name: "reading the layer, V8 taking its cache", places: /^layer\/vendor\.js / },
  {
    name: "Node's HTTP client and its sockets",
    places: /^node:(_http_client|_http_agent|https?|net|internal\/(net|stream_base_commons)) /,
  },
  {
    name: "AWS SDK",
    // The last two packages resolve endpoints.
    places: /^(node_modules\/|entry:)(@aws-sdk|@smithy|mnemonist|obliterator)\//,
  },
  { name: "zod", places: /^node_modules\/zod\// },
  { name: "Helmet", places: /^node_modules\/helmet\// },
  { name: "Powertools' logger", places: /^node_modules\/(@aws-lambda-powertools|@aws)\// },
  // After the other groups, since Express has forty packages. It includes ulid, whose time is negligible.
  { name: "Express and its packages", places: /^(node_modules\/|entry:express)/ },
  { name: "the service's own code", places: /^functions\// },
  { name: "Lambda's runtime client", places: /\/(client\.mjs|(rapid|measured)-client\.cjs) / },
];

/** For samples of which no frame is in a group. */
export const otherGroup = "the rest";
