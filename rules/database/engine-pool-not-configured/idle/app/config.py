URL = "postgresql://db/app"
