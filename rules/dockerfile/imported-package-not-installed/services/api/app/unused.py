# ok: imported-package-not-installed
import torch
