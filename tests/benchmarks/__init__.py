"""Benchmarks: run by script/bench, never as tests. Each module measures one part side by side in one run."""
