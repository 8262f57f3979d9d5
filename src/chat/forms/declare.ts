import { confirmDeclared, declareBy } from '../commands/declaration.ts';
import { saying } from '../step.ts';
import { defineForm, filled, isTicked, wrong } from './define.ts';

/** Declares an incident. */
export const declare = defineForm('declare', (fields, asking) => {
  const { severities, services } = asking.directory;
  const [title, severity, service] = [
    filled(fields, 'title'),
    filled(fields, 'severity'),
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
