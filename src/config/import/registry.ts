import { goalert } from './goalert/translate.ts';
import { grafanaOncall } from './grafana-oncall/translate.ts';
import { opsgenie } from './opsgenie/translate.ts';
import { pagerduty } from './pagerduty/translate.ts';
import type { Vendor } from './vendor.ts';

/** Every tool that people can move from, in the order of the help. */
export const VENDORS: readonly Vendor[] = [pagerduty, opsgenie, goalert, grafanaOncall];
