/** Where the console's few static files are served. */
export const ASSETS = {
  style: '/console-assets/console.css',
  script: '/console-assets/console.js',
  composer: '/console-assets/composer.js',
  elements: '/console-assets/elements.js',
  htmx: '/console-assets/htmx.min.js',
  icon: '/console-assets/bell.svg',
  lock: '/console-assets/lock.svg',
  devices: '/console-assets/devices.js',
  manifest: '/console-assets/manifest.webmanifest',
  icon192: '/console-assets/bell-192.png',
  icon512: '/console-assets/bell-512.png',
  /** At the root, because it stands for every page of the console. */
  worker: '/push-worker.js',
} as const;
