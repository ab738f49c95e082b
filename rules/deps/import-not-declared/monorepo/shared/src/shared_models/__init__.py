# pass: import-not-declared
import sqlalchemy
