import axios from "axios"
// ruleid: no-http-client-timeout
export const http = axios.create({ baseURL: "/api" })
