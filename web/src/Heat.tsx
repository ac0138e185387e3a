import { useEffect, useRef } from "react";
import { heatColours } from "./heatColours.ts";

/** The heat map in its own few pixels, coloured; the browser stretches it over the picture. */
export function Heat({ url, opacity }: { url: string; opacity: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const grey = new Image();
    grey.onload = () => {
      const context = canvas.current?.getContext("2d");
      if (!context) return;
      const { naturalWidth: width, naturalHeight: height } = grey;
      context.canvas.width = width;
      context.canvas.height = height;
      context.drawImage(grey, 0, 0);
      const picture = context.getImageData(0, 0, width, height);
      heatColours(picture);
      context.putImageData(picture, 0, 0);
    };
    grey.src = url;
    return () => {
      grey.onload = null;
    };
  }, [url]);
  return (
    <canvas
      ref={canvas}
      className="overlay heat"
      style={{ opacity }}
      role="img"
      aria-label="Heat map over the picture"
    />
  );
}
