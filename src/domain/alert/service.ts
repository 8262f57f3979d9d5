import type { Directory, Service } from '../directory.ts';
import type { Signal } from './signal.ts';

/** Labels in which monitors name a service, the surest first. */
export const SERVICE_LABELS = [
  'service',
  'service_name',
  'app',
  'application',
  'app_kubernetes_io_name',
  'app.kubernetes.io/name',
  'component',
  'deployment',
  'statefulset',
  'daemonset',
  'container',
  'job',
] as const;

const catalogues = new WeakMap<Directory, ReadonlyMap<string, Service>>();

/** The configured service that an alert speaks of, in whatever spelling; null when it names none that is known. */
export function serviceOf(signal: Signal, directory: Directory): Service | null {
  const known = catalogueOf(directory);
  const named = signal.service === null ? undefined : known.get(foldName(signal.service));
  if (named) return named;
  for (const label of SERVICE_LABELS) {
    const value = signal.labels[label];
    const service = value === undefined ? undefined : known.get(foldName(value));
    if (service) return service;
  }
  return null;
}

/** The configured service of this name, in whatever spelling; null when there is none. */
export function serviceNamed(name: string, directory: Directory): Service | null {
  return catalogueOf(directory).get(foldName(name)) ?? null;
}

/** What a service is called by monitors that spell it differently: `Grading_Backend (prod)` is `grading-backend`. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s*[([][^)\]]*[)\]]\s*$/u, '')
    .toLowerCase()
    .replaceAll(/[\s_./]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
}

/** Ids win over names, names over aliases. Made once per configuration. */
function catalogueOf(directory: Directory): ReadonlyMap<string, Service> {
  const made = catalogues.get(directory);
  if (made) return made;
  const services = [...directory.services.values()];
  const catalogue = new Map<string, Service>();
  const spellings = [
    ...services.flatMap((service) => service.aliases.map((alias) => [alias, service] as const)),
    ...services.map((service) => [service.name, service] as const),
    ...services.map((service) => [service.id, service] as const),
  ];
  for (const [spelling, service] of spellings) {
    const folded = foldName(spelling);
    if (folded !== '') catalogue.set(folded, service);
  }
  catalogues.set(directory, catalogue);
  return catalogue;
}
