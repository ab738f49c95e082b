# pass: pydantic-v1-validator
from pydantic import BaseModel, root_validator
