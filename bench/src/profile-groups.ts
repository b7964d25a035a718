/** Where time may go. */
export interface ProfileGroup {
  readonly name: string;
  /** Its places, as bench/src/profile-places.ts names them: a source, a blank, and a function's name. */
  readonly places: RegExp;
}

/**
 * A sample belongs to its innermost frame that is in a group, and a frame to the first group that has its place. So
 * what Node does for a package counts as the package's, but for what Node has a group of its own for.
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
    // The last two look up its endpoints.
    places: /^(node_modules\/|entry:)(@aws-sdk|@smithy|mnemonist|obliterator)\//,
  },
  { name: "zod", places: /^node_modules\/zod\// },
  { name: "Helmet", places: /^node_modules\/helmet\// },
  { name: "Powertools' logger", places: /^node_modules\/(@aws-lambda-powertools|@aws)\// },
  // After the others, as it is made of forty; ulid, which is no part of it, takes nothing that shows.
  { name: "Express and its packages", places: /^(node_modules\/|entry:express)/ },
  { name: "the service's own code", places: /^functions\// },
  { name: "Lambda's runtime client", places: /\/(client\.mjs|(rapid|measured)-client\.cjs) / },
];

/** For samples of which no frame is in a group. */
export const otherGroup = "the rest";
