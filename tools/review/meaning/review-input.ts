import type { JsonObject } from "../../json";
import type { PlanDocument } from "../plan-document";
import type {
  CostDelta,
  Picture,
  PolicyResults,
  ProblemReview,
  Review,
  Severity,
  StackReview,
  Subject,
} from "../review";
import type { AllowList } from "./allow-list";

/** One stack, or one plan file, to be reviewed. */
export interface StackInput {
  readonly name: string;
  /** Which wave it is applied in, from 1. */
  readonly wave: number;
  readonly status: StackReview["status"];
  readonly dependencies: readonly string[];
  /** Stacks whose outputs are placeholders in it. */
  readonly placeholders: readonly string[];
  /**
   * Its plan, redacted.
   * @default - it could not be planned
   */
  readonly plan?: PlanDocument;
  readonly problems: readonly ProblemReview[];
  readonly warnings: readonly string[];
  /**
   * The synthesized stack, which knows construct paths and what is read from other stacks.
   * @default - it was made by something else than cdktf
   */
  readonly document?: JsonObject;
  /**
   * What it reads from other stacks: outputs by stack, and the name of the `terraform_remote_state` that reads them.
   * @default - nothing
   */
  readonly reads?: ReadonlyArray<{
    readonly id: string;
    readonly producer: string;
    readonly outputs: readonly string[];
  }>;
}

/** Everything a review is made from. */
export interface ReviewInput {
  readonly kind: Review["kind"];
  readonly title: string;
  readonly subject: Subject;
  /** In the order in which they are applied. */
  readonly stacks: readonly StackInput[];
  readonly allowList: AllowList;
  /** The day on which acceptances are judged, as `2026-11-26`. */
  readonly today: string;
  /**
   * Severity from which a risk makes the review fail; it decides the words of the verdict.
   * @default "high"
   */
  readonly threshold?: Severity;
  /** @default - none */
  readonly banners?: Review["banners"];
  /** @default - no policy tool ran */
  readonly policy?: PolicyResults;
  /** @default - no cost tool ran */
  readonly cost?: CostDelta;
  /**
   * Draws what stands, with the changes marked.
   * @default - no picture
   */
  readonly picture?: (stacks: readonly StackReview[]) => Picture | undefined;
}
