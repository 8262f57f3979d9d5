/** House rules that no stock linter has: `src/domain` never reads a clock, a random source or the environment. */
const FORBIDDEN_MEMBERS = new Set(['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID']);
const FORBIDDEN_GLOBALS = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'performance', 'crypto']);

const pureDomain = {
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `The domain is pure: ${what} comes in as an argument (given.now, …).`,
      });
    return {
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0)
          report(node, 'the clock (new Date())');
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date')
          report(node, 'the clock (Date())');
      },
      MemberExpression(node) {
        const name = `${node.object.name}.${node.property.name}`;
        if (FORBIDDEN_MEMBERS.has(name)) report(node, name);
        if (FORBIDDEN_GLOBALS.has(node.object.name)) report(node, node.object.name);
      },
      'CallExpression > Identifier.callee'(node) {
        if (FORBIDDEN_GLOBALS.has(node.name)) report(node, node.name);
      },
    };
  },
};

export default { meta: { name: 'house' }, rules: { 'pure-domain': pureDomain } };
