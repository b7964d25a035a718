import { connectionsOfInstance } from "@serverless-tasks/functions/shared/postgres/database";
import { maxConnections } from "../../../deploy/20_infra/store/database-names";
import { allWrites, needs, type Scenario } from "./model";

/** Statements of a task in PostgreSQL, by step. Each is a transaction; a test counts them on a real server. */
export const statementsOfATask = { accepted: 1, sent: 1, begun: 1, succeeded: 1 };
/** Statements of a read of a task. */
export const statementsOfARead = 1;
const allStatements = Object.values(statementsOfATask).reduce((sum, count) => sum + count, 0);

const unit = 0.5;
const largestCapacity = 256;

/** The least most capacity whose instance accepts the connections, in ACUs; undefined if there is none. */
function capacityFor(connections: number): number | undefined {
  // More than half a unit at least, so that the least limit of connections does not hold.
  for (let max_capacity = 1; max_capacity <= largestCapacity; max_capacity += unit)
    if (maxConnections({ min_capacity: 1, max_capacity }) >= connections) return max_capacity;
  return undefined;
}

/** What a scenario needs of the optional parts. */
export function optionalNeeds(scenario: Scenario) {
  const { tasksPerSecond, readsOfATask } = scenario;
  const { apiConcurrency, workerConcurrency } = needs(scenario);
  // And the sweep.
  const connections = connectionsOfInstance * (apiConcurrency + workerConcurrency + 1);
  return {
    statements: tasksPerSecond * (allStatements + readsOfATask * statementsOfARead),
    connections,
    capacity: capacityFor(connections),
    cacheRequests: tasksPerSecond * (1 + readsOfATask),
    writesInEachRegion: tasksPerSecond * allWrites,
  };
}
