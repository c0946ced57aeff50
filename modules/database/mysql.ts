import type { Construct } from "constructs";
import { DatabaseInstance, type DatabaseInstanceProps } from "./database-instance";
import { hasPerformanceInsights, MYSQL, mysqlProblems, type MysqlSettings } from "./mysql-settings";

/** What a MySQL instance is given. */
export type MysqlProps = MysqlSettings & DatabaseInstanceProps;

/** A MySQL instance on RDS, with its read replicas. What is always true of it is said at `DatabaseInstance`. */
export class Mysql extends DatabaseInstance {
  constructor(scope: Construct, id: string, props: MysqlProps) {
    super(scope, id, { ...props, performanceInsights: hasPerformanceInsights(props) }, MYSQL, mysqlProblems(props));
  }
}
