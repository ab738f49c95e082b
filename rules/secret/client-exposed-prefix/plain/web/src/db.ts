// ruleid: client-exposed-prefix
export const role = process.env.NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY
