// pass: no-code-splitting
import { Line } from 'recharts'
export default function Stats() { return <Line /> }
