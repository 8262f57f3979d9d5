import type { Asking, InIncident, Step } from '../step.ts';

/** A button that was pressed. */
export interface Pressed {
  /** What the button carried: an incident's number, a page's id. */
  readonly value: string;
  /** The page that it stood under, null when it stood elsewhere. */
  readonly pageId: string | null;
}

/** What pressing a button does. */
export interface ActionDefinition {
  readonly name: string;
  /** What to type for the same; null for a button that changes nothing. */
  readonly typed: string | null;
  readonly press: (pressed: Pressed, asking: Asking) => Step | Promise<Step>;
  /** It answers with a form: platforms that cannot wait for one are told before. */
  readonly opensForm?: boolean;
  /** True when it is about the incident that its value begins with. */
  readonly inIncident: boolean;
}

/** A button about nothing that exists yet. */
export function defineAction(action: Omit<ActionDefinition, 'inIncident'>): ActionDefinition {
  return { ...action, inIncident: false };
}

/** A button about an incident or one of its pages. */
export function defineIncidentAction(action: {
  readonly name: string;
  readonly typed: string;
  readonly opensForm?: boolean;
  readonly press: (pressed: Pressed, asking: InIncident) => Step | Promise<Step>;
}): ActionDefinition {
  return {
    ...action,
    inIncident: true,
    press: (pressed, asking) => {
      const { incident } = asking;
      if (incident === null)
        throw new Error(`the button ${action.name} was pressed without an incident: ${pressed.value}`);
      return action.press(pressed, { ...asking, incident });
    },
  };
}
