import { totalmem } from "node:os";

/** Bytes of main memory that this process may have: the machine's, or its container's where that is less. */
export function machineMemory(): number {
  const constrained = process.constrainedMemory() ?? 0;
  return constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
}
