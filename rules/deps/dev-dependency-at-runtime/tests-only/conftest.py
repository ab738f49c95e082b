# ok: dev-dependency-at-runtime
import pytest
