import type { Refusal } from '../decision.ts';
import type { Directory } from '../directory.ts';
import { urgencyOf } from '../escalation/condition.ts';
import { foldRounds } from './fold-rounds.ts';
import { momentsOf } from './moments.ts';
import type { Forecast } from './path.ts';
import { play } from './play.ts';
import type { Reach } from './play.ts';
import { declarationOf } from './question.ts';
import type { Question } from './question.ts';
import { routeFor } from './routes.ts';
import type { World } from '../world.ts';

/** What a forecast may look up beside the configuration. */
export interface Facts {
  readonly directory: Directory;
  readonly policyRuns: ReadonlyMap<string, number>;
  readonly reach: Reach;
}

/** Says whom something would page and when, by playing it with the rules that the engine goes by. */
export function forecast(question: Question, facts: Facts): Forecast | Refusal {
  const { directory } = facts;
  const declaration = declarationOf(question, directory);
  if ('why' in declaration) return declaration;
  const present = withoutPeople(question.away, directory);
  const played = play(declaration, { ...facts, directory: present, at: question.at }, isLastResortRepeated);
  const { incident, runs } = played.world;
  const [run] = runs;
  const moments = momentsOf(played, { present, all: directory });
  const routes = question.about.kind === 'service' ? routeFor(question.about.id, directory) : null;
  return {
    question,
    severity: incident?.severity ?? declaration.severity ?? '',
    urgency: incident === null ? 'high' : urgencyOf(incident.severity, directory),
    policies: run?.policies.map(({ id }) => id).filter((id) => directory.policies.has(id)) ?? [],
    route: routes?.certain?.policy ? routes.certain.name : null,
    otherRoutes: routes?.perhaps.map(({ name }) => name) ?? [],
    moments: foldRounds(moments),
    reachesSomebody: played.world.pages.some(({ attempts }) =>
      attempts.some(({ outcome }) => outcome.state === 'sent'),
    ),
    isCut: played.isCut,
  };
}

/** The last resort is called again and again: seen twice, it is known. */
function isLastResortRepeated({ runs }: World): boolean {
  return runs.every(({ position }) => position.at === 'last_resort' && position.call > 0);
}

function withoutPeople(away: readonly string[], directory: Directory): Directory {
  if (away.length === 0) return directory;
  return {
    ...directory,
    people: new Map([...directory.people].filter(([id]) => !away.includes(id))),
  };
}
