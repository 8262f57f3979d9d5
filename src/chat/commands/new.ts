import { severityOf } from '../../domain/incident/severity-matrix.ts';
import { declareForm } from '../views/declare.ts';
import { IMPACT, URGENCY } from './params.ts';
import { confirmDeclared, declareBy } from './declaration.ts';
import { defineCommand } from './define.ts';

/** `/inc new Checkout is down sev1 service checkout private drill` */
export const newIncident = defineCommand({
  name: 'new',
  synonyms: ['declare', 'create', 'start', 'open'],
  summary: 'Declare an incident; without a title, by a form',
  where: 'anywhere',
  opensForm: true,
  params: [
    { name: 'title', kind: 'text', description: 'What is wrong, in a few words' },
    { name: 'severity', kind: 'severity', description: 'How bad it is' },
    IMPACT,
    URGENCY,
    {
      name: 'service',
      kind: 'service',
      keywords: ['service'],
      description: 'The service that is affected; decides who is paged',
    },
    { name: 'private', kind: 'flag', description: 'Only the people in it will see it' },
    { name: 'drill', kind: 'flag', description: 'An exercise: pages for real, is labelled everywhere' },
    {
      name: 'retrospective',
      kind: 'flag',
      description: 'It was, and is written down afterwards: pages nobody',
    },
  ],
  examples: [
    'new Checkout is down',
    'new Checkout is down sev1 service checkout',
    'new Database exercise drill',
    'new The export failed on Sunday retrospective',
  ],
  toCommand: ({ title, service, private: isPrivate, drill, retrospective, ...badness }, asking) => {
    if (title === null) return null;
    if (drill && retrospective)
      return { why: 'A drill pages people and a retrospective pages nobody.', hint: 'Say one of the two.' };
    const said = severityOf({ ...badness, service }, asking.directory);
    if ('why' in said) return said;
    return declareBy(asking, {
      title,
      severity: said.severity,
      service,
      kind: kindOf({ drill, retrospective }),
      visibility: isPrivate ? 'private' : 'public',
    });
  },
  answer: (_, { directory }) => ({ kind: 'form', form: declareForm(directory) }),
  confirm: (done, _, asking) => confirmDeclared(done, asking),
});

function kindOf({ drill, retrospective }: { readonly drill: boolean; readonly retrospective: boolean }) {
  if (drill) return 'drill';
  return retrospective ? 'retrospective' : 'real';
}
