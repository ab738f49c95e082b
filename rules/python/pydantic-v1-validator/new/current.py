# ok: pydantic-v1-validator
from pydantic import BaseModel, field_validator
