import axios from "axios"
// unknown: no-http-client-timeout
export const shared = axios.create(options)
