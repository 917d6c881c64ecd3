"""LlamaIndex's starter over the same files, with the base of our weights: what we compare with, in the same run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import chromadb
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.weights import BASE, Embedder
from tests.evals.cases import Case
from tests.evals.scores import Shown


class Starter:
    """`SentenceSplitter` and `VectorStoreIndex` over Chroma, as its documentation starts out.

    Chunks are 256 tokens, the model's window, so that every word is embedded; precision is float32,
    batches and similarity_top_k are its defaults.
    """

    def __init__(self, folder: Path, sources: Sequence[Path]) -> None:
        """Index `sources`; `words` and `seconds` tell how much and how long."""
        model = HuggingFaceEmbedding(model_name=str(Embedder(BASE).folder), device="cpu")
        documents = [Document(text=p.read_text("utf-8"), metadata={"file": str(p)}) for p in sources]
        self.words = sum(len(d.text.split()) for d in documents)
        begun = time.perf_counter()
        collection = chromadb.PersistentClient(path=str(folder)).create_collection("starter")
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        splitter = SentenceSplitter(chunk_size=256, chunk_overlap=20)
        for document in documents:
            document.excluded_embed_metadata_keys = document.excluded_llm_metadata_keys = ["file"]
        self.index = VectorStoreIndex.from_documents(
            documents, storage_context=storage, embed_model=model, transformations=[splitter]
        )
        self.seconds = time.perf_counter() - begun
        self.retriever = self.index.as_retriever()

    def ask(self, case: Case) -> list[Shown]:
        """What it would hand to a language model for the question, the likeliest first."""
        found = self.retriever.retrieve(" ".join([*case.history, case.question]))
        return [Shown(n.metadata["file"], n.text) for n in found]
