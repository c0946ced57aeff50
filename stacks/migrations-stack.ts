import type { Construct } from "constructs";
import type { ResolvedState } from "../envs/tiers";
import { MigrationsTarget } from "../modules/compute/migrations-target";
import type { DatabaseConnection } from "../modules/database/database-connection";
import { VpcPeering } from "../modules/network/vpc-peering";
import { BaseStack, type BaseStackProps } from "./base-stack";
import type { NetworkStack } from "./network-stack";
import { BASTION_OUTPUTS } from "./shared-bastion-stack";

/** What the migrations stack is given. */
export interface MigrationsStackProps extends BaseStackProps {
  /** The network of the database. */
  readonly network: NetworkStack;

  /** The database that is migrated. */
  readonly database: DatabaseConnection;

  /** The bastion: the stack it is in, where that keeps its state, and the range of its network. */
  readonly bastion: { readonly stackName: string; readonly state: ResolvedState; readonly cidr: string };
}

/**
 * Lets the shared bastion migrate this environment's database: the two networks are peered, and the database admits the bastion. What it needs to
 * know of the bastion it reads from that stack's state, so that no environment depends on another.
 */
export class MigrationsStack extends BaseStack {
  constructor(scope: Construct, id: string, props: MigrationsStackProps) {
    super(scope, id, props);
    this.useAws();
    const { context } = this;
    const { network, database, bastion } = props;
    const read = this.outputsOf(bastion.stackName, "shared", bastion.state);
    const peering = new VpcPeering(this, "peering", {
      context,
      name: "migrations",
      own: {
        vpcId: network.vpc.vpcId,
        cidr: network.vpc.cidr,
        routeTableIds: { isolated: network.vpc.isolatedRouteTableId },
      },
      other: {
        vpcId: read(BASTION_OUTPUTS.vpcId),
        cidr: bastion.cidr,
        routeTableIds: { bastion: read(BASTION_OUTPUTS.routeTableId) },
      },
    });
    new MigrationsTarget(this, "target", {
      context,
      bastionSecurityGroupId: read(BASTION_OUTPUTS.securityGroupId),
      database: {
        address: database.address,
        port: database.port,
        databaseName: database.databaseName,
        securityGroupId: database.securityGroupId,
        secretArn: database.masterSecretArn,
      },
      after: [peering.connection],
    });
  }
}
