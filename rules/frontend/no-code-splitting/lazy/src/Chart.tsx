// ok: no-code-splitting
import { LineChart } from "recharts";
export default function Chart() {
  return <LineChart />;
}
