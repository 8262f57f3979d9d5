/** The `action_id` of a button: unique within its block, and still names its action. */
export function actionIdOf(action: string, place: number): string {
  return `${action}#${place}`;
}

/** The action that a button of ours names; null when it is none of ours. */
export function actionOf(actionId: string): string | null {
  return /^([a-z0-9_-]+)#\d+$/.exec(actionId)?.[1] ?? null;
}
