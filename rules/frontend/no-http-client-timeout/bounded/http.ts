import axios from "axios"
// pass: no-http-client-timeout
export const http = axios.create({ baseURL: "/api", timeout: 10_000 })
