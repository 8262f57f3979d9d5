import type { Directory } from '../../domain/directory.ts';
import { confirmDeclared, declareBy } from '../commands/declaration.ts';
import { matrixValue } from '../views/declare.ts';
import { saying } from '../step.ts';
import { defineForm, filled, isTicked, wrong } from './define.ts';

/** Declares an incident. */
export const declare = defineForm('declare', (fields, asking) => {
  const { severities, services } = asking.directory;
  const [title, severity, service] = [
    filled(fields, 'title'),
    chosenSeverity(filled(fields, 'severity'), asking.directory),
    filled(fields, 'service'),
  ];
  if (title === '') return wrong('title', 'Say in a few words what is wrong.');
  if (severity !== '' && !severities.some(({ id }) => id === severity))
    return wrong('severity', 'Choose one of the list.');
  if (service !== '' && !services.has(service)) return wrong('service', 'Choose one of the list.');
  const command = declareBy(asking, {
    title,
    severity: severity === '' ? null : severity,
    service: service === '' ? null : service,
    summary: filled(fields, 'summary') || null,
    visibility: isTicked(fields, 'private') ? 'private' : 'public',
    kind: isTicked(fields, 'drill') ? 'drill' : 'real',
  });
  return saying(command, (done) => confirmDeclared(done, asking));
});

/** The severity that stands for itself, or that an impact and an urgency give. */
function chosenSeverity(chosen: string, { severityMatrix }: Directory): string {
  for (const [impact, row] of severityMatrix?.severities ?? []) {
    for (const [urgency, severity] of row) if (chosen === matrixValue(impact, urgency)) return severity;
  }
  return chosen;
}
