declare module "heic-decode" {
  interface Picture {
    readonly width: number;
    readonly height: number;
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }>;
  }
  const heicDecode: {
    all(options: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>;
  };
  export default heicDecode;
}
