import { Construct } from "constructs";
import type { Context } from "../context";
import { assertValid } from "../validation";
import { neonDatabaseProblems, type NeonDatabaseSettings } from "./neon-database-settings";
import { Branch } from "./neon/branch";
import { Endpoint } from "./neon/endpoint";
import { Project } from "./neon/project";

export interface NeonDatabaseProps extends NeonDatabaseSettings {
  /** For whom and where. */
  readonly context: Context;

  /**
   * Last part of the project's name.
   * @default "db"
   */
  readonly name?: string;

  /**
   * Neon's id of the organization, `org-…`. Changing it makes an empty database.
   * @default - the one of the API key
   */
  readonly orgId?: string;
}

const DEFAULT_BRANCH = "main";

/**
 * A PostgreSQL database at Neon, reached over TLS only, which sleeps while nobody asks. Unless the context is destroyable, Terraform refuses to
 * destroy it, and Neon to delete its main branch.
 *
 * What is secret and where: Neon makes the password, and its provider puts it and both connection strings into the state of this stack in
 * clear, with no way round; whoever reads that state reads the database. They are sensitive in plans and absent from the synthesized JSON. So
 * keep that state encrypted and its readers few, as the S3 and cloud backends do; a database of RDS or Aurora has no such limit.
 */
export class NeonDatabase extends Construct {
  /** Neon's id of the project. */
  readonly projectId: string;

  /** Host name. */
  readonly host: string;

  /** Host name behind Neon's connection pool. */
  readonly pooledHost: string;

  /** Name of the database. */
  readonly databaseName: string;

  /** Name of the role that owns it. */
  readonly roleName: string;

  /** Whole connection string with the password, for what needs a session of its own, such as migrations. Sensitive. */
  readonly connectionString: string;

  /** The same behind the connection pool, for services. Sensitive. */
  readonly pooledConnectionString: string;

  /** Host names of the copies by name; role, password and database are those of the original. */
  readonly branchHosts: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NeonDatabaseProps) {
    super(scope, id);
    const { neonRegion, majorVersion = 17, databaseName = "app", roleName = "app", minComputeUnits = 0.25 } = props;
    const { maxComputeUnits = 2, suspendAfterSeconds = 300, restoreHours = 24, allowedCidrs, branches = [] } = props;
    const { context, name = "db", orgId } = props;
    assertValid(this, neonDatabaseProblems(props));

    const compute = {
      autoscalingLimitMinCu: minComputeUnits,
      autoscalingLimitMaxCu: maxComputeUnits,
      suspendTimeoutSeconds: suspendAfterSeconds === "never" ? -1 : suspendAfterSeconds,
    };
    const project = new Project(this, "project", {
      name: context.names("neonProject", name),
      orgId,
      regionId: neonRegion,
      pgVersion: majorVersion,
      historyRetentionSeconds: restoreHours * 3600,
      defaultBranchProtected: !context.destroyable,
      allowedIps: allowedCidrs && [...allowedCidrs],
      branch: { name: DEFAULT_BRANCH, roleName, databaseName },
      defaultEndpointSettings: compute,
      lifecycle: { preventDestroy: !context.destroyable },
    });
    this.branchHosts = Object.fromEntries(
      branches.map((branchName) => {
        const branch = new Branch(this, `branch-${branchName}`, {
          projectId: project.projectId,
          name: branchName,
          parentId: project.defaultBranchId,
        });
        const endpoint = new Endpoint(this, `endpoint-${branchName}`, {
          projectId: project.projectId,
          branchId: branch.branchId,
          type: "read_write",
          ...compute,
        });
        return [branchName, endpoint.host];
      }),
    );

    this.projectId = project.projectId;
    this.host = project.databaseHost;
    this.pooledHost = project.databaseHostPooler;
    this.databaseName = databaseName;
    this.roleName = roleName;
    this.connectionString = project.connectionUri;
    this.pooledConnectionString = project.connectionUriPooler;
  }
}
