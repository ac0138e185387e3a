import { UserError } from "../core/errors.ts";
import { splitNetwork } from "../nn/build.ts";
import { initialTensors } from "../nn/builder.ts";
import {
  createTrainer,
  type NamedTensors,
  type NetworkRecipe,
  type Trainer,
  type TrainerOptions,
} from "../nn/network.ts";
import { type Backbone, openBackbone } from "./backbone.ts";

/** A head that learns on what its frozen backbone makes of pictures. */
export interface HeadTrainer {
  /** Takes vectors [rows, width] where others take pictures; its `tensors` are those of the whole network. */
  readonly trainer: Trainer;
  readonly backbone: Backbone;
}

/** A backbone that does not learn, and its tensors. */
export interface FrozenBackbone {
  readonly backbone: Backbone;
  readonly tensors: NamedTensors;
}

/** The backbone of the network that these options begin with. */
export function openFrozen(network: NetworkRecipe, options: TrainerOptions): FrozenBackbone {
  const { net } = splitNetwork(network, "inference", "batch").backbone;
  const known: NamedTensors = { ...initialTensors(net, options.rng), ...(options.weights ?? options.initial) };
  const tensors = Object.fromEntries([...net.parameters, ...net.statistics].map(({ name }) => [name, known[name]!]));
  return { backbone: openBackbone(network, tensors, options), tensors };
}

/**
 * The same weights, steps and logits as a trainer of the whole network with `freeze: "backbone"` gives, without its
 * pictures. Several heads may stand on one backbone, which stays the caller's.
 */
export async function createHeadTrainer(
  network: NetworkRecipe,
  options: TrainerOptions,
  { backbone, tensors: frozen }: FrozenBackbone = openFrozen(network, options),
): Promise<HeadTrainer> {
  const { recipe } = splitNetwork(network, "inference", "batch").head;
  const head = await createTrainer(recipe, { ...options, freeze: undefined, backboneRate: undefined });

  // A checkpoint keeps of the backbone only which one it was.
  const sha256 = Float32Array.from(Buffer.from(backbone.sha256, "hex"));
  const label = "backbone/sha256";
  const trainer: Trainer = {
    ...head,
    tensors: () => ({ ...frozen, ...head.tensors() }),
    state() {
      const { step, tensors } = head.state();
      return { step, tensors: { ...tensors, [label]: { shape: [sha256.length], data: sha256 } } };
    },
    load({ step, tensors: { [label]: saved, ...tensors } }) {
      if (saved === undefined || saved.data.some((byte, i) => byte !== sha256[i]))
        throw new UserError(
          "bad-options",
          "The checkpoint's head has learnt on another frozen backbone: the file of weights has changed, or this version of assay builds it otherwise. Put the weights back, or start anew with another --out.",
        );
      head.load({ step, tensors });
    },
  };
  return { trainer, backbone };
}
