# unknown: import-not-declared
import requests
