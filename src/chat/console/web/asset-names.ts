/** Where the console's few static files are served. */
export const ASSETS = {
  style: '/console-assets/console.css',
  script: '/console-assets/console.js',
  composer: '/console-assets/composer.js',
  elements: '/console-assets/elements.js',
  htmx: '/console-assets/htmx.min.js',
  icon: '/console-assets/bell.svg',
  lock: '/console-assets/lock.svg',
} as const;
