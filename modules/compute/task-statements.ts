import { isUnresolved, shown, within } from "../validation";

/** Something the application may do in AWS. There is no way to write a Deny or a principal: an allow-list is all a task needs. */
export interface TaskStatement {
  /** Actions in full, such as `s3:GetObject`; no `*` on its own and none for a whole service. */
  readonly actions: readonly string[];

  /** ARNs it may do them on. */
  readonly resources: readonly string[];

  /**
   * Conditions in IAM's form: operator, key, value.
   * @default - none
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Every problem of the statements of a task role. */
export function taskStatementProblems(statements: readonly TaskStatement[]): string[] {
  return statements.flatMap(({ actions, resources }, index) =>
    within(`taskStatements[${index}]`, [
      actions.length === 0 ? "actions must be at least one, got []" : undefined,
      resources.length === 0 ? "resources must be at least one ARN, got []" : undefined,
      ...actions.map((action) =>
        isUnresolved(action) || /^[a-z0-9-]+:[A-Za-z]+\*?$/.test(action)
          ? undefined
          : `actions must be single actions such as s3:GetObject, got ${shown(action)}`,
      ),
    ]),
  );
}

/** A whole policy document that allows these statements. */
export function allowing(statements: readonly TaskStatement[]): string {
  const Statement = statements.map(({ actions, resources, conditions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    Condition: conditions,
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
