from datasets import load_dataset
from huggingface_hub import snapshot_download
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer

MODEL = "acme/encoder-small"


def load(path, name):
    # ruleid: model-download-unpinned
    AutoModel.from_pretrained("acme/encoder-small")
    # ruleid: model-download-unpinned
    AutoTokenizer.from_pretrained(MODEL)
    # ruleid: model-download-unpinned
    snapshot_download(repo_id="acme/encoder-small")
    # ruleid: model-download-unpinned
    load_dataset("acme/sentences", split="train")
    # ruleid: model-download-unpinned
    SentenceTransformer(name, trust_remote_code=True)


def fixed(path, name):
    # ok: model-download-unpinned
    AutoModel.from_pretrained(MODEL, revision="0f3a9c1e")
    # ok: model-download-unpinned
    AutoModel.from_pretrained("./weights/encoder")
    # ok: model-download-unpinned
    AutoModel.from_pretrained(path)
    # ok: model-download-unpinned
    load_dataset("json", data_files="rows.json")
    # ok: model-download-unpinned
    snapshot_download(repo_id=MODEL, local_files_only=True)
