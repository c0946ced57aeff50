/** How a service reaches a database, of whichever kind. */
export interface DatabaseConnection {
  /** First part of a connection string. */
  readonly scheme: "postgres" | "mysql";

  /** Host name of the one that takes writes. */
  readonly address: string;

  /**
   * Host name that spreads reads over all readers.
   * @default - none; replicas of RDS have an address each
   */
  readonly readerAddress?: string;

  /** Port, the same for readers. */
  readonly port: number;

  /** Name of the first database. */
  readonly databaseName: string;

  /** The security group that guards the port. */
  readonly securityGroupId: string;

  /** ARN of the administrator's secret, JSON with `username` and `password`. */
  readonly masterSecretArn: string;
}
