import { createSession, Graph, gradient, operator, operators, type Value } from "assay";

/**
 * y = x / (1 + |x|)
 * dx = dy (1 - |y|)²
 */
const softsign = operator<[x: Value]>({
  name: "softsign",
  forward: (g, [x]) => g.node("Softsign", [x], { shape: x.shape }),
  gradient: (g, { output: y }, dy) => {
    const rest = operators.sub(g, g.constant(1), operators.abs(g, y));
    return [operators.mul(g, dy, operators.mul(g, rest, rest))];
  },
});

const g = new Graph();
const x = g.input("x", ["batch"]);
const [slope] = gradient(g, softsign(g, x), [x]);
g.output(slope!, "slope");
const session = await createSession(g.toModel());
const answers = await session.compute({ x: { shape: [3], data: Float32Array.of(-1, 0, 3) } }, ["slope"]);
console.log(`slopes at -1, 0 and 3: ${answers.slope!.data.join(", ")}`);
await session.release();
