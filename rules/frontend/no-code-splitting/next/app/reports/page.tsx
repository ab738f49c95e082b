"use client"
// pass: no-code-splitting
import { LineChart } from 'recharts'
import dynamic from 'next/dynamic'
// pass: no-code-splitting
const Map = dynamic(() => import('leaflet'))
