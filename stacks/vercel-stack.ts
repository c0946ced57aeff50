import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { ofKind } from "../modules/of-kind";
import type { ResolvedEnvironment } from "../envs/tiers";
import { VercelSite } from "../modules/edge/vercel-site";
import { BaseStack, type BaseStackProps } from "./base-stack";

/** What the Vercel stack is given. */
export interface VercelStackProps extends BaseStackProps {
  /** The environment it is part of. */
  readonly environment: ResolvedEnvironment;
}

/** The sites at Vercel, apart because they need Vercel's credentials. The records of their domains stand with all the others, in the edge stack. */
export class VercelStack extends BaseStack {
  /** The records that the sites' domains need, by host: what each is another name for. */
  readonly cnames: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: VercelStackProps) {
    super(scope, id, props);
    this.useVercel();
    const { sites, shared } = props.environment;
    const built = Object.entries(ofKind(sites, "vercel")).map(
      ([name, { kind: _kind, ...settings }]) =>
        new VercelSite(this, `site-${name}`, { ...settings, context: this.context, name, teamId: shared.vercelTeamId }),
    );
    for (const { node, projectId } of built) {
      new TerraformOutput(this, `${node.id}_project_id`, {
        value: projectId,
        description: "For the Vercel command line",
      });
    }
    this.cnames = Object.assign({}, ...built.map(({ cnames }) => cnames)) as Record<string, string>;
  }
}
