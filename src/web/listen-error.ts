/** An error of `listen`, in words that say which setting to change. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const advice = error instanceof Error ? adviceFor(Reflect.get(error, 'code'), host, port) : null;
  return advice === null ? error : new Error(advice, { cause: error });
}

function adviceFor(code: unknown, host: string, port: number): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program: stop it, or set PORT to another port (PORT=0 takes any free one).`;
    case 'EACCES':
      return `This user may not listen on port ${port}: set PORT to 1024 or above, and put a proxy in front for lower ones.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host}: set HOST to one of its own, to 127.0.0.1 for this machine alone, or to 0.0.0.0 for all.`;
    case 'ERR_SOCKET_BAD_PORT':
      return `${port} is not a port: set PORT to a number from 0 to 65535.`;
    default:
      return null;
  }
}
