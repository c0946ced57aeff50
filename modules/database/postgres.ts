import type { Construct } from "constructs";
import { DatabaseInstance, type DatabaseInstanceProps } from "./database-instance";
import { POSTGRES, postgresProblems, type PostgresSettings } from "./postgres-settings";

/** What a PostgreSQL instance is given. */
export type PostgresProps = PostgresSettings & DatabaseInstanceProps;

/** A PostgreSQL instance on RDS, with its read replicas. What is always true of it is said at `DatabaseInstance`. */
export class Postgres extends DatabaseInstance {
  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id, props, POSTGRES, postgresProblems(props));
  }
}
