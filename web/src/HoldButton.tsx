import { useState } from "react";

/** Shows the original for as long as it is pressed, by pointer or by key. */
export function HoldButton({ onHold }: { onHold: (isHeld: boolean) => void }) {
  const [isHeld, setIsHeld] = useState(false);
  const hold = (held: boolean) => {
    setIsHeld(held);
    onHold(held);
  };
  const isPress = (key: string) => key === " " || key === "Enter";
  return (
    <button
      type="button"
      className="button"
      aria-pressed={isHeld}
      onPointerDown={() => hold(true)}
      onPointerUp={() => hold(false)}
      onPointerLeave={() => hold(false)}
      onPointerCancel={() => hold(false)}
      onKeyDown={({ key }) => isPress(key) && hold(true)}
      onKeyUp={({ key }) => isPress(key) && hold(false)}
      onBlur={() => hold(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      Hold to see the original
    </button>
  );
}
