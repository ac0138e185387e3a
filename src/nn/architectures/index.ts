import type { Architecture } from "./architecture.ts";
import { resnet50 } from "./resnet50.ts";
import { smallcnn } from "./smallcnn.ts";

export const architectures = { resnet50, smallcnn } as const satisfies Record<string, Architecture>;
