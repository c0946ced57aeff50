import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Shared } from "../envs/environment";
import { MigrationsBastion } from "../modules/compute/migrations-bastion";
import { migrationsBastionOf, type MigrationsBastionSettings } from "../modules/compute/migrations-bastion-settings";
import { PermissionsBoundary } from "../modules/delivery/permissions-boundary";
import { Vpc } from "../modules/network/vpc";
import { envFileBucketName } from "../modules/storage/env-file";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the stack of the bastion is given. */
export interface SharedBastionStackProps extends BaseStackProps {
  /** What the environments of the account have in common. */
  readonly shared: Shared;

  /** What is chosen about the bastion. */
  readonly settings: MigrationsBastionSettings;

  /** Environments whose databases it migrates, by name. */
  readonly environments: readonly string[];

  /** Letters of the Availability Zones, in order. */
  readonly zones: readonly string[];
}

/** What the stacks of the environments read of the bastion, by the name of the output. */
export const BASTION_OUTPUTS = {
  vpcId: "bastion_vpc_id",
  routeTableId: "bastion_route_table_id",
  securityGroupId: "bastion_security_group_id",
} as const;

/**
 * Once per account, after the shared stack: the host of all migrations, in a network of its own. Environments are peered with it and let it
 * in from their own stacks, so that none of them changes it.
 */
export class SharedBastionStack extends BaseStack {
  override readonly appliedBy = "person";

  constructor(scope: Construct, id: string, props: SharedBastionStackProps) {
    super(scope, id, props);
    this.useAws();
    const { shared, settings, environments, zones, state } = props;
    // the roles that deploy environments write into the bastion's role, so it has a limit that none of them can change
    const { arn: permissionsBoundaryArn } = new PermissionsBoundary(this, "boundary", {
      context: this.context,
      areas: ["hosts"],
      stateBucket: state.kind === "s3" ? state.bucket : undefined,
    });
    const context = { ...this.context, permissionsBoundaryArn };
    const vpc = new Vpc(this, "vpc", {
      context,
      cidr: migrationsBastionOf(settings).cidr,
      nat: "none",
      zoneNames: zones.map((letter) => `${context.region}${letter}`),
    });
    const [subnetId = ""] = vpc.publicSubnetIds;
    const bastion = new MigrationsBastion(this, "bastion", {
      ...settings,
      context,
      vpcId: vpc.vpcId,
      subnetId,
      environments,
      registry: { accountId: shared.accountId, region: shared.region },
      envFileBucketName: shared.envFiles ? envFileBucketName(shared.project, shared.accountId) : undefined,
    });
    const outputs = {
      [BASTION_OUTPUTS.vpcId]: vpc.vpcId,
      [BASTION_OUTPUTS.routeTableId]: vpc.publicRouteTableId,
      [BASTION_OUTPUTS.securityGroupId]: bastion.securityGroupId,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value, description: "Read by the migrations stacks of the environments" });
    }
  }
}
