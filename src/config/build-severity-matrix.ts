import type { AlertSeverity, SeverityMatrix } from '../domain/directory.ts';
import type { SeverityMatrix as MatrixForm } from './schema/severity-matrix.ts';

/** How far down the list of urgencies an alert's own severity stands when the file does not say. */
const USUAL_RANK: Readonly<Record<AlertSeverity, number>> = {
  critical: 0,
  error: 1,
  warning: 2,
  info: Infinity,
};

/** The matrix as the domain sees it. */
export function buildSeverityMatrix(
  form: MatrixForm,
  own: { readonly [S in AlertSeverity]?: string | undefined },
): SeverityMatrix {
  const rows = Object.entries(form);
  const urgencies = Object.keys(rows[0]?.[1] ?? {});
  const usual = (severity: AlertSeverity): string =>
    own[severity] ?? urgencies[Math.min(USUAL_RANK[severity], urgencies.length - 1)] ?? '';
  return {
    impacts: Object.keys(form),
    urgencies,
    severities: new Map(rows.map(([impact, row]) => [impact, new Map(Object.entries(row))])),
    alertUrgency: {
      critical: usual('critical'),
      error: usual('error'),
      warning: usual('warning'),
      info: usual('info'),
    },
  };
}
